import { Cron } from 'croner';
import type { SchedulePlan } from '../plan/schedules.ts';

/**
 * When a schedule is due. Both methods return whole seconds, or undefined if there is no such
 * instant.
 */
export interface Occurrences {
  /** The first one after an instant. */
  after(instant: Date): Date | undefined;
  /** The last one at or before `until`, if it is after `since`. */
  latest(since: Date, until: Date): Date | undefined;
}

const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
/**
 * EventBridge counts weekdays from 1 = Sunday, croner from 1 = Monday. Their names mean the same to
 * both.
 */
const named = (weekdays: string) => weekdays.replaceAll(/(?<![\w#])[1-7](?!\w)/g, (digit) => days[Number(digit) - 1] ?? digit);

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * `rate(…)` is due at `start` and counts from there, as EventBridge Scheduler counts from the
 * creation of the schedule. Throws for an expression that is neither `rate` nor `cron`.
 */
export function occurrencesOf({ name, expression, zone }: SchedulePlan, start: Date): Occurrences {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) return everySoOften(Number(rate[1]) * (unitMs[rate[2] ?? ''] ?? 0), start);
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) throw new Error(`schedule ${name}: ${expression} is not understood`);
  const [minute, hour, day, month, weekday = '?', year] = fields;
  const cron = new Cron(`0 ${minute} ${hour} ${day} ${month} ${named(weekday)} ${year}`, { timezone: zone, paused: true });
  // When clocks go forward, EventBridge skips the times that do not exist. croner moves them to the
  // next one that does, so they are filtered out.
  const isThere = (run: Date) => cron.match(run);
  return {
    after: (instant) => cron.nextRuns(aFew, instant).find(isThere),
    latest: (since, until) => {
      const last = cron.previousRuns(aFew, justAfter(until)).find(isThere);
      return last !== undefined && last > since ? last : undefined;
    },
  };
}

/** Enough runs to look at: one may be skipped, and a zone changes its clocks twice a year. */
const aFew = 3;

/** croner looks strictly before an instant. */
const justAfter = (instant: Date) => new Date(instant.getTime() + 1);

function everySoOften(periodMs: number, start: Date): Occurrences {
  const nth = (n: number) => new Date(start.getTime() + n * periodMs);
  const passed = (instant: Date) => Math.floor((instant.getTime() - start.getTime()) / periodMs);
  return {
    after: (instant) => nth(Math.max(0, passed(instant) + 1)),
    latest: (since, until) => (passed(until) >= 0 && nth(passed(until)) > since ? nth(passed(until)) : undefined),
  };
}
