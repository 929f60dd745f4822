import { Temporal } from 'temporal-polyfill';
import type { ActionRow } from '../action/action.ts';
import type { ActionLedger } from '../action/ports.ts';
import { isUnfinished, statusOf } from '../action/status.ts';
import { localDay, midnight } from '../calendar/period.ts';
import { addWorkingDays, isWorkingDay, type WorkingCalendar } from '../calendar/working-days.ts';
import type { CatalogStore } from '../catalog/ports.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { defaultDueOf, reviewRulesOf, workingCalendarOf, workingMorningOf } from '../distribution/review-rules.ts';
import type { Reminders } from '../edition/reminders.ts';
import type { WantedServiceMail } from '../edition/service-mail.ts';
import type { ListedPostmortem } from '../postmortem/stored-postmortem.ts';
import { countedTeams, type TeamSizeStore } from '../readership/team-sizes.ts';
import { officeOf, signersOf } from '../review/office.ts';
import type { ReviewLists } from '../review/ports.ts';
import { minuteMs } from '../shared/duration.ts';
import { AfterwordError } from '../shared/errors.ts';
import { type Instant, type PlainDate, toInstant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { parseAddress } from '../subscriber/subscriber-id.ts';
import { type Directory, isReachable } from './directory.ts';
import type { ReminderMemory } from './ports.ts';
import { beginReminders, type ReminderProgress, remindersOf, type WhomToAsk } from './reminders-of.ts';
import { ownedBy, peopleMeant, resolveOwner } from './resolve-owner.ts';
import { thanksSince } from './thanks.ts';
import { notMadeOf, type PromisedMails, type Untold, untoldOf } from './what-became-of.ts';

export interface RemindDeps extends PromisedMails {
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly memory: ReminderMemory;
  /** See ComposeDeps. */
  readonly actions: (since: Date, now: Date) => Promise<ActionRow[]>;
  readonly actionRows: Pick<ActionLedger, 'list' | 'put'>;
  readonly reviews: Pick<ReviewLists, 'open'>;
  /** Postmortems that changed since an instant. May lag by a second. */
  readonly published: (since: Date, now: Date) => Promise<readonly ListedPostmortem[]>;
  readonly directory: () => Promise<Directory>;
  /** Says which team is above which, beside the file. */
  readonly catalog: Pick<CatalogStore, 'read'>;
  readonly sizes: Pick<TeamSizeStore, 'put'>;
  /** Asks for these mails, after so many seconds. Asking twice sends one of each. */
  readonly mail: (wanted: readonly WantedReminders[], delaySeconds: number) => Promise<void>;
  readonly now: () => Date;
}

export type WantedReminders = Omit<WantedServiceMail, 'at'> & { readonly at: Instant };

export type Reminded =
  /** The file has no reminders. */
  | { readonly outcome: 'off' }
  | { readonly outcome: 'no working day' | 'told already'; readonly day: PlainDate }
  | {
      readonly outcome: 'told' | 'too many' | 'would tell';
      readonly day: PlainDate;
      readonly people: number;
      readonly entries: number;
      readonly staff: number;
    };

/** A run that would mail most people is more often a mistake than a day of so many promises. */
export class TooManyReminders extends AfterwordError {
  override readonly name = 'TooManyReminders';
  constructor({ people, staff }: { readonly people: number; readonly staff: number }) {
    super(`${people} of ${staff} people would be reminded, so nobody was; \`afterword reminders run --yes\` does it`);
  }
}

export interface RemindWish {
  /** However many people it mails. */
  readonly yes?: boolean;
  /** Only says what it would do. */
  readonly dry?: boolean;
}

/** A run that would mail more people than this and a larger share of the staff mails nobody. */
export const guard = { people: 200, share: 1 / 5, shareWords: 'a fifth' } as const;
/** So many mails are composed in a second, so that no alert stands behind hundreds of them. */
const perSecond = 4;
const longestDelay = 900;
/** By then a mail that was asked for is made: after the longest delay, and compose tries again. */
const patienceMs = 30 * minuteMs;

/**
 * Reminds people of what is due on the working day that it is now. The first run ever takes the
 * working day before it as told.
 * It counts who is in which team as well, because it knows everybody.
 * Whose mail of the last day was lost, or did not leave on that day, is asked the same again with
 * what is new. The second run of a day asks for the mails that are not there after half an hour,
 * and at once for those of a run that died; otherwise it does nothing.
 */
export async function remind({ yes = false, dry = false }: RemindWish, deps: RemindDeps): Promise<Reminded> {
  const distribution = await deps.distribution();
  if (!distribution?.reminders) return { outcome: 'off' };
  const calendar = workingCalendarOf(distribution);
  const now = deps.now();
  const day = localDay(now, calendar.zone).toString();
  if (!isWorkingDay(day, calendar)) return { outcome: 'no working day', day };
  const stored = (await deps.memory.read()) ?? (await begin(day, calendar, dry, deps));
  const isAgain = stored.lastDay >= day;
  const untold = isAgain ? await lostToday(stored, day, deps) : await untoldOf(stored, now, deps);
  if (isAgain && Object.keys(untold).length === 0) return { outcome: 'told already', day };

  const before = { ...stored, waiting: { ...stored.waiting, ...untold } };
  const beginOf = (one: PlainDate) => new Date(midnight(Temporal.PlainDate.from(one), calendar.zone));
  const [actions, reviews, published, directory] = await Promise.all([
    deps.actions(beginOf(firstDay(before)), now),
    deps.reviews.open(),
    deps.published(beginOf(thanksSince(day)), now),
    deps.directory(),
  ]);
  const whom = whomToAsk(distribution, directory, now);
  const { mails, progress } = remindersOf(before, day, {
    actions,
    reviews,
    published,
    calendar,
    whom,
    defaultDue: defaultDueOf(distribution),
    morning: workingMorningOf(distribution),
  });
  const count = {
    day,
    people: mails.size,
    entries: [...mails.values()].reduce((sum, { entries, more }) => sum + entries.length + more, 0),
    staff: [...directory.staff.values()].filter(isReachable).length,
  };
  if (count.people > guard.people && count.people > count.staff * guard.share && !yes) return { outcome: 'too many', ...count };
  if (isAgain && count.people === 0) return { outcome: 'told already', day };
  if (dry) return { outcome: 'would tell', ...count };
  await countTeams(distribution, directory, deps);
  await moveClosed(actions, before.lastDay, deps);
  // Before anything is asked for: a run that dies now is done again, today or on the next day.
  const promised = isAgain ? allOf(stored.promised, progress.promised) : progress.promised;
  if (!(await deps.memory.advance({ ...progress, promised }, stored.version))) return { outcome: 'told already', day };
  const at = toInstant(now);
  const wanted = [...mails].map(([subscriber, reminders]): WantedReminders => {
    const office = officeIn(distribution, subscriber, directory);
    const asked: Reminders = { ...reminders, ...(office !== undefined && { office }) };
    return { kind: 'reminders', about: day.replaceAll('-', ''), realm: 'staff', subscriber, at, reminders: asked };
  });
  for (let n = 0; n < wanted.length; n += perSecond) await deps.mail(wanted.slice(n, n + perSecond), Math.min(longestDelay, n / perSecond));
  await deps.memory.advance({ ...progress, promised, askedAt: toInstant(deps.now()) }, stored.version + 1);
  return { outcome: 'told', ...count };
}

async function countTeams({ teams }: Distribution, { staff }: Directory, { catalog, sizes, now }: RemindDeps): Promise<void> {
  const active = [...staff.values()].filter(({ isSuspended }) => !isSuspended);
  const known = [...teams, ...((await catalog.read())?.teams ?? [])];
  const teamOfEach = active.map(({ team }) => team);
  await sizes.put(countedTeams(teamOfEach, known, toInstant(now())));
}

/** Mails of this day that are not there, asked for long ago or by a run that may have died. */
async function lostToday(progress: ReminderProgress, day: PlainDate, deps: PromisedMails & Pick<RemindDeps, 'now'>): Promise<Untold> {
  const { askedAt, lastDay } = progress;
  const isEarly = askedAt !== undefined && deps.now().getTime() - Date.parse(askedAt) < patienceMs;
  return isEarly || lastDay !== day ? {} : notMadeOf(progress, deps);
}

const allOf = (...some: readonly ReminderProgress['promised'][]): ReminderProgress['promised'] =>
  Object.fromEntries(
    [...Map.groupBy(some.flatMap(Object.entries<readonly SubscriberId[]>), ([told]) => told)].map(([told, of]) => [
      told,
      [...new Set(of.flatMap(([, people]) => people))],
    ]),
  );

/**
 * Noted before anything is told, so that a first run that dies, or mails nobody because it would
 * mail most people, is caught up as any other.
 */
async function begin(day: PlainDate, calendar: WorkingCalendar, dry: boolean, { memory }: Pick<RemindDeps, 'memory'>) {
  const begun = beginReminders(addWorkingDays(day, -1, calendar));
  if (dry) return { ...begun, version: 0 };
  const isMine = await memory.advance(begun, 0);
  const stored = isMine ? undefined : await memory.read();
  return stored ?? { ...begun, version: 1 };
}

/** The first day that somebody still has to be told of. */
const firstDay = ({ lastDay, waiting }: ReminderProgress): PlainDate =>
  Object.values(waiting).reduce((first, day) => (day < first ? day : first), lastDay);

/**
 * Puts the rows of actions that a decision closed where closed ones are listed. Nothing else has to
 * run for a decision to take effect, and who reads the lists asks each row. A row that somebody
 * writes at the same moment is in its place by that.
 */
async function moveClosed(actions: readonly ActionRow[], lastDay: PlainDate, { actionRows, now }: RemindDeps): Promise<void> {
  const at = now();
  const isClosedNow = (row: ActionRow) => {
    const { status, decision, closedAt } = statusOf(row, at);
    return !isUnfinished(status) && decision?.what === 'accept the risk' && closedAt !== undefined && closedAt.slice(0, 10) >= lastDay;
  };
  for (const [postmortem, of] of Map.groupBy(actions.filter(isClosedNow), (row) => row.postmortem)) {
    const aids = new Set(of.map(({ aid }) => aid));
    for (const row of await actionRows.list(postmortem)) if (aids.has(row.aid)) await actionRows.put(row, toInstant(at));
  }
}

const officeIn = (distribution: Distribution, subscriber: SubscriberId, { staff }: Directory): string | undefined => {
  const colleague = staff.get(subscriber);
  return colleague && officeOf(distribution, colleague)?.as;
};

const actingAt = (address: string, { byAddress }: Directory) => {
  const one = byAddress.get(parseAddress(address)?.normalised ?? '');
  return one?.isSuspended ? undefined : one;
};

/** Whom the file and the people's list name now. */
export function whomToAsk(distribution: Distribution, directory: Directory, now: Date): WhomToAsk {
  const rules = reviewRulesOf(distribution);
  const resolved = (owned: Parameters<typeof resolveOwner>[0]) => {
    const found = resolveOwner(owned, distribution, directory);
    return found.kind === 'people' ? found.people : [];
  };
  const at = (address: string) => directory.byAddress.get(parseAddress(address)?.normalised ?? '')?.sid ?? [];
  return {
    ownersOf: (action) => resolved(ownedBy(action, now)),
    leadsOf: ({ reported: { team }, owningTeam }) => resolved({ team, owningTeam }),
    authorsOf: ({ authors, sentBy, team }) => [
      ...new Set([
        ...authors.flatMap((owner) => resolved({ owner })),
        ...(sentBy !== undefined && directory.staff.has(sentBy) ? [sentBy] : []),
        ...(team === undefined ? [] : resolved({ team })),
      ]),
    ],
    writersOf({ whose }) {
      const named = (whose?.authors ?? []).flatMap((author) => peopleMeant(author, distribution, directory).map(({ sid }) => sid));
      const sender = whose?.authors.length === 0 && whose.by !== undefined && directory.staff.has(whose.by) ? [whose.by] : [];
      return [...new Set([...named, ...sender])];
    },
    nobodySigns: (review) => signersOf(distribution, review, (address) => actingAt(address, directory)).length === 0,
    reviewers: rules?.reviewers.flatMap(({ address }) => at(address)) ?? [],
    escalateTo: rules?.escalateTo.flatMap(({ address }) => at(address)) ?? [],
    standingOf(person) {
      const colleague = directory.staff.get(person);
      if (!colleague || !isReachable(colleague)) return 'never';
      return colleague.pausedUntil === undefined ? 'asked' : 'paused';
    },
  };
}
