import { dayMs, hourMs, minuteMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { publicVersionOf } from './after-press.ts';
import type { External } from './external.ts';

/** The same on every stage but a laptop. */
export interface NoticePace {
  /** How long a text stands before it is asked, so that ten changes ask once. */
  readonly settlingMs: number;
}
/** A text that goes on changing is asked as it is after so many times as long. */
const mostSettling = 6;

export const usualPace: NoticePace = { settlingMs: 10 * minuteMs };

/** How long after it was asked each reminder comes. The last one goes to others as well. */
export const reminderMs = [4 * hourMs, dayMs, 3 * dayMs] as const;
export const lapseMs = 7 * dayMs;

const later = (at: Instant, ms: number): Instant => toInstant(new Date(Date.parse(at) + ms));

/** When a request ends that nobody answered. */
export const lapsesAt = (askedAt: Instant): Instant => later(askedAt, lapseMs);
/** Undefined: there is no further one. */
export const remindsAt = (askedAt: Instant, reminded: number): Instant | undefined => {
  const ms = reminderMs[reminded];
  return ms === undefined ? undefined : later(askedAt, ms);
};

/** A withdrawal that is not finished: the version that customers may still see is lower. */
export const isBeingWithdrawn = ({ shown, withdrawn }: Pick<External, 'shown' | 'withdrawn'>): boolean =>
  shown !== undefined && withdrawn !== undefined && withdrawn.n > shown.n;

/** Earlier of two instants. */
const earlier = (one: Instant, other: Instant): Instant => (Date.parse(one) <= Date.parse(other) ? one : other);

/** When a text has settled. */
export const settlesAt = ({ at, since = at }: NonNullable<External['seen']>, { settlingMs }: NoticePace): Instant =>
  earlier(later(at, settlingMs), later(since, mostSettling * settlingMs));

/**
 * When the text that was last seen is to be asked. Undefined: it is asked, was answered, or was
 * taken back by a person.
 */
export function asksAt(row: External, pace: NoticePace): Instant | undefined {
  const { seen, request, hurried, takenBack = [] } = row;
  if (!seen || publicVersionOf(row)?.content === seen.content) return undefined;
  switch (request?.state) {
    case 'open':
    case 'approved':
    case 'releasing':
      return undefined;
    default: {
      if (hurried) return hurried;
      const settled = settlesAt(seen, pace);
      if (takenBack.includes(seen.content)) return undefined;
      if (request?.content !== seen.content || request.state === 'void') return settled;
      return request.state === 'held' ? (request.againAt ?? settled) : undefined;
    }
  }
}

/**
 * When the row is to be looked at next: the list of open work has it by this instant. Undefined: it
 * rests until its postmortem or a person changes it.
 */
export function dueOf(row: External, pace: NoticePace): Instant | undefined {
  const { request, acts, mails, shown, withdrawn, untold } = row;
  const due: (Instant | undefined)[] = [
    mails[0]?.at,
    acts?.[0]?.at,
    untold === undefined ? undefined : (shown?.at ?? withdrawn?.at),
    isBeingWithdrawn(row) ? withdrawn?.at : undefined,
    asksAt(row, pace),
  ];
  if (request?.state === 'releasing') due.push(request.at);
  if (request?.state === 'approved') due.push(request.releaseAt);
  if (request?.state === 'open') due.push(remindsAt(request.askedAt, request.reminded), lapsesAt(request.askedAt));
  const all = due.flatMap((at) => (at === undefined ? [] : [Date.parse(at)]));
  return all.length === 0 ? undefined : toInstant(new Date(Math.min(...all)));
}
