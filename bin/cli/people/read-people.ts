import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import type { PersonRow } from '../../../core/operator/api.ts';
import { identityOf } from '../../../core/subscriber/read-person.ts';

/** One line of the file that cannot be sent. */
export interface BadLine {
  readonly line: number;
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}
export interface ReadPeople {
  readonly rows: readonly PersonRow[];
  readonly bad: readonly BadLine[];
  /** Headings that we have no use for. */
  readonly ignored: readonly string[];
}

type Column = Exclude<keyof PersonRow, 'line'>;

/** Headings by their letters alone: case, blanks, hyphens and underscores make no difference. */
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
  streams: 'streams',
  stream: 'streams',
  subscriptions: 'streams',
};
const columnNames = 'address, name, team, role, zone, streams';

const Cells = z.array(z.array(z.string()));

/**
 * Reads people.csv. Commas, semicolons or tabs: the heading decides. Each line is read by itself, so that a quote left open
 * spoils no other; a line that cannot be sent is listed and does not stop the rest.
 */
export function readPeople(text: string): ReadPeople {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((written, index) => ({ written, line: index + 1 }))
    .filter(({ written }) => /[^\s,;"]/.test(written));
  const [heading = { written: '', line: 1 }, ...rest] = lines;
  const delimiter = delimiterOf(heading.written);
  const names = cellsOf(heading.written, delimiter) ?? [];
  const columns = names.map(columnOf);
  if (!columns.includes('address')) return { rows: [], bad: [noHeading(heading.line)], ignored: [] };

  const rows: PersonRow[] = [];
  const bad: BadLine[] = [];
  const firstWith = new Map<string, number>();
  for (const { written, line } of rest) {
    const cells = cellsOf(written, delimiter);
    const row = rowOf(cells ?? [], columns, line);
    const flaw = cells ? flawOf(row, cells, columns, firstWith) : quotesFlaw;
    if (flaw) bad.push({ line, ...flaw });
    else rows.push(row);
    if (row.address && !firstWith.has(whoIs(row))) firstWith.set(whoIs(row), line);
  }
  return { rows, bad, ignored: names.filter((name) => name && !columnOf(name)) };
}

/** Undefined: the quotes do not pair up. */
function cellsOf(line: string, delimiter: string): string[] | undefined {
  try {
    return Cells.parse(parse(line, { delimiter, trim: true }))[0] ?? [];
  } catch {
    return undefined;
  }
}

function delimiterOf(heading: string): string {
  const count = (delimiter: string) => heading.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
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
  if (!row.address) return { field: 'address', problem: 'is empty', remedy: 'Fill it in, or take the line out.' };
  const first = firstWith.get(whoIs(row));
  return first === undefined
    ? undefined
    : { field: 'address', problem: `stands in line ${first} too`, remedy: 'Keep one of the two lines.' };
}

/** The same text for lines that are the same person to the API: no two batches that are under way hold one person. */
const whoIs = (row: PersonRow): string => identityOf(row) ?? row.address.toLowerCase();

const quotesFlaw: Omit<BadLine, 'line'> = {
  field: '',
  problem: 'the double quotes do not pair up',
  remedy: 'Write a quote inside a quoted cell twice, and close the cell in its line.',
};

const noHeading = (line: number): BadLine => ({
  line,
  field: '',
  problem: 'is not a heading with a column "address"',
  remedy: `Let the first line name the columns: ${columnNames}. Only address is a must.`,
});
