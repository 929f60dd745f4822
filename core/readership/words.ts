/** How far a team read a postmortem. */
export const readershipWords = ['nobody yet', 'a few', 'about half', 'most', 'nearly all'] as const;
export type ReadershipWord = (typeof readershipWords)[number];

/** Of smaller teams nothing is told, because a word about them would be about persons. */
export const smallestTeam = 5;

/** A word, and how many readers it stands for: from the first number to the last. */
export interface WordRange {
  readonly word: ReadershipWord;
  readonly from: number;
  readonly to: number;
}

/**
 * The words of a team of this size, without a gap from no reader to everybody. None for a team that
 * is too small. "A few" is below three eighths, "about half" up to five eighths, "nearly all" from
 * four fifths on, and "most" in between.
 *
 * Every word beside "nobody yet" stands for two counts at least, so no word tells a count, and the
 * last one is told while two people have not read: whoever did not read would otherwise know that
 * everybody else did. So teams of five and six have no "about half", only "a few" up to a half and
 * then "most", and teams below eleven have no "nearly all".
 */
export function wordRanges(size: number): readonly WordRange[] {
  if (!(size >= smallestTeam)) return [];
  const isTiny = size < 7;
  const begins: readonly (readonly [ReadershipWord, number])[] = [
    ['nobody yet', 0],
    ['a few', 1],
    ...(isTiny ? [] : [['about half', Math.ceil((size * 3) / 8)] as const]),
    ['most', Math.floor(size * (isTiny ? 1 / 2 : 5 / 8)) + 1],
    ...(size > 10 ? [['nearly all', Math.ceil((size * 4) / 5)] as const] : []),
  ];
  return begins.map(([word, from], n) => ({ word, from, to: (begins[n + 1]?.[1] ?? size + 1) - 1 }));
}

/** More readers than people, as when somebody left, are everybody. Undefined: it is too small. */
export const rangeOf = (readers: number, size: number): WordRange | undefined =>
  wordRanges(size).findLast(({ from }) => from <= Math.max(0, readers));

const steps = [1, 2, 5];
const fewest = 5;

/** 5, 10, 20, 50 and so on up to a number, the highest first. */
export function roundNumbersTo(count: number): number[] {
  const powers = Array.from({ length: Math.max(0, Math.floor(Math.log10(Math.max(1, count))) + 1) }, (_, n) => 10 ** n);
  return powers
    .flatMap((power) => steps.map((step) => step * power))
    .filter((number) => number >= fewest && number <= count)
    .toReversed();
}
