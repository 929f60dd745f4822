/**
 * Prints when an incident was, and when a notice of it came. No line depends on the day on which it
 * is read.
 */
import { printDayAlone, printLength, printTime, printZone } from '../calendar/print.ts';
import { lengthOf } from '../content/incident-time.ts';
import { hasTime, type Moment } from '../shared/instant.ts';
import type { NoticeContent } from './notice-content.ts';

/** What is known of when it was. */
type Times = Pick<NoticeContent, 'startedAt' | 'resolvedAt'>;

/** How it stands, in a word or two. Undefined if nobody said when it began. */
export const stateOf = ({ startedAt, resolvedAt }: Times) =>
  resolvedAt ? { said: 'Resolved', isOver: true } : startedAt && { said: 'Not over yet', isOver: false };

/** `Berlin time`, `UTC`. */
const zoneWords = (zone: string) => (/^(?:Etc\/)?(?:UTC|GMT)$/.test(zone) ? printZone(zone) : `${printZone(zone)} time`);

/** `19 November 2026 at 15:20, Berlin time`, or only the day if no time of day is known. */
export const printInFull = (at: Moment, zone: string) =>
  hasTime(at) ? `${printDayAlone(at, zone)} at ${printTime(at, zone)}, ${zoneWords(zone)}` : printDayAlone(at, zone);

/**
 * `19 November 2026, 12:35 to 13:33, Berlin time (58 minutes)`. Undefined if nobody said when it
 * began.
 */
export function timesOf({ startedAt, resolvedAt }: Times, zone: string): string | undefined {
  if (!startedAt) return undefined;
  const length = lengthOf({ startedAt, resolvedAt });
  if (resolvedAt === undefined) return `Since ${printInFull(startedAt, zone)}`;
  const [from, to] = [printDayAlone(startedAt, zone), printDayAlone(resolvedAt, zone)];
  if (length === undefined) return from === to ? from : `${from} to ${to}`;
  const began = `${from}, ${printTime(startedAt, zone)}`;
  const ended = from === to ? printTime(resolvedAt, zone) : `${to}, ${printTime(resolvedAt, zone)}`;
  return `${began} to ${ended}, ${zoneWords(zone)} (${printLength(length)})`;
}
