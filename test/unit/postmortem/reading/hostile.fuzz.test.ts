import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../../../core/postmortem/content-hash.ts';
import type { ReadPostmortem } from '../../../../core/postmortem/reading/reading.ts';
import { expectHarmless, readOrRefused } from '../../../support/harmless.ts';
import { hostileJson, hostileMarkdown } from '../../../support/hostile/documents.ts';
import { tries } from '../../../support/hostile/fuzz.ts';
import { poisons } from '../../../support/hostile/poisons.ts';
import { fromJson, fromMarkdown } from '../../../support/reading.ts';

/**
 * What was read twice is the same, and what is answered can be sent back: it is the postmortem that
 * is stored.
 */
function expectSteady(read: () => ReadPostmortem, { postmortem }: ReadPostmortem): void {
  expect(contentHash(read().postmortem)).toBe(contentHash(postmortem));
  expect(contentHash(fromJson(postmortem).postmortem)).toBe(contentHash(postmortem));
}

describe('whatever strangers send', () => {
  it.each([
    ['Markdown', hostileMarkdown, fromMarkdown],
    ['JSON', hostileJson, (text: string) => fromJson(text)],
  ] as const)('as %s is refused with a reason or read as something harmless', (_, documents, reader) => {
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(documents, (text) => {
        const got = readOrRefused(() => reader(text));
        seen[got ? 'read' : 'refused'] += 1;
        if (!got) return;
        expectHarmless(got);
        expectSteady(() => reader(text), got);
      }),
      tries(),
    );
    // Else the documents are too hostile, or too tame, to try anything.
    expect(Math.min(seen.read, seen.refused)).toBeGreaterThan((seen.read + seen.refused) / 10);
  });
});

it.each(poisons)('alone in every place is refused or harmless: %j', (poison) => {
  const places = [
    `---\ntitle: A\nsummary: ${JSON.stringify(poison)}\n---\nText`,
    `---\ntitle: A\n${JSON.stringify(poison)}: 1\n---\nText`,
    `---\ntitle: ${poison}\n---\nText`,
    `# ${poison}\n\n${poison}\n\n## Impact\n\n${poison}\n\n## Links\n\n- [a](${poison})\n- ${poison}`,
    `# A\n\n## Timeline\n\n- ${poison} ${poison}\n\n## Action items\n\n- ${poison} (owner: ${poison}, due: ${poison})`,
  ];
  for (const text of places) {
    const got = readOrRefused(() => fromMarkdown(text));
    if (got !== undefined) expectHarmless(got);
  }
  const json = readOrRefused(() =>
    fromJson({ title: `A ${poison}`, authors: [poison], links: [poison], sections: [poison], timeline: [poison] }),
  );
  if (json !== undefined) expectHarmless(json);
});
