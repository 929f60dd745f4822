import { fenceAfter } from '../fences.ts';

/** No sign of a dialect stands further to the right. */
const longestSign = 400;

/** How many lines have a sign. */
export const countOf = (lines: readonly string[], sign: RegExp): number =>
  lines.filter((line) => sign.test(line.slice(0, longestSign))).length;

/** Whether a document has headings of Markdown with number signs. */
export const hasMarkdownHeading = (lines: readonly string[]): boolean => countOf(lines, /^#{1,6}[ \t]+\S/) > 0;

/** The lines that are no fenced code. */
export function textLines(lines: readonly string[]): string[] {
  let fence = '';
  return lines.filter((line) => {
    const before = fence;
    fence = fenceAfter(line, fence);
    return before === '' && fence === '';
  });
}

/** Changes each line that is no fenced code. */
export function changeText(lines: readonly string[], change: (line: string, i: number) => string | readonly string[]): string[] {
  let fence = '';
  return lines.flatMap((line, i) => {
    const before = fence;
    fence = fenceAfter(line, fence);
    return before === '' && fence === '' ? change(line, i) : line;
  });
}

/** For each line the number of the next one that is meant, -1 if there is none. */
export function nextOf(lines: readonly string[], isMeant: (line: string) => boolean): readonly number[] {
  const next: number[] = [];
  let at = -1;
  for (let i = lines.length - 1; i >= 0; i--) {
    next[i] = at;
    if (isMeant(lines[i] ?? '')) at = i;
  }
  return next;
}

/** An item that states the value of a name: `- **Start:** 2026-03-19 08:10`. */
export const labelItem = (name: string, value: string): string => `- **${named(name)}:** ${value.trim()}`;
const named = (name: string): string => {
  const words = name.trim().replace(/[_-]+/g, ' ');
  const lower = words === words.toUpperCase() ? words.toLowerCase() : words;
  return lower.charAt(0).toUpperCase() + lower.slice(1);
};

export const headingLine = (level: number, text: string): string => `${'#'.repeat(Math.min(6, Math.max(1, level)))} ${text.trim()}`;

/** A table in Markdown. The first row is its heading. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map((row) => row.length));
  const lineOf = (row: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, i) =>
      (row[i] ?? '')
        .replaceAll('\n', ' ')
        .replace(/(?<!\\)\|/g, '\\|')
        .trim(),
    ).join(' | ')} |`;
  const [head = [], ...others] = rows.map(lineOf);
  return rows.length === 0 ? [] : ['', String(head), `|${' --- |'.repeat(width)}`, ...others, ''];
}

/** Lines as a quotation. */
export const quoted = (lines: readonly string[]): string[] => {
  const end = lines.findLastIndex((line) => line.trim() !== '') + 1;
  return ['', ...lines.slice(0, end).map((line) => `> ${line}`.trimEnd()), ''];
};
