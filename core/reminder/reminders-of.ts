import { Temporal } from 'temporal-polyfill';
import type { ActionRow } from '../action/action.ts';
import { type DatedStatus, type DefaultDueRules, datedStatusOf } from '../action/default-due.ts';
import { type Decision, knownEvents } from '../action/event.ts';
import { isUnfinished } from '../action/status.ts';
import { localDay, midnight } from '../calendar/period.ts';
import { addWorkingDays, firstMorning, type WorkingCalendar, workingDayFrom } from '../calendar/working-days.ts';
import {
  mostEntries,
  type ReminderEntry,
  type ReminderRole,
  type Reminders,
  reminderKinds,
  reminderRoles,
  subjectOf,
} from '../edition/reminders.ts';
import type { ListedPostmortem } from '../postmortem/stored-postmortem.ts';
import { isOpenReview, type Review } from '../review/review.ts';
import { dayMs } from '../shared/duration.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import {
  actionSteps,
  actionStepsOfLeads,
  awaitedSteps,
  awaitedStepsOfReviewers,
  lastStep,
  reviewSteps,
  reviewStepsOfStandIns,
  type Steps,
} from './steps.ts';
import { thanksDays } from './thanks.ts';

/** How far people were reminded. */
export interface ReminderProgress {
  /**
   * The working day before the first run. What was over by then, and was not seen since, stays
   * unsaid.
   */
  readonly since: PlainDate;
  /** The last day that was told. */
  readonly lastDay: PlainDate;
  /** Who had a pause when something was to be told, and the last day that was told to them. */
  readonly waiting: Readonly<Record<SubscriberId, PlainDate>>;
  /**
   * Whose mail of the last day was asked for and may not have been made or sent yet, by the last
   * day that had been told to them before it.
   */
  readonly promised: Readonly<Record<PlainDate, readonly SubscriberId[]>>;
  /** When all of those mails had been asked for. Absent: some may not have been. */
  readonly askedAt?: Instant | undefined;
}

/** Who is asked, by what is so at the run. Ids that nobody has count as nobody. */
export interface WhomToAsk {
  readonly ownersOf: (action: ActionRow) => readonly SubscriberId[];
  /** The leads of the team that the action belongs to. */
  readonly leadsOf: (action: ActionRow) => readonly SubscriberId[];
  /** The authors of the draft and the leads of the team that owns the incident. */
  readonly authorsOf: (review: Review) => readonly SubscriberId[];
  /** Who wrote a postmortem, as far as it is certain. Nobody stands in for them. */
  readonly writersOf: (postmortem: Pick<ListedPostmortem, 'whose'>) => readonly SubscriberId[];
  readonly reviewers: readonly SubscriberId[];
  /** Whether nobody whom the file names can sign a review. Absent: somebody can. */
  readonly nobodySigns?: (review: Review) => boolean;
  /** In the order in which they are asked. */
  readonly escalateTo: readonly SubscriberId[];
  /** `never`: no mail reaches them. `paused`: they are told once their pause is over. */
  readonly standingOf: (person: SubscriberId) => 'asked' | 'paused' | 'never';
}

export interface ReminderFacts {
  /**
   * Those that may be told: open ones, and those that were closed since the last day that was told.
   */
  readonly actions: readonly ActionRow[];
  /** Those that are open, hidden ones too. */
  readonly reviews: readonly Review[];
  /** Those that changed since the day that `thanksSince` says, or more. */
  readonly published: readonly ListedPostmortem[];
  readonly calendar: WorkingCalendar;
  /** When actions without a day count as due. Absent: nobody is reminded of them. */
  readonly defaultDue?: DefaultDueRules | undefined;
  readonly whom: WhomToAsk;
  /** The time of day at which people are reminded, such as `08:00`. */
  readonly morning: string;
}

export interface RemindersOfADay {
  readonly mails: ReadonlyMap<SubscriberId, Reminders>;
  /** As it is once the mails are asked for. */
  readonly progress: ReminderProgress;
}

/** One thing that is due for a person on a working day. `due` sorts what one person is asked. */
interface Ask {
  readonly to: SubscriberId;
  readonly on: PlainDate;
  readonly due: PlainDate;
  readonly entry: ReminderEntry;
}

/**
 * What people are reminded of on a working day: everything of which a step lies after the last day
 * that was told and not after this one, each thing once. What lay in a pause is told on the first
 * working day after it. A day that was told already has nothing.
 */
