import { withoutUnseen } from '../postmortem/hidden-characters.ts';
import { cut } from '../shared/cut.ts';

/** Controls, separators and any run of blanks: one blank instead. */
const breaks = /[\p{Cc}\u2028\u2029\s]+/gu;

/** A stranger's text as one harmless line: fit for a subject, a heading, a log. Doing it twice changes nothing. */
export const printed = (text: string): string => withoutUnseen(text.toWellFormed()).replace(breaks, ' ').trim();

/** Cut at a word, with an ellipsis, to at most so many UTF-16 units; no half of a pair is left behind. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = cut(text, most - 1);
  const atWord = room.replace(/\s+\S*$/, '');
  return `${(atWord.length > most / 2 ? atWord : room).replace(/[\s.,;:–-]+$/, '')}…`;
}
