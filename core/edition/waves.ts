import type { Temporal } from 'temporal-polyfill';
import { localDay } from '../calendar/period.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { definitionOf, type Frequency, type StreamName } from '../stream/stream.ts';
import { frequencyOf, type WeekHour, weekHourOf } from '../subscriber/slot.ts';
import type { Slot } from '../subscriber/subscriber.ts';
import type { Edition } from './edition.ts';
import { isOver } from './edition-state.ts';

/**
 * When the wave of a slot leaves: at the slot's first day and hour at or after the edition's
 * `scheduledFor`, at most seven days later. An hour skipped by a clock change becomes the first
 * instant after the gap; of a repeated hour, the first one counts.
 */
export function waveDue(slot: Slot, scheduledFor: Instant): Instant {
  const at = weekHourOf(slot);
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
 * Which of the slots chosen by readers an edition goes to, and when. A digest goes to the slots of
 * its own frequency. A brief goes to all, because its schedule may have been weekly when they were
 * chosen. An alert goes to all its readers at once.
 */
export function wavesOf(
  edition: { readonly stream: StreamName; readonly frequency: Frequency; readonly scheduledFor: Instant },
  chosen: readonly Slot[],
): Record<Slot, Instant> {
  const { stream, frequency, scheduledFor } = edition;
  const { frequencies, hour } = definitionOf(stream);
  const isFor = (slot: Slot) => {
    if (frequencies.length > 0) return frequencyOf(slot, stream) === frequency;
    return slot === 'default' || hour !== 'never';
  };
  const slots = [...new Set<Slot>(['default', ...chosen])].filter(isFor);
  return Object.fromEntries(slots.map((slot) => [slot, waveDue(slot, scheduledFor)]));
}

/** The slot that counts for an edition: the one held at its cut-off, or the earliest known. */
export const slotAt = (held: readonly { readonly slot: Slot; readonly at: Instant }[], cutoff: Instant): Slot | undefined =>
  (held.findLast(({ at }) => Date.parse(at) <= Date.parse(cutoff)) ?? held[0])?.slot;

type Brakes = 'recalled' | 'superseded';
type Waved = Pick<Edition, 'slots' | 'waves' | 'begun'>;

/**
 * Slots whose root range was sent to its lane. An edition without waves sends all of them when it
 * is composed.
 */
export const begunSlots = ({ slots, waves, begun = [] }: Waved): readonly Slot[] => (waves ? begun : slots);

/**
 * Slots to start now. A paused edition starts none until it is resumed. One that is over starts all
 * that are left, due or not, so that all their readers get an outcome and the edition completes.
 */
export function slotsToBegin({ slots, waves, begun = [], paused, ...brakes }: Waved & Pick<Edition, 'paused' | Brakes>, now: Date): Slot[] {
  if (!waves) return [...slots];
  if (paused) return [];
  return slots.filter((slot) => !begun.includes(slot) && (isOver(brakes) || isDue(waves[slot], now)));
}

const isDue = (due: Instant | undefined, now: Date) => due === undefined || Date.parse(due) <= now.getTime();

export interface WavesAhead {
  readonly waves: number;
  /** When the first of them leaves. May be in the past while the edition is paused. */
  readonly next: Instant;
  /** Whether a wave that was started is still being sent. */
  readonly isSending: boolean;
}

/** The waves of an edition that have not started. Undefined if there are none. */
export function wavesAhead({ slots, waves, begun = [], tallies }: Waved & Pick<Edition, 'tallies'>): WavesAhead | undefined {
  const ahead = waves ? slots.flatMap((slot) => (begun.includes(slot) ? [] : (waves[slot] ?? []))).toSorted(byTime) : [];
  const [next] = ahead;
  return next === undefined ? undefined : { waves: ahead.length, next, isSending: begun.some((slot) => !tallies[slot]) };
}

const byTime = (a: Instant, b: Instant) => Date.parse(a) - Date.parse(b);

/**
 * When a started slot was due to leave: at its wave's instant, but not before composing. An edition
 * that is over may have started it earlier, so the instant of composing counts.
 */
export const leftAt = ({ waves, composedAt, ...brakes }: Pick<Edition, 'waves' | 'composedAt' | Brakes>, slot: Slot): number => {
  const composed = Date.parse(composedAt);
  return isOver(brakes) ? composed : Math.max(composed, Date.parse(waves?.[slot] ?? composedAt));
};

/**
 * The slots of an edition in the order of leaving, and when each leaves. Undefined if no reader
 * holds any. If all leave at once, their instants are not stored.
 */
export function scheduleOf(
  leaving: Readonly<Record<Slot, Instant>>,
  now: Date,
): (Required<Pick<Edition, 'slots'>> & Pick<Edition, 'waves'>) | undefined {
  const ordered = Object.entries(leaving).toSorted(([, a], [, b]) => byTime(a, b));
  if (ordered.length === 0) return undefined;
  const slots = ordered.map(([slot]) => slot);
  return { slots, ...(ordered.some(([, due]) => !isDue(due, now)) && { waves: Object.fromEntries(ordered) }) };
}