export function remindersOf(before: ReminderProgress, day: PlainDate, facts: ReminderFacts): RemindersOfADay {
  const { standingOf } = facts.whom;
  const of = { ...facts, since: before.since, day };
  const asks = [
    ...facts.actions.flatMap((action) => asksOfAction(action, of)),
    ...facts.reviews.flatMap((review) => asksOfReview(review, of)),
    ...facts.published.flatMap((postmortem) => thanksFor(postmortem, of)),
  ];
  const byPerson = Map.groupBy(asks, ({ to }) => to);
  const mails = new Map<SubscriberId, Reminders>();
  const waiting: Record<SubscriberId, PlainDate> = {};
  const promised: Record<PlainDate, SubscriberId[]> = {};
  for (const [person, all] of [...byPerson].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const standing = standingOf(person);
    if (standing === 'never') continue;
    const told = before.waiting[person] ?? before.lastDay;
    const entries = inOrder(all.filter(({ on }) => on > told && on <= day));
    if (entries.length === 0) continue;
    if (standing === 'paused') waiting[person] = told;
    else {
      mails.set(person, { entries: entries.slice(0, mostEntries), more: Math.max(0, entries.length - mostEntries) });
      promised[told] = [...(promised[told] ?? []), person];
    }
  }
  return { mails, progress: { since: before.since, lastDay: day > before.lastDay ? day : before.lastDay, waiting, promised } };
}

/** As before the first run, of the working day before it: what was due until then is not told. */
export const beginReminders = (day: PlainDate): ReminderProgress => ({ since: day, lastDay: day, waiting: {}, promised: {} });

/** What is most pressing first; each thing once, for the first of the reasons that a person has. */
function inOrder(asks: readonly Ask[]): ReminderEntry[] {
  const sorted = asks.toSorted(
    (a, b) => rank(a.entry) - rank(b.entry) || compare(a.due, b.due) || compare(subjectOf(a.entry), subjectOf(b.entry)),
  );
  const first = new Map<string, ReminderEntry>();
  for (const { entry } of sorted) if (!first.has(subjectOf(entry))) first.set(subjectOf(entry), entry);
  return [...first.values()];
}
const rank = ({ kind, as }: ReminderEntry) => reminderKinds.indexOf(kind) * reminderRoles.length + reminderRoles.indexOf(as);
const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

type Of = ReminderFacts & { readonly since: PlainDate; readonly day: PlainDate };

const dayIn = (instant: Instant, { zone }: WorkingCalendar): PlainDate => localDay(new Date(instant), zone).toString();
/** What takes effect in the course of the day counts already: nothing else tells of it. */
const endOf = (day: PlainDate, { zone }: WorkingCalendar): Date =>
  new Date(Date.parse(midnight(Temporal.PlainDate.from(day).add({ days: 1 }), zone)) - 1);

interface Addressed {
  readonly people: readonly SubscriberId[];
  readonly as: ReminderRole;
}

const asksFor = (entry: Omit<ReminderEntry, 'as'>, { people, as }: Addressed, on: PlainDate | undefined, due: PlainDate): Ask[] =>
  on === undefined ? [] : people.map((to) => ({ to, on, due, entry: { ...entry, as } }));

function asksOfAction(action: ActionRow, of: Of): Ask[] {
  const { calendar, day, whom, defaultDue } = of;
  if (!action.visible || action.withdrawnAt !== undefined) return [];
  const status = datedStatusOf(action, endOf(day, calendar), defaultDue);
  const named = { postmortem: action.postmortem, aid: action.aid };
  const owners: Addressed = { people: whom.ownersOf(action), as: 'owner' };
  const asks: Ask[] = [];
  const { decision, due } = status;
  if (decision) {
    const effective = dayIn(decision.effectiveAt, calendar);
    asks.push(...asksFor({ kind: 'decision', ...named }, owners, workingDayFrom(effective, calendar), effective));
  }
  if (!isUnfinished(status.status)) return asks;
  const reviewers: Addressed = { people: askedReviewers(whom), as: 'reviewer' };
  if (status.answer && !status.pending) {
    const answered = dayIn(status.answer.at, calendar);
    asks.push(...asksFor({ kind: 'deferral', ...named }, reviewers, addWorkingDays(answered, 1, calendar), answered));
  }
  if (due === undefined) return asks;
  if (isDeferredUntil(due, decision, status)) {
    asks.push(...asksFor({ kind: 'deferral', ...named }, reviewers, workingDayFrom(due, calendar), due));
  }
  if (!isRemembered(action, due, of)) return asks;
  const step = (steps: Steps) => lastStep(due, steps, day, calendar);
  const entry = { kind: 'action', ...named } as const;
  asks.push(...asksFor(entry, owners, later(step(actionSteps), toldOfArrival(action, due, of)), due));
  asks.push(...asksFor(entry, { people: whom.leadsOf(action), as: 'lead' }, step(actionStepsOfLeads), due));
  return asks;
}

