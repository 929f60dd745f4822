import { lastDue, lastLeftOut } from '../calendar/due.ts';
import { deployedParts } from '../distribution/deployed-parts.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { EditionId } from '../edition/edition.ts';
import { lastMonthlyMade, occurrenceDueAt } from '../edition/occurrence.ts';
import { monthlyStreams, type ScheduledStream, scheduledStreams } from '../stream/stream.ts';

export interface DueEdition {
  readonly edition: EditionId;
  readonly stream: ScheduledStream;
  readonly frequency: 'weekly' | 'monthly';
  readonly at: Date;
}

/**
 * Every edition that a schedule asked for between two instants, both included. `isHeld`: whether
 * readers have a stream at a frequency; nobody asks for what they have not.
 */
export function dueBetween(
  distribution: Distribution,
  since: Date,
  until: Date,
  isHeld: (stream: ScheduledStream, frequency: DueEdition['frequency']) => boolean,
): DueEdition[] {
  const { schedules } = deployedParts(distribution);
  const named = (stream: ScheduledStream, frequency: DueEdition['frequency']) => (at: Date) => {
    const { id } = occurrenceDueAt(stream, at, distribution, frequency);
    return { edition: id, stream, frequency, at };
  };
  return [
    ...scheduledStreams.flatMap((stream) => {
      const schedule = schedules[stream];
      if (!schedule || !isHeld(stream, 'weekly')) return [];
      // A time that the clocks skip is made up for by `sweep`.
      return [lastDue, lastLeftOut].flatMap((last) => backwards((at) => last(schedule, at), since, until)).map(named(stream, 'weekly'));
    }),
    ...monthlyStreams
      .filter((stream) => isHeld(stream, 'monthly'))
      .flatMap((stream) => backwards((at) => lastMonthlyMade(stream, distribution, at), since, until).map(named(stream, 'monthly'))),
  ];
}

function backwards(last: (at: Date) => Date | undefined, since: Date, until: Date): Date[] {
  const all: Date[] = [];
  for (let at = last(until); at && at >= since; at = last(new Date(at.getTime() - 1))) all.push(at);
  return all;
}
