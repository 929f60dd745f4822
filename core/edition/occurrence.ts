import type { Period } from '../calendar/period.ts';
import { type PeriodKind, periodBefore } from '../calendar/recurring.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { ScheduledStream } from '../distribution/scheduled-streams.ts';
import type { EditionId } from './edition.ts';
import { scheduledEditionId } from './edition-id.ts';

/** What one edition of a scheduled stream is about. */
export interface Occurrence {
  readonly stream: ScheduledStream;
  readonly id: EditionId;
  readonly kind: PeriodKind;
  readonly period: Period;
  readonly zone: string;
}

/** The edition of a stream that is due at an instant: it tells of the last period that had ended by then, in the organisation's zone. */
export function occurrenceDueAt(stream: ScheduledStream, at: Date, { organisation: { zone }, streams }: Distribution): Occurrence {
  const kind = stream === 'engineering-digest' ? 'week' : (streams[stream]?.schedule.every ?? 'month');
  const period = periodBefore(kind, at, zone);
  return { stream, id: scheduledEditionId(stream, period.id), kind, period, zone };
}
