import { writeFile } from 'node:fs/promises';
import { ActionsAnswer, type ShownAction } from '../../../core/operator/actions-api.ts';
import { inOrder } from '../../../core/operator/list-actions.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { pages } from '../pages.ts';
import { columns, counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { csv } from './csv.ts';

/** The columns of the file, by their headings. */
const table: Readonly<Record<string, { readonly says: string; readonly of: (action: ShownAction) => string | undefined }>> = {
  id: { says: 'stays the same while the action does', of: ({ id }) => id },
  state: { says: 'open, overdue, kept, declined, withdrawn or history', of: ({ state }) => state },
  title: { says: 'what was promised', of: ({ title }) => title },
  owner: { says: 'as the document names it', of: ({ owner }) => owner },
  team: { says: 'that of the action', of: ({ team }) => team },
  due: { says: 'a day', of: ({ due }) => due },
  status: { says: 'open, in-progress, done or declined', of: ({ status }) => status },
  priority: { says: 'as the document says', of: ({ priority }) => priority },
  kind: { says: 'as the document says', of: ({ kind }) => kind },
  link: { says: 'its ticket', of: ({ link }) => link },
  key: { says: 'its id in the document, such as the key of a ticket', of: ({ key }) => key },
  cost: { says: 'as the document says', of: ({ cost }) => cost },
  consequence: { says: 'what happens if it is not done, as the document says', of: ({ consequence }) => consequence },
  decision: { says: 'what leadership decided last', of: ({ decision }) => decision?.says },
  'decided for': { says: 'when that decision takes effect, an instant in UTC', of: ({ decision }) => decision?.effectiveAt },
  promised: { says: 'an instant in UTC', of: ({ promisedAt }) => promisedAt },
  closed: { says: 'when it was done, declined or withdrawn', of: ({ closedAt }) => closedAt },
  withdrawn: { says: 'when the document lost it', of: ({ withdrawnAt }) => withdrawnAt },
  'perhaps now': { says: 'the title of the action that a withdrawn one perhaps became', of: ({ perhaps }) => perhaps?.title },
  'perhaps now id': { says: 'its id', of: ({ perhaps }) => perhaps?.id },
  lines: { says: 'how many lines of the document say the same', of: ({ times = 1 }) => String(times) },
  postmortem: { says: 'its id', of: ({ postmortem }) => postmortem },
  'postmortem title': { says: 'its title now', of: ({ postmortemTitle }) => postmortemTitle },
  severity: { says: 'sev1 to sev4, or unclassified', of: ({ severity }) => severity },
  services: { says: 'those of the postmortem', of: ({ services }) => services.join(', ') },
  'owning team': { says: 'that of the postmortem', of: ({ owningTeam }) => owningTeam },
  'not told': { says: 'draft, restricted or retracted: nobody is told of it', of: ({ hidden }) => hidden },
};

export const listHelp = `
Open ones come whenever they were promised. Closed ones, and those of drafts, of restricted and retracted postmortems and of history, come
if they were closed or their postmortem changed within 366 days; with --since, if they were promised since. The answer says what was not
looked at. DAY is a day such as 2026-11-23 in the organisation's zone, at most five years back.

withdrawn: a revision of the document no longer has it. history: it came with an archive (publish --history), so it counts nowhere as a
promise. The key needs the scope read; without the scope people addresses are left out.

--csv writes UTF-8 with a byte order mark, one line an action, every cell in quotes, divided by commas. A cell that a spreadsheet would take
for a formula begins with an apostrophe. Its columns:
${Object.entries(table)
  .map(([heading, { says }]) => `  ${heading.padEnd(18)}${says}`)
  .join('\n')}

Examples:
  afterword actions list --state overdue
  afterword actions list --team Payments --due-before 2026-12-01
  afterword actions list --since 2026-07-01 --csv actions.csv`;

export interface ListOptions {
  readonly state?: string;
  readonly team?: string;
  readonly owner?: string;
  readonly service?: string;
  readonly dueBefore?: string;
  readonly postmortem?: string;
  readonly since?: string;
  readonly csv?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

interface Fetched {
  readonly actions: readonly ShownAction[];
  readonly notLookedAt: readonly string[];
  readonly cursor?: string | undefined;
}

/** Those that match, or the first `limit` of them, in order. */
export async function fetchActions(
  api: Session['api'],
  wanted: Omit<ListOptions, 'csv' | 'limit' | 'cursor'>,
  { limit, cursor: from }: Pick<ListOptions, 'limit' | 'cursor'> = {},
): Promise<Fetched> {
  const query = new URLSearchParams(Object.entries(wanted));
  const found = new Map<string, ShownAction>();
  const unseen = new Set<string>();
  let cursor = from;
  const actionsOf = (page: ActionsAnswer) => {
    for (const said of page.notLookedAt) unseen.add(said);
    cursor = page.cursor;
    return page.actions;
  };
  const path = `operator/actions${query.size > 0 ? `?${query}` : ''}`;
  for await (const some of pages(api, path, ActionsAnswer, actionsOf, limit, from)) for (const one of some) found.set(one.id, one);
  return { actions: [...found.values()].toSorted(inOrder), notLookedAt: [...unseen], ...(cursor !== undefined && { cursor }) };
}

/** Lists those that match, or the first `limit` of them, on the screen or in a file. */
export async function listActions(
  { api, terminal }: Session,
  { csv: file, limit, cursor: from, ...wanted }: ListOptions,
): Promise<ExitCode> {
  const place = { ...(limit !== undefined && { limit }), ...(from !== undefined && { cursor: from }) };
  const { actions, notLookedAt, cursor } = await fetchActions(api, wanted, place);
  if (file !== undefined) await write(file, actions);
  else if (actions.length > 0) terminal.say(...columns(['ID', 'STATE', 'DUE', 'OWNER', 'ACTION'], actions.map(rowOf)), '');
  const count = actions.length === 0 ? 'Nothing matches that.' : counted(actions.length, 'action');
  terminal.say(file === undefined ? count : wroteWords(file, actions));
  terminal.say(...notLookedAt.map(printableLine));
  if (cursor !== undefined) terminal.say(`More may follow: --cursor ${cursor}`);
  terminal.answer({ actions, notLookedAt, ...(cursor !== undefined && { cursor }), ...(file !== undefined && { csv: file }) });
  return exitCodes.ok;
}

export const exportHelp = `
Writes everything that "afterword actions list" knows, open and closed, of drafts and of history, into a file for a spreadsheet, five years
back. Nothing in it runs as a formula. Columns: see afterword actions list --help. The key needs the scope read; without the scope people
addresses are left out.

Example:
  afterword actions export actions.csv`;

/** Writes all of them: the open ones whenever they were promised, the others of five years. */
export async function exportActions({ api, terminal }: Session, file: string): Promise<ExitCode> {
  const found = [await fetchActions(api, { since: 'earliest' }), await fetchActions(api, {})].flatMap(({ actions }) => actions);
  const actions = [...new Map(found.map((one) => [one.id, one])).values()].toSorted(inOrder);
  await write(file, actions);
  terminal.say(wroteWords(file, actions));
  terminal.answer({ csv: file, actions });
  return exitCodes.ok;
}

const wroteWords = (file: string, actions: readonly ShownAction[]) => `Wrote ${printableLine(file)}: ${counted(actions.length, 'action')}.`;

async function write(file: string, actions: readonly ShownAction[]): Promise<void> {
  const rows = actions.map((action) => Object.values(table).map(({ of }) => of(action) ?? ''));
  await writeFile(file, csv([Object.keys(table), ...rows])).catch((error: unknown) => {
    throw new UsedWrongly(`Cannot write "${file}": ${error instanceof Error ? error.message : error}`);
  });
}

const rowOf = ({ id, state, due = '-', owner = '-', title, hidden, perhaps }: ShownAction): string[] => [
  id,
  hidden === undefined ? state : `${state}, ${hidden}`,
  due,
  owner,
  perhaps ? `${title} (perhaps now: ${perhaps.title})` : title,
];
