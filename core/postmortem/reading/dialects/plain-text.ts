import { findLabel } from '../facts/label-names.ts';
import type { ReadHeading } from '../headings/heading-map.ts';
import { findField } from '../sent-fields.ts';
import type { Dialect } from './dialect.ts';
import { hasMarkdownHeading, headingLine } from './lines.ts';

/** A number of a chapter, and its name: "2.1 Root cause". */
const numbered = /^(\d{1,2}(?:\.\d{1,2}){0,2})[.)]?[ \t]+(\S.{1,78}?)[ \t]*:?$/;
const label = /^([\p{L}][\p{L}\p{N} '’/()-]{0,40}?)[ \t]?:[ \t]+(\S.*)$/u;
const titleLabel = /^(?:incident[ \t]+)?(?:title|titel|titre|título|titolo|件名|标题|제목)[ \t]?[:：][ \t]*(?=\S)/i;
const isBlank = (line = ''): boolean => line.trim() === '';
const isUpper = (line: string): boolean => /\p{Lu}/u.test(line) && line === line.toUpperCase();

/**
 * Plain text without a heading of Markdown, as word processors export it and people jot it down:
 * headings are numbered, or in capital letters, or end with a question mark.
 */
export const plainText: Dialect = {
  recognise: (lines, read) =>
    !hasMarkdownHeading(lines) &&
    !lines.some((line, i) => /^(?:=+|-{3,})[ \t]*$/.test(line) && i > 0 && !isBlank(lines[i - 1])) &&
    (lines.filter((_, i) => isHeading(lines, i, read)).length >= 2 || notesFrom(lines, read) !== undefined),
  toMarkdown: (lines, read) => {
    const notes = notesFrom(lines, read);
    const start = lines.findIndex((line) => !isBlank(line));
    const title = notes === undefined ? titleAt(lines, start, read) : notes > start ? start : -1;
    return lines.flatMap((line, i) => {
      if (i < title && !isBlank(line) && isLetterhead(line.trim())) return ['', `> ${line.trim()}`, ''];
      if (i === title) return ['', headingLine(1, line.replace(titleLabel, '')), ''];
      if (notes !== undefined && i >= notes && label.test(line)) return ['', line.replace(label, '**$1:** $2')];
      if (isHeading(lines, i, read)) return ['', headingLine(levelOf(line), line.trim()), ''];
      return rowAsItem(lines, i);
    });
  },
};

const levelOf = (line: string): number => 1 + (numbered.exec(line)?.[1]?.split('.').length ?? 1);

/** A known name that stands alone: numbered, in capital letters, or a question above its text. */
function isHeading(lines: readonly string[], i: number, read: ReadHeading): boolean {
  const line = (lines[i] ?? '').trim();
  if (line.length < 3 || line.length > 90 || !isBlank(lines[i - 1])) return false;
  if (line.endsWith('?')) return read(line) !== undefined;
  if (!isBlank(lines[i + 1])) return false;
  const [, , name = ''] = numbered.exec(line) ?? [];
  if (name !== '') return !/[.;,]$/.test(name) && (read(name) !== undefined || isUpper(name));
  return isUpper(line) && read(line.replace(/:$/, '')) !== undefined;
}

/** The first of the lines that all are labels, if nearly everything is: "why: …", "todo: …". */
function notesFrom(lines: readonly string[], read: ReadHeading): number | undefined {
  const filled = lines.flatMap((line, i) => (isBlank(line) ? [] : i));
  const from = filled.findIndex((i) => label.test(lines[i] ?? '') && isName(lines[i] ?? '', read));
  const rest = from < 0 || from > 1 ? [] : filled.slice(from);
  const names = rest.filter((i) => isName(lines[i] ?? '', read));
  const isNotes = rest.length >= 3 && rest.every((i) => label.test((lines[i] ?? '').slice(0, 2000))) && names.length * 2 > rest.length;
  return isNotes && names.some((i) => /^\p{Ll}/u.test(lines[i] ?? '')) ? rest[0] : undefined;
}
const isName = (line: string, read: ReadHeading): boolean => {
  const name = label.exec(line.slice(0, 2000))?.[1] ?? '';
  return name !== '' && (findField(name) ?? findLabel(name) ?? read(name)) !== undefined;
};

/**
 * The line that is the title: the one with that label, or the first one that is no letterhead, no
 * heading and no label. -1 if the text begins at once.
 */
function titleAt(lines: readonly string[], start: number, read: ReadHeading): number {
  const labelled = lines.findIndex((line) => titleLabel.test(line.slice(0, 400)));
  if (labelled >= 0) return labelled;
  for (let i = start, tried = 0; i < lines.length && tried < 4; i++) {
    const line = (lines[i] ?? '').trim();
    if (line === '') continue;
    tried += 1;
    if (label.test(line) || isHeading(lines, i, read) || line.length > 150 || /[.,;:!]$/.test(line)) return -1;
    if (!isLetterhead(line)) return isBlank(lines[i + 1]) ? i : -1;
  }
  return -1;
}
/** An organisation, or what every such document is called, or who may read it. */
const isLetterhead = (line: string): boolean =>
  isUpper(line) ||
  /^(?:\p{Lu}[\p{Lu}.&-]+(?:[ \t]+|$)){2}/u.test(line) ||
  /(?:^|[ \t])(?:GmbH|AG|plc|PLC|Ltd\.?|Inc\.?|LLC|S\.?A\.?S?|S\.?p\.?A\.?|B\.?V\.?|N\.?V\.?|Oy|AB|KG|e\.V\.|株式会社|有限公司)(?:$|[ \t,–—-])/u.test(
    line,
  );

/** Cells that tabs divide, in two lines or more, are items: the first ones with their labels. */
function rowAsItem(lines: readonly string[], i: number): string | string[] {
  const line = lines[i] ?? '';
  const cells = cellsOf(line);
  const isRow = (other = '') => cellsOf(other).length >= 3;
  if (!isRow(line) || !(isRow(lines[i - 1]) || isRow(lines[i + 1]))) return line;
  const labels = cells.filter((cell, j) => j > 0 && /^[\p{L}][\p{L} ]{1,30}:[ \t]/u.test(cell));
  return `- ${cells.filter((cell) => !labels.includes(cell)).join(' ')}${labels.map((one) => `; ${one}`).join('')}`;
}
const cellsOf = (line: string): string[] =>
  line
    .split('\t')
    .map((cell) => cell.trim())
    .filter(Boolean);
