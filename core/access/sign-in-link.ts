import { minuteMs } from '../shared/duration.ts';

/** How long a mailed link to sign in is valid, from the minute in which it was asked for. */
export const signInMs = 10 * minuteMs;

/**
 * When a link to sign in was asked for, as its mail and its token say it. Asking twice within a
 * minute is asking once: it is one mail, and one link that works once.
 */
export const askedMinute = (at: Date): string => Math.floor(at.getTime() / minuteMs).toString(36);

/** When a link that was asked for in this minute is too old. Undefined for no minute. */
export function signInEnds(minute: string): Date | undefined {
  if (!/^[0-9a-z]{1,6}$/.test(minute)) return undefined;
  return new Date((Number.parseInt(minute, 36) + 1) * minuteMs + signInMs);
}
