import * as z from 'zod';
import { isZone } from '../shared/zone.ts';

export const Zone = z.string().refine(isZone, 'an IANA time zone such as Europe/Berlin');
/** A time of day, in quarter hours. */
export const Clock = z.string().regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, 'an hour such as "09:00", in quarter hours');
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

/** When a stream is composed. Default zone: the organisation's. */
export const Schedule = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('week'), on: z.enum(weekdays), at: Clock, zone: Zone.optional() }),
  z.strictObject({ every: z.literal('month'), on: z.int().min(1).max(28), at: Clock, zone: Zone.optional() }),
]);
export type Schedule = z.infer<typeof Schedule>;
