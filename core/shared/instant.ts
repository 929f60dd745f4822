import * as z from 'zod';

/**
 * An instant as canonical UTC text, `2026-11-19T15:20:00Z` (RFC 3339, milliseconds only if they are
 * not zero). Sorts as text for years with four digits.
 */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/, 'an instant such as 2026-11-19T15:20:00Z')
  .refine(isRealDay, 'a date that exists')
  .meta({ description: 'An instant in UTC, RFC 3339.', format: 'date-time' });
export type Instant = z.infer<typeof Instant>;

/** A calendar day without a zone, `2026-12-04`. */
export const PlainDate = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'a day such as 2026-12-04')
  .refine(isRealDay, 'a day that exists')
  .meta({ description: 'A day, ISO 8601.', format: 'date' });
export type PlainDate = z.infer<typeof PlainDate>;

/** When something was: an instant, or only the day if no time of day is known. */
export const Moment = z.union([Instant, PlainDate]).meta({ description: 'An instant in UTC, or a day if no time of day is known.' });
export type Moment = z.infer<typeof Moment>;

/** Whether the time of day is known. */
export const hasTime = (moment: Moment): boolean => moment.includes('T');

/**
 * A date of publication as it was given. A day is stored as its midnight in UTC, and nobody
 * publishes at midnight to the second.
 */
export const asGiven = (publishedAt: Instant): Moment => publishedAt.replace(/T00:00:00Z$/, '');

/** The canonical text of a point in time. Whole seconds have no fraction. */
export const toInstant = (date: Date): Instant => date.toISOString().replace('.000Z', 'Z');

/**
 * Compares two instants. Their texts do not sort correctly if only some have a fraction of a
 * second.
 */
export const isAfter = (a: Instant, b: Instant): boolean => Date.parse(a) > Date.parse(b);

/** Rejects 30 February, which `Date` reads as 2 March. */
function isRealDay(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text.slice(0, 10);
}
