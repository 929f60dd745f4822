import { Temporal } from 'temporal-polyfill';
import { lastDue } from '../calendar/due.ts';
import { localDay, type Period } from '../calendar/period.ts';
import { type PeriodKind, periodBefore } from '../calendar/recurring.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { definitionOf, type Frequency, type ScheduledStream } from '../stream/stream.ts';
import type { EditionId } from './edition.ts';
import { scheduledEditionId } from './edition-id.ts';

/** What one edition of a scheduled stream is about. */
export interface Occurrence {
  readonly stream: ScheduledStream;
  readonly id: EditionId;
  readonly kind: PeriodKind;
  readonly period: Period;
  readonly zone: string;
  /** Which of the stream's readers it is for. */
  readonly frequency: Exclude<Frequency, 'published'>;
}

/**
 * The edition of a stream that is due at an instant. It covers the last period that had ended by
 * then, in the organisation's zone. `frequency`: `monthly` is the edition for readers who get the
 * stream once a month.
 */
export function occurrenceDueAt(
  stream: ScheduledStream,
  at: Date,
  { organisation: { zone }, streams }: Distribution,
  frequency: Occurrence['frequency'] = 'weekly',
): Occurrence {
  const ofSchedule = streams[stream]?.schedule.every ?? 'month';
  const kind = definitionOf(stream).period === 'of its frequency' ? periodKinds[frequency] : ofSchedule;
  const period = periodBefore(kind, at, zone);
  return { stream, id: scheduledEditionId(stream, period.id), kind, period, zone, frequency };
}

const periodKinds = { weekly: 'week', monthly: 'month' } as const;

/**
 * The scheduled time of an edition requested at an instant. An edition keeps its scheduled time
 * even when requested late, so readers whose slot has passed get it now rather than alongside the
 * next one. An edition requested early leaves at that instant.
 */
export function scheduledFor({ stream, id, frequency }: Occurrence, at: Date, distribution: Distribution): Date {
  const schedule = distribution.streams[stream]?.schedule;
  const zone = schedule?.zone ?? distribution.organisation.zone;
  const due = frequency === 'monthly' ? lastMonthlyMade(stream, distribution, at) : schedule && lastDue({ ...schedule, zone }, at);
  return due && occurrenceDueAt(stream, due, distribution, frequency).id === id ? due : at;
}

/**
 * When the edition of a month is made: on the first day of the following month, at the stream's
 * scheduled hour, in the organisation's zone. An hour skipped by a clock change becomes the next
 * one. Undefined without a schedule.
 */
function madeIn(month: Temporal.PlainYearMonth, stream: ScheduledStream, { organisation, streams }: Distribution): Date | undefined {
  const at = streams[stream]?.schedule.at;
  if (at === undefined) return undefined;
  const made = month.toPlainDate({ day: 1 }).toZonedDateTime({ timeZone: organisation.zone, plainTime: Temporal.PlainTime.from(at) });
  return new Date(made.epochMilliseconds);
}

/** When the latest edition of a month was due to be made, at or before an instant. */
export function lastMonthlyMade(stream: ScheduledStream, distribution: Distribution, now: Date): Date | undefined {
  const month = localDay(now, distribution.organisation.zone).toPlainYearMonth();
  return [month, month.subtract({ months: 1 })]
    .map((one) => madeIn(one, stream, distribution))
    .find((made) => made !== undefined && made <= now);
}

/** When the next edition of a month will be made, after an instant. */
export function nextMonthlyMade(stream: ScheduledStream, distribution: Distribution, now: Date): Date | undefined {
  const month = localDay(now, distribution.organisation.zone).toPlainYearMonth();
  return [month, month.add({ months: 1 })].map((one) => madeIn(one, stream, distribution)).find((made) => made !== undefined && made > now);
}
