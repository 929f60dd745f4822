import { clockChanges } from '../calendar/due.ts';
import { printTime } from '../calendar/print.ts';
import type { Flaw } from '../shared/errors.ts';
import { toInstant } from '../shared/instant.ts';
import { scheduledStreams } from '../stream/stream.ts';
import { deployedParts } from './deployed-parts.ts';
import type { Distribution } from './distribution.ts';

/**
 * The clocks of a zone change twice a year, on different days. A monthly schedule may meet such a
 * day only years from now, which is no reason to change it.
 */
const daysAhead = 400;

/**
 * Warns of schedules whose time the clocks skip or repeat on a day within the next thirteen months.
 * No edition is lost, so this is only a warning.
 */
export function clockWarnings(distribution: Distribution, now: Date): Flaw[] {
  const { schedules } = deployedParts(distribution);
  return scheduledStreams.flatMap((stream) => {
    const schedule = schedules[stream];
    const changes = schedule ? clockChanges(schedule, now, daysAhead) : [];
    if (!schedule || changes.length === 0) return [];
    const told = changes.map(({ day, how, at }) => {
      const made = printTime(toInstant(at), schedule.zone);
      return how === 'left out'
        ? `does not exist on ${day}, when the clocks go forward (the edition leaves at ${made} instead)`
        : `comes twice on ${day}, when they go back (the edition leaves once)`;
    });
    return [
      {
        field: `streams.${stream}.schedule.at`,
        problem: `${schedule.at} in ${schedule.zone} ${told.join(' and ')}`,
        remedy: 'Choose an hour that every day has once, such as "09:00".',
      },
    ];
  });
}
