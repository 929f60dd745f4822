import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DifferencePiece, paragraphDifference, wordDifference } from '../../../core/notice/word-difference.ts';

/** `[-out-]{+in+}`, and what is the same as it is. */
const drawn = (pieces: readonly DifferencePiece[]) =>
  pieces.map(({ kind, text }) => (kind === 'same' ? text : kind === 'out' ? `[-${text}-]` : `{+${text}+}`)).join('');
const changed = (before: string, after: string) =>
  paragraphDifference(before, after).map(({ at, isNew, pieces }) => `${at ?? 'out'}${isNew ? ' new' : ''}: ${drawn(pieces)}`);

describe('a difference of words', () => {
  it.each([
    ['between 12:52 and 13:33', 'between 12:35 and 13:33', 'between [-12:52 -]{+12:35 +}and 13:33'],
    ['a b c', 'a b c', 'a b c'],
    ['', 'all new', '{+all new+}'],
    ['all gone', '', '[-all gone-]'],
    ['- one\n- two', '- one - two', '- [-one\n-]{+one +}- two'],
    ['not charged twice', 'charged twice', '[-not -]charged twice'],
  ])('from %j to %j', (before, after, wanted) => expect(drawn(wordDifference(before, after))).toBe(wanted));
});

describe('a difference of paragraphs', () => {
  it('leaves out what is the same, and tells new, changed and lost ones apart', () => {
    const before = 'It began at noon.\n\nWe are looking for the cause.\n\nNobody was charged twice.';
    const after = 'It began at eleven.\n\nNobody was charged twice.\n\nWe now try once only.';
    expect(changed(before, after)).toEqual([
      '1: It began at [-noon.-]{+eleven.+}',
      'out: [-We are looking for the cause.-]',
      '3 new: {+We now try once only.+}',
    ]);
    expect(changed(after, after)).toEqual([]);
  });

  it('puts two that have little in common beside each other as out and in', () => {
    expect(changed('We are looking for the cause.', 'A change to our database made it slow.')).toEqual([
      'out: [-We are looking for the cause.-]',
      '1 new: {+A change to our database made it slow.+}',
    ]);
  });

  it('of texts too large to compare is all of both', () => {
    const many = (word: string) => Array.from({ length: 2000 }, (_, n) => `${word}${n}`).join('\n\n');
    const found = paragraphDifference(many('a'), many('b'));
    expect(found).toHaveLength(4000);
    expect(found.filter(({ isNew }) => isNew)).toHaveLength(2000);
  });

  it('loses no word of either text, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd e', '\n', '\n\n', '\n \n', '  ', '- x'), { maxLength: 24 })
      .map((all) => all.join(' '));
    const words = (of: string) => of.split(/\s+/).filter(Boolean).toSorted();
    const wordsOf = (pieces: readonly DifferencePiece[], without: string) =>
      pieces.filter(({ kind }) => kind !== without).flatMap(({ text: one }) => words(one));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const found = paragraphDifference(before, after).flatMap(({ pieces }) => pieces);
        const [out, into] = [wordsOf(found, 'in'), wordsOf(found, 'out')];
        // What is not shown stands in both, so the rest of both is the same.
        const rest = (of: string[], shown: readonly string[]) => {
          const left = [...of];
          for (const word of shown) {
            const at = left.indexOf(word);
            expect(at, word).toBeGreaterThanOrEqual(0);
            left.splice(at, 1);
          }
          return left;
        };
        expect(rest(words(before), out)).toEqual(rest(words(after), into));
      }),
      { numRuns: 200, seed: 18 },
    );
  });
});
