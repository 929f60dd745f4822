/**
 * Tables that a spreadsheet opens and nothing in them runs: UTF-8 with a byte order mark, without
 * which Excel takes it for another encoding; every cell in quotes; lines end with CR LF; each row
 * is one line, whatever line breaks its texts have.
 */
export const csv = (rows: readonly (readonly string[])[]): string =>
  `\u{feff}${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;

const cell = (text: string): string => `"${harmless(oneLine(text)).replaceAll('"', '""')}"`;

const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim();

/**
 * A spreadsheet takes for a formula what begins with one of these, also in their full-width forms
 * (OWASP, CSV injection). After an apostrophe it is text. Where a semicolon divides cells, as in
 * half of Europe, the quotes do not hold a cell together, so one may begin after any semicolon.
 */
const formula = '[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]';
/** Quotes and what is not seen do not keep one from beginning. */
const before = '["\' \\p{Cf}]*';
const first = new RegExp(`^(?=${before}${formula})`, 'u');
const afterSemicolon = new RegExp(`;(?=${before}${formula})`, 'gu');
const harmless = (text: string): string => text.replace(first, "'").replace(afterSemicolon, ";'");
