import { Temporal } from 'temporal-polyfill';
import type { ActionRow } from '../action/action.ts';
import { actionKeyOf } from '../action/action-key.ts';
import { knownEvents } from '../action/event.ts';
import type { ActionLedger } from '../action/ports.ts';
import { type Change, type Pressed, pressAction } from '../action/press.ts';
import { answerTo, isUnfinished, statusOf } from '../action/status.ts';
import { type ActionWish, changeFor, type WishRefusal } from '../action/wish.ts';
import type { AuditLine, AuditLog } from '../audit/audit.ts';
import { Reason } from '../audit/reason.ts';
import { localDay } from '../calendar/period.ts';
import { nextWorkingMorning } from '../calendar/working-days.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { workingCalendarOf, workingMorningOf } from '../distribution/review-rules.ts';
import type { ReminderEntry } from '../edition/reminders.ts';
import { cleanText } from '../postmortem/hidden-characters.ts';
import { type Instant, isAfter, PlainDate, toInstant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';

type WorkingRules = Pick<Distribution, 'organisation' | 'reminders'>;

/** What a person may answer to a reminder of an action item. */
export type Answer =
  | Extract<ActionWish, { kind: 'done' | 'reopened' | 'rescheduled' | 'handed over' }>
  /** What leadership asked to know before it decides. */
  | { readonly kind: 'answered'; readonly text: string }
  /** Of a hand-over of their own. */
  | { readonly kind: 'taken back' };
export const answers = [
  'done',
  'rescheduled',
  'handed over',
  'reopened',
  'answered',
  'taken back',
] as const satisfies readonly Answer['kind'][];

/** How long an answer may be. */
export const answerLength = { least: 3, most: 500 } as const;

/**
 * Why a reader of a reminder cannot answer for an action. `moved`: somebody else owns it since the
 * mail was made. `reviewer`: they were told as a reviewer, and decide elsewhere.
 */
export type NotTheirs = 'moved' | 'withdrawn' | 'reviewer';

/** An action item that a mail of reminders asked about, as it is now. */
export interface AskedAction {
  readonly entry: ReminderEntry;
  readonly row: ActionRow;
  /** Absent: its reader may answer. */
  readonly notTheirs?: NotTheirs;
  /** Of one that a revision dropped: the title of what it is now, or may be. */
  readonly became?: string;
}

/** Whether whoever got a mail that was made at an instant may still answer for an action. */
export function notTheirs({ as }: Pick<ReminderEntry, 'as'>, row: ActionRow, askedAt: Instant): NotTheirs | undefined {
  if (row.withdrawnAt !== undefined) return 'withdrawn';
  if (as === 'reviewer') return 'reviewer';
  const isSince = (at: Instant | undefined) => at !== undefined && isAfter(at, askedAt);
  const isHanded = knownEvents(row.events).some(({ kind, at }) => kind === 'handed over' && isSince(at));
  return isHanded || isSince(row.ownerReportedAt) ? 'moved' : undefined;
}

/**
 * The action items that a mail asked about, each once, in its order. What nobody may be told of any
 * more is left out.
 */
export function askedActions(entries: readonly ReminderEntry[], rows: readonly ActionRow[], askedAt: Instant): AskedAction[] {
  const found = new Map<ActionRow, AskedAction>();
  for (const entry of entries) {
    const row = rows.find(({ postmortem, aid }) => postmortem === entry.postmortem && aid === entry.aid);
    if (!row?.visible) continue;
    const why = notTheirs(entry, row, askedAt);
    // Somebody who is asked as an owner and as a reviewer may answer.
    if (!found.get(row) || (found.get(row)?.notTheirs && !why)) {
      const became = becameOf(row, rows);
      found.set(row, { entry, row, ...(why && { notTheirs: why }), ...(became !== undefined && { became }) });
    }
  }
  return [...found.values()];
}

/** Only what may be told. */
function becameOf({ postmortem, withdrawnAt, movedTo, perhaps }: ActionRow, rows: readonly ActionRow[]): string | undefined {
  const aid = movedTo ?? perhaps;
  if (withdrawnAt === undefined || aid === undefined) return undefined;
  const now = rows.find((one) => one.postmortem === postmortem && one.aid === aid);
  return now?.visible && now.withdrawnAt === undefined ? now.reported.title : undefined;
}

/** What is wrong with an answer, by the field of the form. */
export type AnswerFlaw = 'due' | 'reason' | 'to' | 'text';

const mostDays = 366;

/** The days that a promise can be moved to. */
export function daysToChoose(now: Date, zone: string): { readonly first: PlainDate; readonly last: PlainDate } {
  const today = localDay(now, zone);
  return { first: today.add({ days: 1 }).toString(), last: today.add({ days: mostDays }).toString() };
}

export interface SentAnswer {
  readonly kind: string;
  readonly due: string;
  readonly reason: string;
  readonly to: string;
  readonly text: string;
}

type Team = Distribution['teams'][number];

/** The teams that an action can be handed to. In any other nobody would hear of it. */
export const teamsToAsk = (teams: readonly Team[]): Team[] =>
  teams.filter(({ leads = [], deputies = [] }) => leads.length + deputies.length > 0);

/** Undefined for a kind that is no answer. */
export function readAnswer(
  { kind, due, reason, to, text }: SentAnswer,
  { teams, organisation }: Pick<Distribution, 'teams' | 'organisation'>,
  now: Date,
): Answer | { readonly flaws: readonly AnswerFlaw[] } | undefined {
  const why = Reason.safeParse(reason);
  const because = why.success ? [] : (['reason'] as const);
  switch (kind) {
    case 'done':
      return { kind };
    case 'reopened':
      return why.success ? { kind, reason: why.data } : { flaws: because };
    case 'rescheduled': {
      const { first, last } = daysToChoose(now, organisation.zone);
      const day = PlainDate.safeParse(due.trim());
      const isDay = day.success && isBetween(day.data, first, last);
      return isDay && why.success
        ? { kind, due: day.data, reason: why.data }
        : { flaws: [...(isDay ? [] : (['due'] as const)), ...because] };
    }
    case 'handed over':
      return teamsToAsk(teams).some(({ name }) => name === to) ? { kind, to } : { flaws: ['to'] };
    case 'answered': {
      const said = cleanText(text).trim();
      return said.length >= answerLength.least && said.length <= answerLength.most ? { kind, text: said } : { flaws: ['text'] };
    }
    case 'taken back':
      return { kind };
    default:
      return undefined;
  }
}

const isBetween = (day: PlainDate, first: PlainDate, last: PlainDate): boolean =>
  Temporal.PlainDate.compare(day, first) >= 0 && Temporal.PlainDate.compare(day, last) <= 0;

export interface AnswerDeps {
  readonly actions: Pick<ActionLedger, 'read' | 'put'>;
  readonly audit: AuditLog;
  readonly now: () => Date;
}

/**
 * `not asked`: nobody asks for more any more. `too late`: the hand-over is in effect, or the new
 * owner did something.
 */
export type AnswerRefusal = WishRefusal | NotTheirs | 'hidden' | 'not asked' | 'too late';
export type Answered = Pressed<AnswerRefusal>;

const acts: Readonly<Record<Answer['kind'], AuditLine['act']>> = {
  done: 'action done',
  reopened: 'action reopened',
  rescheduled: 'action rescheduled',
  'handed over': 'action handed over',
  answered: 'action answered',
  'taken back': 'action taken back',
};

/** Whether leadership asked for more on an open action, answered or not. */
export function isQuestioned(row: ActionRow, now: Date): boolean {
  const { status, decision, pending } = statusOf(row, now);
  return row.withdrawnAt === undefined && isUnfinished(status) && (pending ?? decision)?.what === 'need more';
}

function answeredOn(row: ActionRow, text: string, by: SubscriberId, now: Date): Change<AnswerRefusal> {
  if (!isQuestioned(row, now)) return { kind: 'refused', why: row.withdrawnAt === undefined ? 'not asked' : 'withdrawn' };
  const { decision, pending } = statusOf(row, now);
  const asked = pending ?? decision;
  if (asked && answerTo(asked, knownEvents(row.events))?.text === text) return { kind: 'nothing' };
  return { kind: 'events', events: [{ kind: 'answered', by, text }] };
}

/** A hand-over that whoever made it can still take back. */
export interface OwnHandOver {
  readonly to: string;
  readonly at: Instant;
  readonly until: Date;
}

/**
 * A slip of the thumb can be taken back until the next working morning, unless anything happened
 * to the action since. Undefined: there is nothing to take back.
 */
export function ownHandOver(row: ActionRow, by: SubscriberId, rules: WorkingRules, now: Date): OwnHandOver | undefined {
  const last = knownEvents(row.events).at(-1);
  if (last?.kind !== 'handed over' || last.by !== by || row.withdrawnAt !== undefined) return undefined;
  if (row.ownerReportedAt !== undefined && isAfter(row.ownerReportedAt, last.at)) return undefined;
  const until = nextWorkingMorning(new Date(last.at), workingMorningOf(rules), workingCalendarOf(rules));
  return now < until ? { to: last.to, at: last.at, until } : undefined;
}

function takenBackOn(row: ActionRow, by: SubscriberId, rules: WorkingRules, now: Date): Change<AnswerRefusal> {
  const handed = ownHandOver(row, by, rules, now);
  return handed ? { kind: 'events', events: [{ kind: 'undone', by, event: handed.at }] } : { kind: 'refused', why: 'too late' };
}

/**
 * Takes the answer of somebody whom a mail asked. What the mail asked is the authority: the row
 * decides whether it still is theirs. The same answer again stores nothing. Throws
 * ActionKeptChanging if others keep writing the row.
 */
export async function answerReminder(
  { entry, row: { postmortem, aid } }: AskedAction,
  answer: Answer,
  { sid, askedAt, rules }: { readonly sid: SubscriberId; readonly askedAt: Instant; readonly rules: WorkingRules },
  { actions, audit, now }: AnswerDeps,
): Promise<Answered> {
  const change = (row: ActionRow): Change<AnswerRefusal> => {
    if (!row.visible) return { kind: 'refused', why: 'hidden' };
    if (answer.kind === 'taken back') return takenBackOn(row, sid, rules, now());
    const wanted = answer.kind === 'answered' ? answeredOn(row, answer.text, sid, now()) : changeFor(answer, sid, now())(row);
    // Who handed it over a moment ago may press again: it is so already.
    const why = wanted.kind === 'nothing' ? undefined : notTheirs(entry, row, askedAt);
    return why ? { kind: 'refused', why } : wanted;
  };
  const done = await pressAction({ postmortem, aid }, change, { actions, now });
  if (done.kind === 'stored') {
    const facts = {
      ...{ subscriber: sid, postmortem, action: actionKeyOf({ aid }) },
      ...('due' in answer && { due: answer.due }),
      ...('to' in answer && { to: answer.to }),
    };
    await audit.record({ at: toInstant(now()), who: 'reader', act: acts[answer.kind], facts });
  }
  return done;
}
