import { Instant, toInstant } from '../../core/shared/instant.ts';

/** An instant in any spelling of ISO 8601, in whole seconds. Undefined if it is none. */
export function readMoment(value: unknown): Instant | undefined {
  const date = typeof value === 'string' ? new Date(value) : undefined;
  if (date === undefined || Number.isNaN(date.getTime())) return undefined;
  return Instant.safeParse(toInstant(new Date(Math.floor(date.getTime() / 1000) * 1000))).data;
}
