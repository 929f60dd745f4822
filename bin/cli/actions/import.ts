import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { ActionEventsAnswer, type ActionPress, type ShownAction } from '../../../core/operator/actions-api.ts';
import { fewAtATime } from '../../../core/shared/few-at-a-time.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { decodeText } from '../people/decode-text.ts';
import { columns, counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { fetchActions } from './list.ts';
import { type MatchedTickets, matchTickets } from './match-tracker.ts';
import { eventsPath, refusalIn } from './press.ts';
import { foldedStatus, readTracker, type Ticket, type TrackerState, trackerStates } from './read-tracker.ts';

export const importHelp = `
FILE is what a tracker exports, with commas, semicolons or tabs. Columns are found by their names, others are left alone:
  Jira     Issue key, Status, Status Category, Resolution, Summary (Filters, Export CSV)
  Linear   ID, Status, Started, Completed, Canceled, Title (Export issues as CSV)
  GitHub   URL, Status, Title (a project's Export view data); or url, state, stateReason, title of "gh issue list --json", as CSV
Any other file with a key or a link, and a status.

A row belongs to an action with the same link, or with the same key as its id, in the path of its link, or in front of or behind its title.
Titles are never compared. Rows and actions of which several have one key are listed, and nothing of them is imported.

A tracker closes an action, and opens what a tracker closed. It opens nothing that a document, a person or leadership closed; those are
listed. What it says counts once, so the same file again changes nothing (docs/adr/070). The key needs the scopes read and actions.

Examples:
  afterword actions import jira.csv --dry-run
  afterword actions import linear.csv --status "QA Check=in-progress" --status "Parked=declined"`;

export interface ImportOptions {
  readonly dryRun?: boolean;
  readonly from?: string;
  readonly status?: ReadonlyMap<string, TrackerState>;
}

/** Reads `NAME=STATE` for commander, as often as it is given. */
export function statusArgument(text: string, before: ReadonlyMap<string, TrackerState> = new Map()): ReadonlyMap<string, TrackerState> {
  const at = text.lastIndexOf('=');
  const state = trackerStates.find((one) => one === text.slice(at + 1).trim());
  if (at < 1 || !state) throw new InvalidArgumentError(`It must be like "QA Check=in-progress", with one of ${trackerStates.join(', ')}.`);
  return new Map([...before, [foldedStatus(text.slice(0, at)), state]]);
}

interface Imported {
  readonly ticket: Ticket;
  readonly action: ShownAction;
  readonly outcome: 'stored' | 'same' | 'refused';
  readonly why?: string | undefined;
}

/** Each is read and put by itself, and a request has to end within seconds. */
const mostOfOne = 25;
const shownRows = 20;
const abreast = 4;

/** Brings actions to the states of a tracker. What was stored before a failure stays. */
export async function importStates(session: Session, file: string, { dryRun = false, from, status }: ImportOptions): Promise<ExitCode> {
  const { api, terminal } = session;
  const bytes = await readFile(file).catch(() => {
    throw new UsedWrongly(`Cannot read the file "${printableLine(file)}".`);
  });
  const { tickets, bad, tracker: alike } = readTracker(decodeText(bytes).text, status ?? new Map());
  const tracker = from ?? alike ?? 'the tracker';
  terminal.complain(bad.map((one) => ({ ...one, file })));
  const { actions } = tickets.length > 0 ? await fetchActions(api, {}) : { actions: [] };
  const matched = matchTickets(tickets, actions);
  const imported = await send(session, matched.pairs, { tracker, dryRun });
  terminal.say(...linesOf(imported, matched));
  const count = (one: Imported['outcome']) => imported.filter(({ outcome }) => outcome === one).length;
  terminal.say(
    [
      `${counted(count('stored'), 'action')} ${dryRun ? 'would change' : 'changed'}, by ${printableLine(tracker)}`,
      `${count('same')} as the tracker says already`,
      ...(bad.length > 0 ? [`${counted(bad.length, 'row')} refused`] : []),
    ].join('; '),
    ...(dryRun ? ['Nothing was changed: this was a dry run.'] : []),
  );
  terminal.answer({
    ...{ tracker, dryRun, bad, unknown: matched.unknown },
    imported: imported.map(({ action, ...rest }) => ({ ...rest, action: action.id, was: action.status })),
    ambiguous: matched.ambiguous.map((group) => ({ tickets: group.tickets, actions: group.actions.map(({ id }) => id) })),
  });
  return bad.length > 0 || matched.ambiguous.length > 0 ? exitCodes.refused : exitCodes.ok;
}

/** Requests for the actions of one postmortem each. */
async function send(
  { api, terminal }: Session,
  pairs: MatchedTickets['pairs'],
  { tracker, dryRun }: { readonly tracker: string; readonly dryRun: boolean },
): Promise<Imported[]> {
  const batches = [...Map.groupBy(pairs, ({ action }) => action.postmortem)].flatMap(([postmortem, some]) =>
    Array.from({ length: Math.ceil(some.length / mostOfOne) }, (_, n) => ({
      postmortem,
      batch: some.slice(n * mostOfOne, (n + 1) * mostOfOne),
    })),
  );
  const progress = terminal.progress(batches.length, 'postmortems');
  const sendOne = async ({ postmortem, batch }: (typeof batches)[number]): Promise<Imported[]> => {
    const events = batch.map(({ ticket, action }): ActionPress => {
      const key = action.id.slice(action.id.indexOf('/') + 1);
      return { action: key, kind: 'imported', status: ticket.state, from: tracker };
    });
    const call = { method: 'POST', path: eventsPath(postmortem, dryRun), type: 'application/json', mayRepeat: true } as const;
    const { body } = await api({ ...call, body: JSON.stringify({ events }) }, ActionEventsAnswer);
    progress.step();
    return batch.map((pair, n) => ({ ...pair, outcome: body.actions[n]?.outcome ?? 'refused', why: body.actions[n]?.why }));
  };
  try {
    return (await fewAtATime(batches, sendOne, abreast)).flat();
  } finally {
    progress.stop();
  }
}

/** What changes, what does not although the tracker says otherwise, and what has no counterpart. */
function linesOf(imported: readonly Imported[], { unknown, ambiguous }: MatchedTickets): string[] {
  const stored = imported.filter(({ outcome }) => outcome === 'stored');
  const differing = imported.filter(({ outcome }) => outcome === 'refused');
  const quoted = (action: ShownAction) => `${action.id} “${printableLine(action.title)}”`;
  const rows = stored.map(({ ticket, action }) => [nameOf(ticket), `${action.status} → ${ticket.state}`, action.id, action.title]);
  const more = unknown.length > shownRows ? ` and ${unknown.length - shownRows} more; --json has them all` : '';
  return [
    ...(stored.length > 0 ? [...columns(['TICKET', 'CHANGES', 'ACTION', ''], rows), ''] : []),
    ...part(
      `${counted(differing.length, 'ticket differs', 'tickets differ')}, and the actions stay as they are:`,
      differing.map(
        ({ ticket, action, why }) => `${nameOf(ticket)} is ${ticket.state}, ${quoted(action)} is ${action.status}. ${refusalIn(why)}`,
      ),
    ),
    ...part(
      'Not imported, because it is not clear which belongs to which:',
      ambiguous.map(({ tickets, actions }) => {
        const rowsOf = tickets.map((ticket) => `${nameOf(ticket)}, line ${ticket.line}`).join('; ');
        return `${rowsOf}: ${actions.map(quoted).join('; ')}`;
      }),
    ),
    ...part(
      `${counted(unknown.length, 'row belongs', 'rows belong')} to no action${more}:`,
      unknown.slice(0, shownRows).map((ticket) => `${nameOf(ticket)}, line ${ticket.line}`),
    ),
  ];
}

const part = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`), ''];
const nameOf = ({ key, link = '' }: Ticket): string => key ?? printableLine(link);
