import { printZone } from '../calendar/print.ts';
import type { Schedule } from '../calendar/schedule.ts';
import { capitalised } from '../content/prose.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { definitionOf, type StreamName } from '../stream/stream.ts';

const endings = ['th', 'st', 'nd', 'rd'];
/** `1st`, `22nd`. Days of a month up to 28. */
const ordinal = (day: number): string => `${day}${(day > 3 && day < 21 ? undefined : endings[day % 10]) ?? 'th'}`;

/** Whether a stream tells a reader who chose nothing as soon as something is published. */
export const isAtOnce = (stream: StreamName): boolean => {
  const { starts, usual } = definitionOf(stream);
  return starts === 'by severity' || usual === 'published';
};

/** `on Monday at 09:00`, with the zone only if it is not the organisation's. */
export function scheduleWords({ on, at, zone, ...schedule }: Schedule, { organisation }: Pick<Distribution, 'organisation'>): string {
  const day = schedule.every === 'week' ? `on ${capitalised(String(on))}` : `on the ${ordinal(Number(on))} of the month`;
  return `${day} at ${at}${zone === undefined || zone === organisation.zone ? '' : `, ${printZone(zone)} time`}`;
}

/**
 * When a reader who chose nothing gets the stream: `at once`, `Monday 09:00`, `1st of the month
 * 08:00`.
 */
export function usualTime(stream: StreamName, distribution: Distribution): string {
  const schedule = configuredStream(distribution, stream)?.schedule;
  if (isAtOnce(stream) || !schedule) return 'at once';
  return scheduleWords(schedule, distribution)
    .replace(/^on (the )?/, '')
    .replace(' at ', ' ');
}
