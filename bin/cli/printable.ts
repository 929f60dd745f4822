/** Text from elsewhere, safe to print on a terminal: no control characters but tab and line feed. */
export const printable = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');

/** The same on one line. */
export const printableLine = (text: string): string => printable(text).replace(/\s+/g, ' ').trim();

/** `2 files`, `1 file`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** `2026-11-23 08:00` of an instant in UTC. */
export const toTheMinute = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

/** Columns under their headings, as wide as they need; the last one is not padded. */
export function columns(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const printed = [headings, ...rows.map((row) => row.map(printableLine))];
  const widths = headings.map((_, column) => Math.max(...printed.map((row) => (row[column] ?? '').length)));
  return printed.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
