const ascii = /^[\0-\x7f]*$/;

/** A text as a search compares it: without case and accents. */
export const folded = (text: string): string => (ascii.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase();
