import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { readState } from '../../../core/postmortem/reading/actions/read-state.ts';
import type { Complaint } from '../failure.ts';

export const trackerStates = ['open', 'in-progress', 'done', 'declined'] as const;
export type TrackerState = (typeof trackerStates)[number];

/** A ticket, as far as it matters here. */
export interface Ticket {
  /** 1-based, of the file. */
  readonly line: number;
  /** Such as OPS-7, in capitals. */
  readonly key?: string;
  readonly link?: string;
  readonly title: string;
  readonly state: TrackerState;
}

export interface ReadTracker {
  readonly tickets: readonly Ticket[];
  readonly bad: readonly Omit<Complaint, 'file'>[];
  /** What the columns look like: Jira, Linear, GitHub. Undefined if like none of them. */
  readonly tracker: string | undefined;
}

const columns = ['key', 'link', 'title', 'status', 'category', 'resolution', 'started', 'completed', 'canceled'] as const;
type Column = (typeof columns)[number];

/**
 * The columns of Jira's, Linear's and GitHub's exports, and of `gh issue list --json`. Headings are
 * compared by their letters only.
 */
const headings: Readonly<Record<string, Column>> = {
  issuekey: 'key',
  workitemkey: 'key',
  key: 'key',
  id: 'key',
  identifier: 'key',
  ticket: 'key',
  url: 'link',
  link: 'link',
  issueurl: 'link',
  htmlurl: 'link',
  weburl: 'link',
  permalink: 'link',
  summary: 'title',
  title: 'title',
  status: 'status',
  state: 'status',
  statuscategory: 'category',
  resolution: 'resolution',
  statereason: 'resolution',
  started: 'started',
  completed: 'completed',
  canceled: 'canceled',
  cancelled: 'canceled',
};

/** A number is a key in no tracker: it needs its project. */
const keyPattern = /^[A-Z][A-Z0-9_]*-\d+$/;

type Cells = Partial<Record<Column, string>>;

/**
 * Reads a tracker's export, with commas, semicolons or tabs. `words` says what statuses mean that
 * an organisation made up, by their folded names. A row without a key and a link, or whose state is
 * not known, is bad and does not stop the others.
 */
export function readTracker(text: string, words: ReadonlyMap<string, TrackerState>): ReadTracker {
  const none = (complaint: Omit<Complaint, 'file'>): ReadTracker => ({ tickets: [], bad: [complaint], tracker: undefined });
  const records = recordsIn(text);
  if ('problem' in records) return none(records);
  const [heading, ...rows] = records;
  const names = heading?.record ?? [];
  const found = names.map((name) => headings[lettersOf(name)]);
  const doubled = columns.find((column) => found.filter((one) => one === column).length > 1);
  if (doubled) {
    const which = names.filter((_, n) => found[n] === doubled).join(', ');
    return none({
      line: 1,
      field: doubled,
      problem: `stands in the heading more than once: ${which}`,
      remedy: 'Keep one of these columns.',
    });
  }
  if (!found.includes('key') && !found.includes('link'))
    return none({
      line: 1,
      field: '',
      problem: 'has no column with keys or links',
      remedy: 'Export Issue key (Jira), ID (Linear) or URL (GitHub) too.',
    });
  if (!found.includes('status') && !found.includes('category'))
    return none({ line: 1, field: '', problem: 'has no column with states', remedy: 'Export Status or State too.' });

  const tickets: Ticket[] = [];
  const bad: Omit<Complaint, 'file'>[] = [];
  for (const { record, line } of rows) {
    const cells: Cells = {};
    for (const [n, column] of found.entries()) {
      const cell = record[n]?.trim();
      if (column && cell) cells[column] = cell;
    }
    const ticket = ticketOf(cells, line, words);
    if (ticket && 'problem' in ticket) bad.push(ticket);
    else if (ticket) tickets.push(ticket);
  }
  return { tickets, bad, tracker: trackerOf(names, tickets) };
}

interface Line {
  readonly record: readonly string[];
  readonly line: number;
}

const Records = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

function recordsIn(text: string): readonly Line[] | Omit<Complaint, 'file'> {
  const [first = ''] = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/, 1);
  const delimiter = [',', ';', '\t'].reduce((best, one) => (first.split(one).length > first.split(best).length ? one : best));
  try {
    const options = { bom: true, delimiter, info: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true };
    const read = Records.parse(parse(text.replace(/\r\n?/g, '\n'), options));
    let begin = 1;
    return read.map(({ record, info }) => {
      const line = begin;
      begin = info.lines + 1;
      return { record, line };
    });
  } catch (error) {
    const line = Number(Object(error).lines) || undefined;
    return {
      ...(line !== undefined && { line }),
      ...{ field: '', problem: 'cannot be read as CSV', remedy: 'Export it again, as CSV in UTF-8, and do not edit it by hand.' },
    };
  }
}

const lettersOf = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

/** Undefined for a row that names no ticket, such as a draft of GitHub's projects. */
function ticketOf(cells: Cells, line: number, words: ReadonlyMap<string, TrackerState>): Ticket | Omit<Complaint, 'file'> | undefined {
  const key = cells.key?.toUpperCase();
  const isKey = key !== undefined && keyPattern.test(key);
  const link = cells.link !== undefined && URL.canParse(cells.link) ? cells.link : undefined;
  if (!isKey && link === undefined) return undefined;
  const state = stateOf(cells, words);
  const named = cells.status ?? cells.category ?? '';
  if (!state)
    return {
      ...{ line, field: 'status', problem: named === '' ? 'is empty' : `“${named}” is not known` },
      remedy: named === '' ? 'Fill it in, or remove the row.' : `Say what it means: --status "${named}=in-progress"`,
    };
  return { line, title: cells.title ?? '', state, ...(isKey && { key }), ...(link !== undefined && { link }) };
}

/**
 * What the organisation said, dates of an end (Linear), the category of a status (Jira), and the
 * words of a status, in this order. What ended by a resolution that means "no" is declined.
 */
function stateOf(
  { status = '', category = '', resolution = '', started, completed, canceled }: Cells,
  words: ReadonlyMap<string, TrackerState>,
) {
  const said = words.get(foldedStatus(status));
  if (said) return said;
  if (canceled !== undefined) return 'declined';
  if (completed !== undefined) return 'done';
  const state = wordsOf(category) ?? wordsOf(status) ?? (started === undefined ? undefined : 'in-progress');
  return state === 'done' && wordsOf(resolution) === 'declined' ? 'declined' : state;
}

export const foldedStatus = (status: string): string =>
  status
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

const trackerWords: Readonly<Record<string, TrackerState>> = {
  reopened: 'open',
  triage: 'open',
  'selected for development': 'open',
  'cannot reproduce': 'declined',
};

function wordsOf(text: string): TrackerState | undefined {
  if (text === '') return undefined;
  const folded = foldedStatus(text);
  const read = trackerWords[folded] ? undefined : readState(folded);
  return trackerWords[folded] ?? (read?.rest === '' ? read.status : undefined);
}

function trackerOf(names: readonly string[], tickets: readonly Ticket[]): string | undefined {
  const has = (name: string) => names.some((one) => lettersOf(one) === name);
  if (has('issuekey') || has('workitemkey')) return 'Jira';
  if (has('id') && has('canceled')) return 'Linear';
  const links = tickets.flatMap(({ link }) => link ?? []);
  return links.length > 0 && links.every((link) => new URL(link).host === 'github.com') ? 'GitHub' : undefined;
}
