import { describe, expect, it } from 'vitest';
import { rangeOf, roundNumbersTo, wordRanges } from '../../../core/readership/words.ts';

const sizes = Array.from({ length: 500 }, (_, n) => n + 5);

describe('the words of a team', () => {
  it('are none below five', () => {
    expect([0, 1, 4, Number.NaN].flatMap(wordRanges)).toEqual([]);
    expect(rangeOf(4, 4)).toBeUndefined();
  });

  it.each([
    [5, ['0 nobody yet', '1-2 a few', '3-5 most']],
    [6, ['0 nobody yet', '1-3 a few', '4-6 most']],
    [8, ['0 nobody yet', '1-2 a few', '3-5 about half', '6-8 most']],
    [12, ['0 nobody yet', '1-4 a few', '5-7 about half', '8-9 most', '10-12 nearly all']],
    [40, ['0 nobody yet', '1-14 a few', '15-25 about half', '26-31 most', '32-40 nearly all']],
  ])('of %i people', (size, words) => {
    expect(wordRanges(size).map(({ word, from, to }) => `${from === to ? from : `${from}-${to}`} ${word}`)).toEqual(words);
  });

  it('never tell a count, nor that everybody else read it', () => {
    const tells = sizes.filter((size) => {
      const ranges = wordRanges(size);
      const hasGap = ranges.some(({ from }, n) => from !== (n === 0 ? 0 : (ranges[n - 1]?.to ?? 0) + 1)) || ranges.at(-1)?.to !== size;
      return hasGap || ranges.slice(1).some(({ from, to }) => to === from) || (ranges.at(-1)?.from ?? size) > size - 2;
    });
    expect(tells).toEqual([]);
  });

  it('take more readers than people for everybody', () => {
    expect(rangeOf(9, 6)?.word).toBe('most');
    expect(rangeOf(-1, 6)?.word).toBe('nobody yet');
  });
});

it('rounds a number down to 5, 10, 20, 50 and so on', () => {
  expect(roundNumbersTo(4)).toEqual([]);
  expect(roundNumbersTo(5)).toEqual([5]);
  expect(roundNumbersTo(230)).toEqual([200, 100, 50, 20, 10, 5]);
});
