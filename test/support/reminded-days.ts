import { Temporal } from 'temporal-polyfill';
import { type ActionRow, readActionRow } from '../../core/action/action.ts';
import { remindersId, remindersLeaveUntil } from '../../core/edition/service-mail.ts';
import { directoryOf } from '../../core/reminder/directory.ts';
import { type RemindDeps, remind, type WantedReminders } from '../../core/reminder/remind.ts';
import type { ReminderProgress } from '../../core/reminder/reminders-of.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { anEdition, aSid } from './delivery.ts';
import { aDistribution } from './distribution.ts';

/** What happens in a simulated time. Days count from `begin`, a Monday on which reminders begin. */
export interface World {
  readonly begin: string;
  readonly days: number;
  readonly zone: string;
  readonly holidays: readonly number[];
  /** No run succeeds. */
  readonly outages: readonly { readonly from: number; readonly days: number }[];
  readonly pauses: readonly { readonly person: number; readonly from: number; readonly days: number }[];
  readonly leavers: readonly { readonly person: number; readonly on: number }[];
  readonly actions: readonly {
    readonly owner: number;
    /** When its postmortem came. `promised`: if it was published at another time. */
    readonly seen: number;
    readonly promised?: number;
    readonly due: number;
    readonly done: number | undefined;
  }[];
  /** Days on which the first run dies: before it notes the day, after that, or after the mails. */
  readonly crashes: readonly number[];
  /**
   * Days whose mails reach nobody: their queue is purged, the run dies before them and is never
   * done again, or SES takes none until the day is over.
   */
  readonly lost?: readonly { readonly on: number; readonly how: 'purged' | 'died' | 'unsent' }[];
  /** Days on which two runs begin at once. */
  readonly twice: readonly number[];
}

const people = 6;
const leader = 5;

/**
 * Runs reminders on each day, and says what they told beside what other code, that counts day by
 * day, says they should have told: `day, person, action`.
 */
export async function simulated(world: World): Promise<{ mails: WantedReminders[]; told: string[]; expected: string[] }> {
  const { zone } = world;
  const date = (n: number) => Temporal.PlainDate.from(world.begin).add({ days: n });
  const at = (n: number, time: string) =>
    new Date(date(n).toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds);
  const isWork = (n: number) => date(n).dayOfWeek < 6 && !world.holidays.includes(n);
  const isWithin = (n: number, { from, days }: { from: number; days: number }) => n >= from && n < from + days;
  const isPaused = (person: number, n: number) => world.pauses.some((pause) => pause.person === person && isWithin(n, pause));
  const hasLeft = (person: number, n: number) => world.leavers.some((leaver) => leaver.person === person && n >= leaver.on);

  const distribution = aDistribution({
    organisation: { name: 'Example Ltd', zone, domains: ['example.com'], holidays: world.holidays.map((n) => date(n).toString()) },
    reminders: { at: '08:00' },
  });
  let today = 0;
  const rowOf = ({ owner, seen, promised = seen, due, done }: World['actions'][number], n: number): ActionRow => {
    const promisedAt = toInstant(at(promised, '07:00'));
    return readActionRow({
      postmortem: `pm-${n}`,
      postmortemTitle: 'Out of disk',
      aid: 'title#1',
      reported: { title: 'Add an alert', owner: `p${owner}@example.com`, team: 'Payments', status: 'open', due: date(due).toString() },
      reportedAt: promisedAt,
      promisedAt,
      firstSeenAt: toInstant(at(seen, '07:00')),
      seenAt: toInstant(at(seen, '07:00')),
      events: done === undefined || done > today ? [] : [{ kind: 'done', at: toInstant(at(done, '07:00')), by: 'x' }],
      visible: true,
    });
  };

  let memory: (ReminderProgress & { version: number }) | undefined;
  let dies: 'nowhere' | 'before' | 'at the mails' | 'at the end' = 'nowhere';
  const mails = new Map<string, WantedReminders>();
  const colleague = (n: number) => ({
    sid: aSid(n),
    address: `p${n}@example.com`,
    handles: [],
    isSuspended: hasLeft(n, today),
    isSuppressed: false,
    ...(isPaused(n, today) && { pausedUntil: '2100-01-01T00:00:00Z' }),
  });
  const deps: RemindDeps = {
    distribution: async () => ({
      ...distribution,
      teams: [{ name: 'Payments', services: [], channels: {}, leads: [`p${leader}@example.com`] }],
    }),
    memory: {
      read: async () => memory,
      async advance(progress, before) {
        if (dies === 'before' || (dies === 'at the end' && progress.askedAt !== undefined)) throw new Error('died');
        if ((memory?.version ?? 0) !== before) return false;
        memory = { ...progress, version: before + 1 };
        return true;
      },
    },
    actions: async () => world.actions.flatMap((action, n) => (action.seen <= today ? [rowOf(action, n)] : [])),
    actionRows: { list: async () => [], put: async () => true },
    reviews: { open: async () => [] },
    published: async () => [],
    catalog: { read: async () => undefined },
    sizes: { put: async () => {} },
    directory: async () => directoryOf(Array.from({ length: people }, (_, n) => colleague(n))),
    editions: {
      async read(id) {
        const made = [...mails.values()].find(({ subscriber, about }) => remindersId(subscriber, about) === id);
        if (!made) return undefined;
        const leavesUntil = remindersLeaveUntil(made.about, zone);
        const isSent = !isUnsent(made);
        return anEdition({
          id,
          leavesUntil,
          ...(isSent && { completedAt: leavesUntil, tallies: { default: { version: 1, counts: { accepted: 1 } } } }),
        });
      },
    },
    ranges: { read: async () => undefined },
    async mail(wanted) {
      if (dies === 'at the mails') throw new Error('died');
      if (lostOn(today) === 'purged') return;
      // As an edition is made: the first of an id stays.
      for (const one of wanted) if (!mails.has(`${one.about} ${one.subscriber}`)) mails.set(`${one.about} ${one.subscriber}`, one);
    },
    now: () => at(today, '08:00'),
  };

  const lostOn = (n: number) => world.lost?.find(({ on }) => on === n)?.how;
  const isUnsent = ({ about }: WantedReminders) => lostOn(date(0).until(Temporal.PlainDate.from(about)).days) === 'unsent';
  const expecting = oracle(world, { isWork, hasLeft, isPaused, date });
  for (today = 0; today < world.days; today += 1) {
    if (world.outages.some((outage) => isWithin(today, outage))) {
      expecting.pass(today);
      continue;
    }
    const crashing = async (where: typeof dies) => {
      dies = where;
      await remind({ yes: true }, deps).catch(() => undefined);
      dies = 'nowhere';
    };
    const isLost = lostOn(today) !== undefined;
    if (lostOn(today) === 'died') await crashing('at the mails');
    else {
      if (world.crashes.includes(today)) await crashing((['before', 'at the mails', 'at the end'] as const)[today % 3] ?? 'before');
      if (world.twice.includes(today)) await Promise.all([remind({ yes: true }, deps), remind({ yes: true }, deps)]);
      else await remind({ yes: true }, deps);
    }
    expecting.run(today, isLost);
  }
  const sids = Array.from({ length: people }, (_, n) => aSid(n));
  const sent = [...mails.values()].filter((mail) => !isUnsent(mail));
  const told = sent.flatMap(({ about, subscriber, reminders }) =>
    (reminders?.entries ?? []).map(({ postmortem }) => `${about} ${sids.indexOf(subscriber)} ${postmortem}`),
  );
  return { mails: sent, told: told.toSorted(), expected: expecting.said.toSorted() };
}

