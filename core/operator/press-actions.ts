import { Temporal } from 'temporal-polyfill';
import type { ActionRow } from '../action/action.ts';
import { actionKeyOf } from '../action/action-key.ts';
import type { ActionLedger } from '../action/ports.ts';
import { mostEvents, pressAction } from '../action/press.ts';
import { reattachAction, reattached } from '../action/reattach.ts';
import { changeFor } from '../action/wish.ts';
import type { AuditLine, AuditLog } from '../audit/audit.ts';
import { localDay } from '../calendar/period.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { unknownTeams } from '../distribution/known-names.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Directory } from '../reminder/directory.ts';
import { resolveOwner, type WhyUnresolved } from '../reminder/resolve-owner.ts';
import { type Flaw, Refused } from '../shared/errors.ts';
import { toInstant } from '../shared/instant.ts';
import { foldedName } from '../shared/text.ts';
import type { ActionEventsAnswer, ActionPress, ActionRefusal } from './actions-api.ts';
import { type ActionsViewer, type ListActionsDeps, listActions } from './list-actions.ts';

export interface PressActionsDeps extends Omit<ListActionsDeps, 'now'> {
  readonly rows: ActionLedger;
  readonly audit: AuditLog;
  readonly clock: () => Date;
  /** The teams of the file in force. */
  readonly teams: Distribution['teams'];
  /** Read only where something is handed over. */
  readonly directory: () => Promise<Directory>;
}

export interface Presser {
  /** Id of the key, or sid of the person. */
  readonly id: string;
  /** Absent: may press, and read nothing. */
  readonly viewer: ActionsViewer | undefined;
}

export interface ActionPresses {
  readonly postmortem: PostmortemId;
  readonly presses: readonly ActionPress[];
  /** Says what would be done, and does nothing. */
  readonly dryRun: boolean;
}

type Outcome = { readonly outcome: 'stored' | 'same' } | { readonly outcome: 'refused'; readonly why: ActionRefusal };

/**
 * Does what was asked with action items of one postmortem, one after the other. Each is done or
 * refused by itself, and what was done gets its audit line; an import gets one for all of them.
 * Asking again changes nothing. Undefined if there is no such postmortem. Throws Refused, before
 * anything is done, for a value that no action can take.
 */
export async function pressActions(
  { postmortem, presses, dryRun }: ActionPresses,
  presser: Presser,
  deps: PressActionsDeps,
): Promise<ActionEventsAnswer | undefined> {
  const { clock, actions, zone } = deps;
  const flaws = [...presses.flatMap((press, n) => flawsOf(press, `events.${n}`, deps)), ...(await unaskedFlaws(presses, deps))];
  if (flaws.length > 0) throw new Refused('content', flaws);
  if (!(await actions.postmortems([postmortem])).has(postmortem)) return undefined;
  const wanted = presses.map((press) => withTeam(press, deps));
  const rows = await deps.rows.list(postmortem);
  const outcomes: Outcome[] = [];
  for (const press of wanted) outcomes.push(await (dryRun ? looked : pressed)(press, rows, presser, deps));
  if (!dryRun) {
    const done = wanted.filter((_, n) => outcomes[n]?.outcome === 'stored');
    for (const line of linesOf(postmortem, done)) await deps.audit.record({ at: toInstant(clock()), who: presser.id, ...line });
  }
  const listing = { actions, zone, now: clock() };
  const { viewer } = presser;
  const shown = (viewer && (await listActions({ postmortem }, { limit: 1 }, viewer, listing))?.actions) ?? [];
  return {
    actions: outcomes.map((outcome, n) => {
      const id = `${postmortem}/${wanted[n]?.action}`;
      const now = shown.find((one) => one.id === id);
      return { id, ...outcome, ...(now && { now }) };
    }),
    warnings: [...new Set(wanted.flatMap((press) => warningsOf(press, deps)))],
  };
}

const rowOf = (rows: readonly ActionRow[], key: string) => rows.find((row) => actionKeyOf(row) === key);
const refused = (why: ActionRefusal): Outcome => ({ outcome: 'refused', why });

/** What a press would do to the rows as they are. */
async function looked(press: ActionPress, rows: readonly ActionRow[], { id }: Presser, { clock }: PressActionsDeps): Promise<Outcome> {
  const row = rowOf(rows, press.action);
  if (!row) return refused('unknown');
  if (press.kind === 'reattached') {
    const to = rowOf(rows, press.to);
    if (!to) return refused('unknown');
    const answer = reattached(row, to);
    if (!('kind' in answer)) return { outcome: 'stored' };
    return answer.kind === 'nothing' ? { outcome: 'same' } : refused(answer.why);
  }
  const change = changeFor(press, id, clock())(row);
  if (change.kind === 'refused') return refused(change.why);
  if (change.kind === 'nothing') return { outcome: 'same' };
  return row.events.length + 1 > mostEvents ? refused('full') : { outcome: 'stored' };
}

