import { expect, it } from 'vitest';
import { readByWords } from '../../../core/content/read-by.ts';
import type { ReadershipWord } from '../../../core/readership/words.ts';

const teams = (words: Readonly<Record<string, ReadershipWord>>) => Object.entries(words).map(([name, word]) => ({ name, word }));

it('names those who read most first, at most three, and nobody who did not', () => {
  expect(readByWords(teams({ Ads: 'nobody yet', Payments: 'a few', Search: 'most' }))).toBe(
    'Read by most of Search and a few of Payments.',
  );
  expect(readByWords(teams({ A: 'a few', B: 'a few', C: 'about half', D: 'nearly all', E: 'a few' }))).toBe(
    'Read by nearly all of D, about half of C, a few of A and 2 more teams.',
  );
});

it('says nothing where nobody read it', () => {
  expect(readByWords([])).toBeUndefined();
  expect(readByWords(teams({ Ads: 'nobody yet' }))).toBeUndefined();
});
