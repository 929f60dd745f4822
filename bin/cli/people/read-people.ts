import { type CsvError, parse } from 'csv-parse/sync';
import * as z from 'zod';
import type { PersonRow } from '../../../core/operator/api.ts';

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

const Records = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }));

/** Reads people.csv. Commas, semicolons or tabs; the heading decides. A line that cannot be sent is listed and does not stop the others. */
export function readPeople(text: string): ReadPeople {
  const bad: BadLine[] = [];
  const read = Records.parse(
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (error: CsvError | undefined) => {
        bad.push(unreadable(error));
        return undefined;
      },
      trim: true,
    }),
  );
  const [heading, ...records] = read.filter(({ record }) => record.some(Boolean));
  const columns = (heading?.record ?? []).map(columnOf);
  if (!columns.includes('address')) return { rows: [], bad: [noHeading(heading?.info.lines ?? 1)], ignored: [] };

  const rows: PersonRow[] = [];
  const firstWith = new Map<string, number>();
  for (const { record, info } of records) {
    const row = rowOf(record, columns, info.lines);
    const flaw = flawOf(row, record, columns, firstWith);
    if (flaw) bad.push({ line: row.line, ...flaw });
    else rows.push(row);
    if (row.address && !firstWith.has(row.address.toLowerCase())) firstWith.set(row.address.toLowerCase(), row.line);
  }
  return { rows, bad: bad.toSorted((a, b) => a.line - b.line), ignored: (heading?.record ?? []).filter((name) => name && !columnOf(name)) };
}

function delimiterOf(text: string): string {
  const heading = /[^\r\n]+/.exec(text.replace(/^\uFEFF/, ''))?.[0] ?? '';
  const count = (delimiter: string) => heading.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

const columnOf = (name: string): Column | undefined => headings[name.toLowerCase().replace(/[^a-z]/g, '')];

function rowOf(record: readonly string[], columns: readonly (Column | undefined)[], line: number): PersonRow {
  const row: PersonRow = { line, address: '' };
  for (const [index, column] of columns.entries()) {
    const cell = record[index];
    if (column && cell) row[column] = cell;
  }
  return row;
}

function flawOf(
  row: PersonRow,
  record: readonly string[],
  columns: readonly unknown[],
  firstWith: ReadonlyMap<string, number>,
): Omit<BadLine, 'line'> | undefined {
  if (record.slice(columns.length).some(Boolean)) {
    return {
      field: '',
      problem: `has ${record.length} cells, but the heading names ${columns.length}`,
      remedy: 'Put a cell with a separator in it into double quotes.',
    };
  }
  if (!row.address) return { field: 'address', problem: 'is empty', remedy: 'Fill it in, or take the line out.' };
  const first = firstWith.get(row.address.toLowerCase());
  return first === undefined
    ? undefined
    : { field: 'address', problem: `stands in line ${first} too`, remedy: 'Keep one of the two lines.' };
}

const unreadable = (error: CsvError | undefined): BadLine => ({
  line: Number(error?.lines ?? 0) || 1,
  field: '',
  problem: 'the double quotes do not pair up',
  remedy: 'Write a quote inside a quoted cell twice, and close the cell.',
});

const noHeading = (line: number): BadLine => ({
  line,
  field: '',
  problem: 'is not a heading with a column "address"',
  remedy: `Let the first line name the columns: ${columnNames}. Only address is a must.`,
});
