/** Control characters (CR and LF among them), line and paragraph separators, and the characters that turn the direction of writing. */
const unprintable = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text may stand in a header, a log or a heading: one line, nothing in it that hides or reorders what is read. */
export const isOneLine = (text: string): boolean => !unprintable.test(text);
