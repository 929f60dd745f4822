import { type Edition, realmOf } from '../edition/edition.ts';
import { isAfter } from '../shared/instant.ts';
import type { Profile, Slot } from '../subscriber/subscriber.ts';
import type { SkipReason } from './outcome.ts';
import type { ChunkFacts } from './ports.ts';

/**
 * Why this person gets no mail, or undefined: send. Decided on what was read for this chunk, so an unsubscribe counts until the last moment.
 * The slot that counts is the one held at the edition's cut-off: a change in mid-week neither doubles nor loses.
 */
export function reasonToSkip(
  edition: Edition,
  slot: Slot,
  profile: Profile | undefined,
  facts: Pick<ChunkFacts, 'recalled'>,
  now: Date,
): SkipReason | undefined {
  if (facts.recalled) return 'recalled';
  if (!profile || profile.realm !== realmOf(edition.stream)) return 'gone';
  if (profile.suppressed) return 'suppressed';
  if (profile.suspended) return 'suspended';
  const settings = profile.streams[edition.stream];
  if (edition.audience.kind === 'stream') {
    if (!settings?.on) return 'unsubscribed';
    if (isAfter(settings.since, edition.cutoff)) return 'after cut-off';
    if (slotAt(settings.slots, edition.cutoff) !== slot) return 'not due';
  }
  if (profile.snoozedUntil && Date.parse(profile.snoozedUntil) > now.getTime()) return 'snoozed';
  return undefined;
}

const slotAt = (slots: readonly { slot: Slot; at: string }[], instant: string): Slot | undefined =>
  (slots.findLast(({ at }) => !isAfter(at, instant)) ?? slots[0])?.slot;
