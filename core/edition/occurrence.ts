import { Temporal } from 'temporal-polyfill';
import { lastDue } from '../calendar/due.ts';
import { localDay, type Period } from '../calendar/period.ts';
import { type PeriodKind, periodBefore } from '../calendar/recurring.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { ScheduledStream } from '../stream/stream.ts';
import type { EditionId } from './edition.ts';
import { scheduledEditionId } from './edition-id.ts';

/** What one edition of a scheduled stream is about. */
export interface Occurrence {
  readonly stream: ScheduledStream;
  readonly id: EditionId;
  readonly kind: PeriodKind;
  readonly period: Period;
  readonly zone: string;
  /** Whom of the stream's readers it is for. */
  readonly frequency: 'weekly' | 'monthly';
}

/** The edition of a stream that is due at an instant: it tells of the last period that had ended by then, in the organisation's zone. `monthly`: the digest for those who have it once a month. */
export function occurrenceDueAt(
  stream: ScheduledStream,
  at: Date,
  { organisation: { zone }, streams }: Distribution,
  frequency: Occurrence['frequency'] = 'weekly',
): Occurrence {
  const kind = stream === 'engineering-digest' ? digestKinds[frequency] : (streams[stream]?.schedule.every ?? 'month');
  const period = periodBefore(kind, at, zone);
  return { stream, id: scheduledEditionId(stream, period.id), kind, period, zone, frequency };
}

/**
 * When the edition that is due at an instant was to go: at its own time, however late somebody asked for it, so that whose day and hour have passed
 * get it now and not beside the next one; at the instant itself where it is asked for before its time.
 */
export function scheduledAt(
  stream: ScheduledStream,
  at: Date,
  distribution: Distribution,
  frequency: Occurrence['frequency'] = 'weekly',
): Date {
  const schedule = distribution.streams[stream]?.schedule;
  const zone = schedule?.zone ?? distribution.organisation.zone;
  const due = frequency === 'monthly' ? lastMonthlyMade(distribution, at) : schedule && lastDue({ ...schedule, zone }, at);
  const isSame =
    due && occurrenceDueAt(stream, due, distribution, frequency).id === occurrenceDueAt(stream, at, distribution, frequency).id;
  return isSame ? due : at;
}

const digestKinds = { weekly: 'week', monthly: 'month' } as const;

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
