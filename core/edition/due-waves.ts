import type { Instant } from '../shared/instant.ts';
import type { Slot } from '../subscriber/subscriber.ts';
import type { Edition } from './edition.ts';

type Waved = Pick<Edition, 'slots' | 'waves' | 'begun'>;

/** Slots whose root range was sent to its lane. An edition without waves sends all of them when it is composed. */
export const begunSlots = ({ slots, waves, begun = [] }: Waved): readonly Slot[] => (waves ? begun : slots);

/**
 * Slots that are to be begun now. A paused edition begins none until it is resumed; a recalled one all that are left, due or not, so that
 * everybody in them has an outcome and it comes to its end.
 */
export function slotsToBegin(
  { slots, waves, begun = [], paused, recalled }: Waved & Pick<Edition, 'paused' | 'recalled'>,
  now: Date,
): Slot[] {
  if (!waves) return [...slots];
  if (paused) return [];
  return slots.filter((slot) => !begun.includes(slot) && (recalled || isDue(waves[slot], now)));
}

const isDue = (due: Instant | undefined, now: Date) => due === undefined || Date.parse(due) <= now.getTime();

export interface WavesAhead {
  readonly waves: number;
  /** When the first of them leaves; it may have passed while the edition is paused. */
  readonly next: Instant;
  /** A wave that was begun is being sent. */
  readonly isSending: boolean;
}

/** The waves of an edition that are not begun; undefined where there are none. */
export function wavesAhead({ slots, waves, begun = [], tallies }: Waved & Pick<Edition, 'tallies'>): WavesAhead | undefined {
  const ahead = waves ? slots.flatMap((slot) => (begun.includes(slot) ? [] : (waves[slot] ?? []))).toSorted(byTime) : [];
  const [next] = ahead;
  return next === undefined ? undefined : { waves: ahead.length, next, isSending: begun.some((slot) => !tallies[slot]) };
}

const byTime = (a: Instant, b: Instant) => Date.parse(a) - Date.parse(b);

/** When a begun slot was to leave: its wave's instant, or that of composing; one of a recalled edition may have been begun before. */
export const leftAt = ({ waves, composedAt, recalled }: Pick<Edition, 'waves' | 'composedAt' | 'recalled'>, slot: Slot): number => {
  const composed = Date.parse(composedAt);
  return recalled ? composed : Math.max(composed, Date.parse(waves?.[slot] ?? composedAt));
};

/**
 * The slots of an edition in the order of leaving, and when each leaves; undefined where nobody holds any. Where all leave at once their instants
 * are not kept.
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
