import { wrapText } from '../core/mail/wrap-text.ts';

/** Joins paragraphs and lists of the text part, with a blank line after each. */
export const paragraphs = (...texts: readonly (string | undefined | false)[]): string =>
  texts.flatMap((text) => (text ? [`${text}\n\n`] : [])).join('');

export const wrapped = (text: string): string => wrapText(text);
export const indented = (text: string, by = '  '): string => wrapText(text, { first: by, indent: by });
/** The longest rule. A single word may be longer than a line. */
const widest = 76;
export const underlined = (text: string, mark: '=' | '-'): string => {
  const lines = wrapText(text);
  const longest = Math.max(...lines.split('\n').map((line) => line.length));
  return `${lines}\n${mark.repeat(Math.min(longest, widest))}`;
};
