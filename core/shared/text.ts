/** At most `most` UTF-16 units from the beginning, never ending in half a surrogate pair. */
export const cut = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '');

/**
 * Control characters (including CR and LF), line and paragraph separators, and the characters that
 * change the direction of writing.
 */
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * Whether a text may be used in a header, a log or a heading: it is one line, and nothing in it
 * hides or reorders what is read.
 */
export const isOneLine = (text: string): boolean => !unprintable.test(text);

/**
 * A name in the form in which teams, services and technologies are compared. Case, width and extra
 * blanks make no difference.
 */
export const foldedName = (name: string): string => name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trim();

const ascii = /^[\0-\x7f]*$/;
/** A text without case and accents, as a search compares it. */
export const folded = (text: string): string => (ascii.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase();

/** `1,200`. */
export const printNumber = (n: number): string => n.toLocaleString('en-GB');

/** Of a plain text: its first sentence, of at least twenty characters, or all of it. */
export const firstSentence = (text: string): string => /^.{20,}?[.!?](?=\s|$)/u.exec(text)?.[0] ?? text;
