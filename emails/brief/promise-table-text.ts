import type { PromiseTable } from '../../core/content/promise-figures.ts';
import { paragraphs, underlined } from '../text-layout.ts';

const gap = 2;

/** The months in one column, each number right-aligned under its heading. */
export function promiseTableText({ heading, columns, rows }: PromiseTable): string {
  const lines = [columns, ...rows.map(({ month, numbers }) => [month, ...numbers])];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const told = lines.map((line) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart((widths[i] ?? 0) + gap))).join(''),
  );
  return paragraphs(underlined(heading, '-'), told.map((line) => `  ${line}`).join('\n'));
}
