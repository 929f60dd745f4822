import { Temporal } from 'temporal-polyfill';
import type { ActionRow } from '../action/action.ts';
import { actionKeyOf } from '../action/action-key.ts';
import { knownEvents } from '../action/event.ts';
import type { ActionLedger } from '../action/ports.ts';
import { type Change, type Pressed, pressAction } from '../action/press.ts';
import { type ActionWish, changeFor, type WishRefusal } from '../action/wish.ts';
import type { AuditLine, AuditLog } from '../audit/audit.ts';
import { Reason } from '../audit/reason.ts';
import { localDay } from '../calendar/period.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { ReminderEntry } from '../edition/reminders.ts';
import { type Instant, isAfter, PlainDate, toInstant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';

/** What a person may answer to a reminder of an action item. */
export type Answer = Extract<ActionWish, { kind: 'done' | 'reopened' | 'rescheduled' | 'handed over' }>;
export const answers = ['done', 'rescheduled', 'handed over', 'reopened'] as const satisfies readonly Answer['kind'][];

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
    if (!found.get(row) || (found.get(row)?.notTheirs && !why)) found.set(row, { entry, row, ...(why && { notTheirs: why }) });
  }
  return [...found.values()];
}

/** What is wrong with an answer, by the field of the form. */
export type AnswerFlaw = 'due' | 'reason' | 'to';

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
}

/** Undefined for a kind that is no answer. */
export function readAnswer(
  { kind, due, reason, to }: SentAnswer,
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
      return teams.some(({ name }) => name === to) ? { kind, to } : { flaws: ['to'] };
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

export type Answered = Pressed<WishRefusal | NotTheirs | 'hidden'>;

const acts: Readonly<Record<Answer['kind'], AuditLine['act']>> = {
  done: 'action done',
  reopened: 'action reopened',
  rescheduled: 'action rescheduled',
  'handed over': 'action handed over',
};

/**
 * Takes the answer of somebody whom a mail asked. What the mail asked is the authority: the row
 * decides whether it still is theirs. The same answer again stores nothing. Throws
 * ActionKeptChanging if others keep writing the row.
 */
export async function answerReminder(
  { entry, row: { postmortem, aid } }: AskedAction,
  answer: Answer,
  { sid, askedAt }: { readonly sid: SubscriberId; readonly askedAt: Instant },
  { actions, audit, now }: AnswerDeps,
): Promise<Answered> {
  const change = (row: ActionRow): Change<WishRefusal | NotTheirs | 'hidden'> => {
    if (!row.visible) return { kind: 'refused', why: 'hidden' };
    const wanted = changeFor(answer, sid, now())(row);
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
