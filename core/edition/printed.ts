/** Control and formatting characters that have no business in a printed line: they hide, reorder or break what is read. */
const unprintable = /[\p{Cc}\u2028\u2029\s]+/gu;
const invisible = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** A stranger's text as one harmless line: fit for a subject, a heading, a log. Doing it twice changes nothing. */
export const printed = (text: string): string => text.toWellFormed().replace(invisible, '').replace(unprintable, ' ').trim();

/** Cut at a word, with an ellipsis, to at most so many UTF-16 units; no half of a pair is left behind. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const room = text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '');
  const atWord = room.replace(/\s+\S*$/, '');
  return `${(atWord.length > most / 2 ? atWord : room).replace(/[\s.,;:–-]+$/, '')}…`;
}
