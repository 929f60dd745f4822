/**
 * Makes text from elsewhere safe to print on a terminal, by removing control characters other than
 * tab and line feed.
 */
export const printable = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');

/** The same on one line. */
export const printableLine = (text: string): string => printable(text).replace(/\s+/g, ' ').trim();

/** `2 files`, `1 file`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** An instant in UTC as `2026-11-23 08:00`. */
export const toTheMinute = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

/** Columns under their headings, as wide as needed. The last one is not padded. */
export const columns = (headings: readonly string[], rows: readonly (readonly string[])[]): string[] => columnsByPage(headings)(rows);

/**
 * The same for rows that come page by page. The first page sets the widths and is the only one with
 * headings.
 */
export function columnsByPage(headings: readonly string[]): (rows: readonly (readonly string[])[]) => string[] {
  let widths: readonly number[] | undefined;
  return (rows) => {
    const printed = [...(widths ? [] : [headings]), ...rows.map((row) => row.map(printableLine))];
    const wide = widths ?? headings.map((_, column) => printed.reduce((most, row) => Math.max(most, (row[column] ?? '').length), 0));
    widths = wide;
    return printed.map((row) =>
      row
        .map((cell, column) => cell.padEnd(wide[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  };
}
