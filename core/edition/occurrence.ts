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

const digestKinds = { weekly: 'week', monthly: 'month' } as const;
