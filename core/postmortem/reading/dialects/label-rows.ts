import { findLabel } from '../facts/label-names.ts';
import { findField } from '../sent-fields.ts';
import type { Dialect } from './dialect.ts';
import { changeText, countOf, tableOf } from './lines.ts';

const border = /^[ \t]{0,3}\+[-=]{2,200}(?:\+[-=]{2,200}){0,20}\+[ \t]*$/;
const row = /^[ \t]{0,3}\|.*\|[ \t]*$/;

/** Tables with drawn borders, as pandoc writes them. */
export const gridTables: Dialect = {
  recognise: (lines) => countOf(lines, border) >= 2,
  toMarkdown(lines) {
    const written: string[] = [];
    let rows: string[][] | undefined;
    const close = () => {
      if (rows !== undefined) written.push(...tableOf(rows.filter((cells) => cells.some(Boolean))));
      rows = undefined;
    };
    for (const line of lines) {
      if (border.test(line)) rows = [...(rows ?? []), []];
      else if (rows !== undefined && row.test(line)) addTo(rows, line);
      else {
        close();
        written.push(line);
      }
    }
    close();
    return written;
  },
};

/** The lines between two borders are one row. */
function addTo(rows: string[][], line: string): void {
  const cells = line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/);
  const last = rows.at(-1) ?? [];
  rows[rows.length - 1] = cells.map((cell, i) => `${last[i] ?? ''} ${cell.trim()}`.trim());
}

const tabbed = /^([\p{L}][\p{L} /()-]{0,40}?)[ ]*\t[ \t]*([^\t]*[^\t\s])[ \t]*$/u;
const isName = (name: string): boolean => (findField(name) ?? findLabel(name)) !== undefined;

/** Names and values with a tab between them, as they are pasted from word processors. */
export const tabbedLabels: Dialect = {
  recognise: (lines) => lines.some((line) => labelled(line) !== undefined),
  toMarkdown: (lines) => changeText(lines, (line) => labelled(line) ?? line),
};

function labelled(line: string): string[] | undefined {
  const [, name, value = ''] = tabbed.exec(line.slice(0, 1000)) ?? [];
  return name === undefined || line.length > 1000 || !isName(name) || isName(value) ? undefined : ['', `**${name.trim()}:** ${value}`, ''];
}
