import { InvalidArgumentError } from 'commander';
import type { When } from '../../core/operator/api.ts';
import { toInstant } from '../../core/shared/instant.ts';

/** Reads the value of an option, such as a limit: a whole number above zero. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number above zero.');
  return number;
}

const day = /^\d{4}-\d\d-\d\d$/;
const instant = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

export const dateHelp =
  'a day such as 2026-11-23 in the organisation’s zone, an instant such as 2026-11-23T08:00:00Z or 2026-11-23T09:00+01:00, or now';

/**
 * Reads DATE for commander, which prints what is wrong with it. A day stays a day, because only the
 * API knows the organisation's zone and the time.
 */
export function instantArgument(text: string): When {
  if (/^(now|today)$/i.test(text)) return 'now';
  const written = day.test(text) ? text : instant.exec(text)?.[1];
  const at = new Date(text);
  if (!written || !isDay(written) || Number.isNaN(at.getTime())) throw new InvalidArgumentError(`It must be ${dateHelp}.`);
  return day.test(text) ? text : toInstant(at);
}

/** Reads DAY for commander. */
export function dayArgument(text: string): string {
  if (!day.test(text) || !isDay(text)) throw new InvalidArgumentError('It must be a day such as 2026-11-23.');
  return text;
}

/** JavaScript reads 30 February as 2 March, which is not what people mean. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
