import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import type { ReadPostmortem } from '../../../core/postmortem/intake-format.ts';
import { parseMarkdown } from '../../../core/postmortem/parse-markdown.ts';
import { Postmortem } from '../../../core/postmortem/postmortem.ts';
import { Refused } from '../../../core/shared/errors.ts';
import { hostileMarkdown, hostileRecord, hostileValue, poisons } from './hostile.ts';
import { fromJson, fromMarkdown } from './reading.ts';
import { seeded } from './seeded.ts';

const rounds = 400;
/** A parser that stays within the limits makes fewer. */
const mostNodes = 60_000;

/** What was read, or nothing where it was refused; any other error is a failure. */
function readOrRefused(read: () => ReadPostmortem): ReadPostmortem | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) {
      expect(error.flaws.length).toBeGreaterThan(0);
      return undefined;
    }
    throw error;
  }
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
const nodesOf = (node: Nodes): number => ('children' in node ? node.children : []).reduce((sum, child) => sum + nodesOf(child), 1);

function expectHarmless({ postmortem, warnings }: ReadPostmortem): void {
  expect(Postmortem.parse(postmortem)).toEqual(postmortem);
  const texts = textsIn({ postmortem, warnings });
  for (const text of texts) {
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(text.isWellFormed()).toBe(true);
  }
  for (const line of [postmortem.title, postmortem.id, ...postmortem.services, ...postmortem.authors, ...postmortem.tags, ...warnings])
    expect(line).not.toMatch(/[\r\n\u2028\u2029]/);
  const addresses = [...postmortem.links.map(({ url }) => url), ...postmortem.actionItems.flatMap(({ link }) => link ?? [])];
  for (const address of addresses) expect(address).toMatch(/^(?:https?|mailto):/i);
  expect(textsIn(postmortem).reduce((sum, text) => sum + nodesOf(parseMarkdown(text)), 0)).toBeLessThan(mostNodes);
}

describe('whatever strangers send', () => {
  it('as Markdown is refused with a reason or read as something harmless', () => {
    let read = 0;
    for (let seed = 1; seed <= rounds; seed++) {
      const text = hostileMarkdown(seeded(seed));
      const got = readOrRefused(() => fromMarkdown(text));
      if (got !== undefined) expectHarmless(got);
      read += got === undefined ? 0 : 1;
    }
    expect(read).toBeGreaterThan(rounds / 10); // else the generator is too hostile to try anything
  });

  it('as JSON is refused with a reason or read as something harmless', () => {
    let read = 0;
    for (let seed = 1; seed <= rounds * 3; seed++) {
      const random = seeded(seed);
      const [field, ...more] = Object.entries(hostileRecord(random));
      const value = random() < 0.5 ? { title: 'A', ...Object.fromEntries(field === undefined ? [] : [field]) } : Object.fromEntries(more);
      const got = readOrRefused(() => fromJson(random() < 0.05 ? hostileValue(random) : value));
      if (got !== undefined) expectHarmless(got);
      read += got === undefined ? 0 : 1;
    }
    expect(read).toBeGreaterThan(rounds / 10);
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
});
