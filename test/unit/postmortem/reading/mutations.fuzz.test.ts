import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectHarmless, readOrRefused } from '../../../support/harmless.ts';
import { tries } from '../../../support/hostile/fuzz.ts';
import { mutatedDocument } from '../../../support/hostile/mutations.ts';
import { fromMarkdown } from '../../../support/reading.ts';

it('a document that was cut, joined or shuffled is refused with a reason or read, and mostly read', () => {
  const seen = { read: 0, refused: 0 };
  fc.assert(
    fc.property(mutatedDocument, (text) => {
      const got = readOrRefused(() => fromMarkdown(text));
      seen[got ? 'read' : 'refused'] += 1;
      if (got) expectHarmless(got);
    }),
    tries(),
  );
  expect(seen.read).toBeGreaterThan(seen.refused);
});
