import type { Instant } from '../shared/instant.ts';
import type { Slot, StreamSettings } from '../subscriber/subscriber.ts';

type Held = StreamSettings['slots'];

/** An edition that was composed this long ago is in every list; one that is being composed now may be in none. */
const composedWithinMs = 3600_000;
/** In so short a time nobody chooses more often with a purpose. */
export const mostHeld = 30;

/**
 * The slots that still count: the one held now, those that were held at the cut-off of an unfinished edition, and those left so lately
 * that an edition may be in the making whose cut-off was before.
 */
export function stillCounting(held: Held, cutoffs: readonly Instant[], now: Date): Held {
  return held.filter(({ at }, i) => {
    const left = held[i + 1]?.at;
    if (left === undefined || Date.parse(left) > now.getTime() - composedWithinMs) return true;
    // Whoever was cut off before the first change counts with the first slot.
    const from = i === 0 ? Number.NEGATIVE_INFINITY : Date.parse(at);
    return cutoffs.some((cutoff) => Date.parse(cutoff) >= from && Date.parse(cutoff) < Date.parse(left));
  });
}

/** Slots whose index row nobody needs any more, given what still counts. */
export const slotsLeft = (held: Held, counting: Held): Slot[] => [
  ...new Set(held.map(({ slot }) => slot).filter((slot) => !counting.some((one) => one.slot === slot))),
];
