import fc from 'fast-check';

const surrogates = { first: 0xd800, count: 0x800 };
/**
 * Any character of Unicode. That of fast-check (`unit: 'binary'`) lists all 1.1 million of them
 * first, which takes each worker two seconds.
 */
const character = fc
  .integer({ min: 0, max: 0x10ffff - surrogates.count })
  .map((n) => String.fromCodePoint(n < surrogates.first ? n : n + surrogates.count));

/** Texts of any characters, up to so many. */
export const anyText = (maxLength: number): fc.Arbitrary<string> => fc.string({ unit: character, maxLength });