const later = (a: PlainDate | undefined, b: PlainDate | undefined) => (a === undefined || (b !== undefined && b > a) ? b : a);

/**
 * The morning on which the owner is told of an action that came after its first step, so that they
 * do not first hear of it on its day. Undefined: it came early enough, or it is not there yet.
 */
function toldOfArrival({ firstSeenAt }: ActionRow, due: PlainDate, { calendar, morning, day }: Of): PlainDate | undefined {
  if (firstSeenAt === undefined) return undefined;
  const first = addWorkingDays(due, actionSteps.at[0] ?? 0, calendar);
  const told = firstMorning(new Date(firstSeenAt), morning, calendar);
  return told > first && told <= day ? told : undefined;
}

const isDeferredUntil = (due: PlainDate, decision: Decision | undefined, { dueIs }: DatedStatus): boolean =>
  decision?.what === 'defer' && dueIs === 'deferred' && decision.until === due;

const archivedAfterMs = 14 * dayMs;

/**
 * Whether anybody is asked about its due day. Nobody is about what was over before reminders began,
 * unless a revision since still has it; nor about what was overdue when it came with an archive,
 * until somebody does something with it.
 */
export function isRemembered(action: ActionRow, due: PlainDate, { since, calendar }: Pick<Of, 'since' | 'calendar'>): boolean {
  const { firstSeenAt, promisedAt, seenAt = promisedAt } = action;
  if (due < since && dayIn(seenAt, calendar) < since) return false;
  if (firstSeenAt === undefined || Date.parse(firstSeenAt) - Date.parse(promisedAt) <= archivedAfterMs) return true;
  return due >= dayIn(firstSeenAt, calendar) || isTakenUp(firstSeenAt, action);
}

const isTakenUp = (instant: Instant, { dueReportedAt, events }: ActionRow): boolean =>
  (dueReportedAt !== undefined && Date.parse(dueReportedAt) > Date.parse(instant)) ||
  knownEvents(events).some(({ kind }) => kind !== 'imported');

/** Those who can be asked now. If there is none, the next of those whom a review goes to. */
function askedReviewers({ reviewers, escalateTo, standingOf }: WhomToAsk): readonly SubscriberId[] {
  const isAsked = (person: SubscriberId) => standingOf(person) === 'asked';
  if (reviewers.some(isAsked)) return reviewers;
  const next = escalateTo.find(isAsked);
  return next === undefined ? reviewers : [...reviewers, next];
}

function asksOfReview(review: Review, of: Of): Ask[] {
  const { calendar, day, whom, since } = of;
  if (!isOpenReview(review) || review.hidden) return [];
  const begun = dayIn(review.state === 'in review' ? review.openedAt : review.declaredAt, calendar);
  const { dueOn } = review;
  if (dueOn < since && begun < since) return [];
  const step = (steps: Steps) => lastStep(dueOn, steps, day, calendar);
  const reviewers: Addressed = { people: askedReviewers(whom), as: 'reviewer' };
  if (review.state === 'awaiting postmortem') {
    const entry = { kind: 'awaited', postmortem: review.postmortem } as const;
    return [
      ...asksFor(entry, { people: whom.authorsOf(review), as: 'author' }, step(awaitedSteps), dueOn),
      ...asksFor(entry, reviewers, step(awaitedStepsOfReviewers), dueOn),
    ];
  }
  const nobodySigns = whom.nobodySigns?.(review) && ({ nobodySigns: true } as const);
  const entry = { kind: 'review', postmortem: review.postmortem, ...nobodySigns } as const;
  // What is opened after the run of a day is told by the run of the next.
  const opened = addWorkingDays(begun, 1, calendar);
  const asked = [opened, step(reviewSteps)].filter((one) => one !== undefined && one <= day).toSorted();
  return [
    ...asksFor(entry, reviewers, asked.at(-1), dueOn),
    ...reviewStepsOfStandIns.flatMap((steps, n) =>
      asksFor(entry, { people: whom.escalateTo.slice(n, n + 1), as: 'reviewer' }, step(steps), dueOn),
    ),
  ];
}

function thanksFor(postmortem: ListedPostmortem, { day, calendar, whom }: Of): Ask[] {
  const days = thanksDays(postmortem, day, calendar);
  const entry = { kind: 'thanks', postmortem: postmortem.id } as const;
  return days ? asksFor(entry, { people: whom.writersOf(postmortem), as: 'author' }, days.on, days.due) : [];
}
