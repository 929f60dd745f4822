import type { Temporal } from 'temporal-polyfill';
import { localDay } from '../calendar/period.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { type Frequency, frequencyOf, readSlot, type WeekHour } from '../subscriber/slot.ts';
import type { Slot, StreamName } from '../subscriber/subscriber.ts';

/**
 * When the wave of a slot leaves: at the first day and hour of the slot from the edition's `scheduledFor` on, seven days later at most.
 * An hour that the clocks leave out is the first instant after the gap, one that they repeat is the first of the two.
 */
export function waveDue(slot: Slot, scheduledFor: Instant): Instant {
  const at = readSlot(slot)?.at;
  if (!at) return scheduledFor;
  const from = new Date(scheduledFor);
  const today = localDay(from, at.zone);
  const ahead = (at.weekday - today.dayOfWeek + 7) % 7;
  // A gap can move an hour of the week before into this day.
  const due = [-7, 0, 7].map((days) => instantOf(today.add({ days: ahead + days }), at)).find((instant) => instant >= from);
  return due ? toInstant(due) : scheduledFor;
}

function instantOf(day: Temporal.PlainDate, { hour, zone }: WeekHour): Date {
  const wanted = day.toPlainDateTime({ hour });
  const found = wanted.toZonedDateTime(zone);
  const isThere = found.toPlainDateTime().equals(wanted);
  const afterGap = isThere ? undefined : found.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  return new Date((afterGap ?? found).epochMilliseconds);
}

/**
 * Which slots an edition goes to, of those that readers chose, and when. A digest goes to the slots of its own frequency; a brief to all of them,
 * because its schedule may have been weekly when they were chosen; an alert to everybody at once.
 */
export function wavesOf(
  edition: { readonly stream: StreamName; readonly frequency: Frequency; readonly scheduledFor: Instant },
  chosen: readonly Slot[],
): Record<Slot, Instant> {
  const { stream, frequency, scheduledFor } = edition;
  const isFor = (slot: Slot) => {
    if (stream === 'engineering-digest') return frequencyOf(slot) === frequency;
    return slot === 'default' || stream === 'leadership-brief';
  };
  const slots = [...new Set<Slot>(['default', ...chosen])].filter(isFor);
  return Object.fromEntries(slots.map((slot) => [slot, waveDue(slot, scheduledFor)]));
}

/** The slot that counts for an edition: the one held at its cut-off. */
export const slotAt = (held: readonly { readonly slot: Slot; readonly at: Instant }[], cutoff: Instant): Slot | undefined =>
  (held.findLast(({ at }) => Date.parse(at) <= Date.parse(cutoff)) ?? held[0])?.slot;
