/** At most so many UTF-16 units from the beginning; never half of a surrogate pair at the end. */
export const cut = (text: string, most: number): string => text.slice(0, most).replace(/[\ud800-\udbff]$/, '');

/**
 * Control characters (CR and LF among them), line and paragraph separators, and the characters that
 * turn the direction of writing.
 */
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * Whether a text may stand in a header, a log or a heading: one line, nothing in it that hides or
 * reorders what is read.
 */
export const isOneLine = (text: string): boolean => !unprintable.test(text);

/**
 * A name as names of teams, services and technologies are compared: case, width and blanks around
 * or beside each other make no difference.
 */
export const foldedName = (name: string): string => name.normalize('NFKC').toLowerCase().normalize('NFKC').replace(/\s+/g, ' ').trim();
