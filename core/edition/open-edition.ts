import type { Instant } from '../shared/instant.ts';
import { StreamName } from '../stream/stream.ts';
import type { Slot } from '../subscriber/subscriber.ts';
import type { Edition, EditionId } from './edition.ts';
import { isOver } from './edition-state.ts';

/** An incomplete edition, as far as it matters to a reader who waits for it. */
export interface OpenEdition {
  readonly id: EditionId;
  readonly stream: StreamName;
  readonly scheduledFor: Instant;
  readonly cutoff: Instant;
  /** When each of its slots is sent. */
  readonly waves: Readonly<Record<Slot, Instant>>;
  /** Paused, recalled or superseded, so no mail leaves. */
  readonly isHeld: boolean;
}

/** Undefined if no subscriber waits for it: a complete edition, or the answer to one person. */
export function openEdition(edition: Edition): OpenEdition | undefined {
  const stream = StreamName.safeParse(edition.stream);
  const { id, scheduledFor, cutoff, composedAt, slots, waves, paused, completedAt } = edition;
  if (!stream.success || completedAt) return undefined;
  const atOnce: Record<Slot, Instant> = Object.fromEntries(slots.map((slot) => [slot, composedAt]));
  return { id, stream: stream.data, scheduledFor, cutoff, waves: waves ?? atOnce, isHeld: paused || isOver(edition) };
}
