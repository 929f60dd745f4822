import { withoutUnseen } from '../postmortem/hidden-characters.ts';
import { cut, printNumber } from '../shared/text.ts';

export { printNumber };

/** A control character, a separator or any run of whitespace. Replaced by one space. */
const breaks = /[\p{Cc}\u2028\u2029\s]+/gu;

/** Untrusted text as one harmless line, fit for a subject, a heading or a log. Idempotent. */
export const printed = (text: string): string => withoutUnseen(text.toWellFormed()).replace(breaks, ' ').trim();

/**
 * Cuts at a word to at most `most` UTF-16 units, with an ellipsis. Never splits a surrogate pair.
 */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = cut(text, most - 1);
  const atWord = room.replace(/\s+\S*$/, '');
  return `${(atWord.length > most / 2 ? atWord : room).replace(/[\s.,;:–-]+$/, '')}…`;
}

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Up to twelve in words, then `13`, `1,200`. Zero is `no`, because it stands before a noun. */
export const inWords = (n: number): string => words[n] ?? printNumber(n);
/** `no incidents`, `one incident`, `13 incidents`. */
export const counted = (n: number, noun: string): string => `${inWords(n)} ${noun}${n === 1 ? '' : 's'}`;
export const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `a, b, 3 more`: at most `shown` names, as a list beside other facts. */
export const listed = (names: readonly string[], shown: number): string =>
  [...names.slice(0, shown), ...(names.length > shown ? [`${names.length - shown} more`] : [])].join(', ');

/** `a`, `a and b`, `a, b and 3 more`: at most `shown` names. */
export function named(names: readonly string[], shown: number): string {
  const rest = names.length - shown;
  if (rest > 0) return `${names.slice(0, shown).join(', ')} and ${rest} more`;
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
