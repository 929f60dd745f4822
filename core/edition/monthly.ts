import { Temporal } from 'temporal-polyfill';
import { localDay } from '../calendar/period.ts';
import type { Distribution } from '../distribution/distribution.ts';

/**
 * When the digest of a month is made: on the first day of the month after, at the digest's own hour, in the organisation's zone. An hour that the
 * clocks leave out is the one after.
 */
function madeIn(month: Temporal.PlainYearMonth, { organisation, streams }: Distribution): Date | undefined {
  const at = streams['engineering-digest']?.schedule.at;
  if (at === undefined) return undefined;
  const made = month.toPlainDate({ day: 1 }).toZonedDateTime({ timeZone: organisation.zone, plainTime: Temporal.PlainTime.from(at) });
  return new Date(made.epochMilliseconds);
}

/** When the last monthly digest was due to be made, at or before an instant; undefined without a digest. */
export function lastMonthlyMade(distribution: Distribution, now: Date): Date | undefined {
  const month = localDay(now, distribution.organisation.zone).toPlainYearMonth();
  return [month, month.subtract({ months: 1 })].map((one) => madeIn(one, distribution)).find((made) => made !== undefined && made <= now);
}

/** When the next one will be made, after an instant. */
export function nextMonthlyMade(distribution: Distribution, now: Date): Date | undefined {
  const month = localDay(now, distribution.organisation.zone).toPlainYearMonth();
  return [month, month.add({ months: 1 })].map((one) => madeIn(one, distribution)).find((made) => made !== undefined && made > now);
}