async function pressed(press: ActionPress, rows: readonly ActionRow[], { id }: Presser, deps: PressActionsDeps): Promise<Outcome> {
  const row = rowOf(rows, press.action);
  if (!row) return refused('unknown');
  const { postmortem, aid } = row;
  const writing = { actions: deps.rows, now: deps.clock };
  if (press.kind === 'reattached') {
    const to = rowOf(rows, press.to);
    const answer = to && (await reattachAction({ postmortem, from: aid, to: to.aid }, writing));
    if (!answer || answer.kind === 'gone') return refused('unknown');
    if (answer.kind === 'refused') return refused(answer.why);
    return { outcome: answer.kind === 'stored' ? 'stored' : 'same' };
  }
  const { action: _, ...wish } = press;
  const answer = await pressAction({ postmortem, aid }, changeFor(wish, id, deps.clock()), writing);
  if (answer.kind === 'gone') return refused('unknown');
  if (answer.kind === 'full') return refused('full');
  if (answer.kind === 'refused') return refused(answer.why);
  return { outcome: answer.kind === 'stored' ? 'stored' : 'same' };
}

const acts = {
  done: 'action done',
  reopened: 'action reopened',
  rescheduled: 'action rescheduled',
  'handed over': 'action handed over',
  reattached: 'action reattached',
} as const satisfies Record<Exclude<ActionPress['kind'], 'imported'>, AuditLine['act']>;

function linesOf(postmortem: PostmortemId, done: readonly ActionPress[]): Pick<AuditLine, 'act' | 'facts'>[] {
  const imported = done.filter((press) => press.kind === 'imported');
  const pressed = done.filter((press) => press.kind !== 'imported');
  const [first] = imported;
  return [
    ...pressed.map((press) => ({
      act: acts[press.kind],
      facts: { postmortem, action: press.action, ...('due' in press && { due: press.due }), ...('to' in press && { to: press.to }) },
    })),
    ...(first
      ? [
          {
            act: 'actions imported' as const,
            facts: { postmortem, action: imported.map(({ action }) => action).join(' '), actions: imported.length, from: first.from },
          },
        ]
      : []),
  ];
}

const latestYears = 5;

/** What no action can take, whatever it is. */
function flawsOf(press: ActionPress, field: string, { clock, zone }: PressActionsDeps): Flaw[] {
  if (press.kind === 'reattached' && press.to === press.action)
    return [{ field: `${field}.to`, problem: 'is the same action', remedy: 'Name the action that it is now.' }];
  if (press.kind !== 'rescheduled') return [];
  const today = localDay(clock(), zone);
  const due = Temporal.PlainDate.from(press.due);
  if (Temporal.PlainDate.compare(due, today) < 0)
    return [{ field: `${field}.due`, problem: 'lies in the past', remedy: `Name ${today} or a later day.` }];
  if (Temporal.PlainDate.compare(due, today.add({ years: latestYears })) > 0)
    return [{ field: `${field}.due`, problem: `lies more than ${latestYears} years ahead`, remedy: 'Name an earlier day.' }];
  return [];
}

const whyUnasked: Readonly<Record<WhyUnresolved, string>> = {
  'no owner': 'names nobody',
  nobody: 'is no team of the distribution file, and nobody’s whole name or handle',
  several: 'may be several people',
  'no lead': 'has nobody whom mail reaches: a team needs a lead, and a person a place on the list of people',
};

/** Handed over to somebody who cannot be asked, an action would be nobody's. */
async function unaskedFlaws(presses: readonly ActionPress[], { teams, directory }: PressActionsDeps): Promise<Flaw[]> {
  const handed = presses.flatMap((press, n) => (press.kind === 'handed over' && !press.anyway ? [{ to: press.to, n }] : []));
  if (handed.length === 0) return [];
  const staff = await directory();
  return handed.flatMap(({ to, n }) => {
    const found = resolveOwner({ owner: to }, { teams }, staff);
    if (found.kind === 'people') return [];
    const [{ meant } = { meant: undefined }] = unknownTeams([to], { teams });
    return [
      {
        field: `events.${n}.to`,
        problem: `“${to}” ${whyUnasked[found.why]}`,
        remedy: `${meant === undefined ? 'Name a team of the file or a person whom mail reaches.' : `Did you mean “${meant}”?`}`,
      },
    ];
  });
}

/** A team is called as the file calls it. */
function withTeam(press: ActionPress, { teams }: PressActionsDeps): ActionPress {
  if (press.kind !== 'handed over') return press;
  const { anyway: _, ...stored } = press;
  const team = teams.find(({ name }) => foldedName(name) === foldedName(press.to));
  return team ? { ...stored, to: team.name } : stored;
}

function warningsOf(press: ActionPress, { teams }: PressActionsDeps): string[] {
  if (press.kind !== 'handed over') return [];
  return unknownTeams([press.to], { teams }).map(
    ({ name, meant }) =>
      `“${name}” is no team of the distribution file, so it counts as the name of a person.${meant === undefined ? '' : ` Did you mean “${meant}”?`}`,
  );
}