interface Facts {
  readonly isWork: (n: number) => boolean;
  readonly hasLeft: (person: number, n: number) => boolean;
  readonly isPaused: (person: number, n: number) => boolean;
  readonly date: (n: number) => Temporal.PlainDate;
}

/** Counts day by day what is owed to whom. It knows no intervals and no memory. */
function oracle(world: World, { isWork, hasLeft, isPaused, date }: Facts) {
  const said: string[] = [];
  const owed = new Map<number, Set<number>>();
  const stepsOf = world.actions.map(({ seen, due }) => {
    const worked = (days: number) => {
      let n = due;
      for (let left = Math.abs(days); left > 0; ) {
        n += Math.sign(days);
        if (isWork(n)) left -= 1;
      }
      return onWork(n);
    };
    const onWork = (n: number): number => (isWork(n) ? n : onWork(n + 1));
    const late = worked(10);
    const again: number[] = [];
    for (let n = late + 30; n <= world.days + 40; n += 30) again.push(onWork(n));
    // What comes after its first step is told in the morning that follows.
    const arrived = onWork(seen) > worked(-3) ? [onWork(seen)] : [];
    return { owner: new Set([worked(-3), ...arrived, worked(0), worked(5), late, ...again]), lead: new Set([late, ...again]) };
  });
  const counts = ({ seen, promised = seen, due }: World['actions'][number]) => {
    if (due < begun && seen < begun) return false;
    return seen - promised <= 14 || due >= seen;
  };
  /** The working day before the first run, as if it had been told. */
  let begun = Number.NaN;
  const workBefore = (day: number): number => (isWork(day - 1) ? day - 1 : workBefore(day - 1));
  /** A document that came later says that it is open. */
  const isDone = ({ seen, promised = seen, done }: World['actions'][number], day: number) =>
    done !== undefined && done <= day && done >= promised;
  const pass = (day: number) => {
    if (Number.isNaN(begun)) return;
    for (const [n, steps] of stepsOf.entries()) {
      for (const [person, of] of [[world.actions[n]?.owner ?? 0, steps.owner] as const, [leader, steps.lead] as const])
        if (of.has(day)) owed.set(person, (owed.get(person) ?? new Set()).add(n));
    }
  };
  return {
    said,
    pass,
    /** `isLost`: whoever was to be told is told with the next run. */
    run(day: number, isLost: boolean) {
      if (Number.isNaN(begun)) {
        if (!isWork(day)) return;
        begun = workBefore(day);
        for (let passed = begun + 1; passed < day; passed += 1) pass(passed);
      }
      pass(day);
      if (!isWork(day)) return;
      for (let person = 0; person < people; person += 1) {
        const asked = [...(owed.get(person) ?? [])].filter((n) => {
          const action = world.actions[n];
          return action && action.seen <= day && counts(action) && !isDone(action, day);
        });
        if ((isPaused(person, day) || isLost) && asked.length > 0 && !hasLeft(person, day)) continue;
        owed.delete(person);
        if (hasLeft(person, day)) continue;
        for (const n of asked) said.push(`${date(day).toString().replaceAll('-', '')} ${person} pm-${n}`);
      }
    },
  };
}
