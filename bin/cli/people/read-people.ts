import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import type { PersonRow } from '../../../core/operator/api.ts';
import { identityOf, lengthFlaws } from '../../../core/people/read-person.ts';

/** A line of the file that cannot be sent. */
export interface BadLine {
  readonly line: number;
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}
export interface ReadPeople {
  readonly rows: readonly PersonRow[];
  readonly bad: readonly BadLine[];
  /** Headings that we do not use. */
  readonly ignored: readonly string[];
}

type Column = Exclude<keyof PersonRow, 'line'>;

/**
 * Headings are compared by their letters only. Case, spaces, hyphens and underscores make no
 * difference.
 */
const headings: Readonly<Record<string, Column>> = {
  address: 'address',
  email: 'address',
  mail: 'address',
  emailaddress: 'address',
  mailaddress: 'address',
  name: 'name',
  fullname: 'name',
  displayname: 'name',
  team: 'team',
  role: 'role',
  zone: 'zone',
  timezone: 'zone',
  tz: 'zone',
  handles: 'handles',
  handle: 'handles',
  streams: 'streams',
  stream: 'streams',
  subscriptions: 'streams',
};
const columnNames = 'address, name, team, role, zone, handles, streams';

const Cells = z.array(z.array(z.string()));

/**
 * Reads people.csv with commas, semicolons or tabs. Excel's line `sep=;` decides which, otherwise
 * the heading does. Each line is read on its own, so that an open quote spoils no other line. A
 * quoted cell may span several lines. A line that cannot be sent is listed and does not stop the
 * rest.
 */
export function readPeople(text: string): ReadPeople {
  const written = linesOf(text);
  const separator = separatorIn(written[0]?.written ?? '');
  const lines = separator === undefined ? written : written.slice(1);
  const delimiter = separator ?? delimiterOf(lines[0]?.written ?? '');
  const heading = recordAt(lines, 0, delimiter);
  const names = heading?.cells ?? [];
  const columns = names.map(columnOf);
  const top = lines[0]?.line ?? 1;
  if (!columns.includes('address')) return { rows: [], bad: [noHeading(top)], ignored: [] };
  const doubled = doubledIn(names, top);
  if (doubled.length > 0) return { rows: [], bad: doubled, ignored: [] };

  const rows: PersonRow[] = [];
  const bad: BadLine[] = [];
  const firstWith = new Map<string, number>();
  for (let next = heading?.after ?? 1; next < lines.length; ) {
    const { line = 0 } = lines[next] ?? {};
    const record = recordAt(lines, next, delimiter);
    next = record?.after ?? next + 1;
    const row = rowOf(record?.cells ?? [], columns, line);
    const flaw = record ? flawOf(row, record.cells, columns, firstWith) : quotesFlaw;
    if (flaw) bad.push({ line, ...flaw });
    else rows.push(row);
    if (row.address && !firstWith.has(whoIs(row))) firstWith.set(whoIs(row), line);
  }
  return { rows, bad, ignored: names.filter((name) => name && !columnOf(name)) };
}

interface WrittenLine {
  readonly written: string;
  readonly line: number;
}

/** Lines with more than separators and spaces, numbered as in an editor. */
const linesOf = (text: string): WrittenLine[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((written, index) => ({ written, line: index + 1 }))
    .filter(({ written }) => /[^\s,;"]/.test(written));

/** Excel's line above the heading, `sep=;`, with or without quotes. */
const separatorIn = (line: string): string | undefined => /^\s*"?sep=([,;|\t])"?[\s,;]*$/i.exec(line)?.[1];

/**
 * The most lines that a quoted cell may span. An open quote is reported; its end is not looked for
 * through the whole file.
 */
const longestRecord = 10;

/**
 * The cells of the line at `start`, and of the lines that its open quote spans. Undefined: the
 * quotes do not match.
 */
function recordAt(lines: readonly WrittenLine[], start: number, delimiter: string): { cells: string[]; after: number } | undefined {
  let text = '';
  for (let n = start; n < Math.min(lines.length, start + longestRecord); n += 1) {
    text += `${n > start ? '\n' : ''}${lines[n]?.written}`;
    if ((text.match(/"/g) ?? []).length % 2 > 0) continue;
    const cells = cellsOf(text, delimiter);
    // Two open quotes look like one cell that spans lines and would swallow the people in between.
    return cells?.some((cell) => cell.includes('\n') && cell.includes('@'))
      ? undefined
      : cells && { cells: cells.map(onOneLine), after: n + 1 };
  }
  return undefined;
}

const onOneLine = (cell: string): string => cell.replace(/\s*\n\s*/g, ' ');

/** Undefined: the quotes do not match. */
function cellsOf(text: string, delimiter: string): string[] | undefined {
  try {
    return Cells.parse(parse(text, { delimiter, trim: true }))[0] ?? [];
  } catch {
    return undefined;
  }
}

function delimiterOf(heading: string): string {
  const count = (delimiter: string) => heading.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/**
 * Columns that the heading names more than once, even under two different names. It is unclear
 * which of the cells counts.
 */
function doubledIn(names: readonly string[], line: number): BadLine[] {
  const together = Map.groupBy(names, columnOf);
  return [...together].flatMap(([column, written]) =>
    column === undefined || written.length === 1
      ? []
      : [
          {
            line,
            field: column,
            problem: `stands in the heading ${written.length} times: ${written.join(', ')}`,
            remedy: 'Keep one of the columns, and remove or rename the other.',
          },
        ],
  );
}

const columnOf = (name: string): Column | undefined => headings[name.toLowerCase().replace(/[^a-z]/g, '')];

function rowOf(cells: readonly string[], columns: readonly (Column | undefined)[], line: number): PersonRow {
  const row: PersonRow = { line, address: '' };
  for (const [index, column] of columns.entries()) {
    const cell = cells[index];
    if (column && cell) row[column] = cell;
  }
  return row;
}

function flawOf(
  row: PersonRow,
  cells: readonly string[],
  columns: readonly unknown[],
  firstWith: ReadonlyMap<string, number>,
): Omit<BadLine, 'line'> | undefined {
  if (cells.slice(columns.length).some(Boolean)) {
    return {
      field: '',
      problem: `has ${cells.length} cells, but the heading names ${columns.length}`,
      remedy: 'Put a cell with a separator in it into double quotes.',
    };
  }
  if (!row.address) return { field: 'address', problem: 'is empty', remedy: 'Fill it in, or remove the line.' };
  const [tooLong] = lengthFlaws(row);
  if (tooLong) return tooLong;
  const first = firstWith.get(whoIs(row));
  return first === undefined
    ? undefined
    : { field: 'address', problem: `stands in line ${first} too`, remedy: 'Keep one of the two lines.' };
}

/**
 * The same text for lines that the API takes for the same person. It keeps one person from being in
 * two batches at the same time.
 */
const whoIs = (row: PersonRow): string => identityOf(row) ?? row.address.toLowerCase();

const quotesFlaw: Omit<BadLine, 'line'> = {
  field: '',
  problem: 'the double quotes do not pair up',
  remedy: 'Write a quote inside a quoted cell twice, and close each quoted cell.',
};

const noHeading = (line: number): BadLine => ({
  line,
  field: '',
  problem: 'is not a heading with a column "address"',
  remedy: `Let the first line name the columns: ${columnNames}. Only address is required.`,
});
