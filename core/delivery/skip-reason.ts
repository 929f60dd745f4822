import { type Edition, realmOf } from '../edition/edition.ts';
import { isPast } from '../edition/edition-state.ts';
import { mandatoryReason } from '../edition/mandatory-readers.ts';
import { dayOfReminders } from '../edition/service-mail.ts';
import { slotAt } from '../edition/waves.ts';
import { isAfter } from '../shared/instant.ts';
import { definitionOf, StreamName } from '../stream/stream.ts';
import { frequencyOf } from '../subscriber/slot.ts';
import type { Profile, Slot, StreamSettings } from '../subscriber/subscriber.ts';
import { isOnNow, isPaused, isStoodInFor } from '../subscriber/subscription.ts';
import type { SkipReason } from './outcome.ts';
import type { ChunkFacts } from './ports.ts';

/**
 * Why this reader gets no mail. Undefined: send it. Decided on what was read for this chunk, so
 * that an unsubscribe counts until the last moment.
 * The slot that counts is the one held at the edition's cut-off, so that a change in the middle of
 * a week neither doubles nor loses a mail.
 * Mail to a list answers what somebody did, so readers who paused or have not confirmed get it.
 * Reminders answer nothing: a pause holds for them, and they leave on their day alone.
 * Neither unsubscribing nor a pause stops a mandatory edition, unless a delegate stands in.
 */
export function reasonToSkip(
  edition: Edition,
  slot: Slot,
  profile: Profile | undefined,
  facts: Pick<ChunkFacts, 'recalled' | 'superseded'>,
  now: Date,
): SkipReason | undefined {
  if (facts.recalled) return 'recalled';
  if (facts.superseded) return 'superseded';
  if (isPast(edition, now.getTime())) return 'too late';
  if (!profile || profile.realm !== realmOf(edition)) return 'gone';
  if (profile.suppressed) return 'suppressed';
  if (profile.suspended) return 'suspended';
  if (edition.audience.kind === 'list') return dayOfReminders(edition.id) !== undefined && isPaused(profile, now) ? 'snoozed' : undefined;
  const settings = settingsFor(edition, profile);
  const isMandatory = mandatoryReason(edition, profile) !== undefined;
  if (!settings || profile.unconfirmed || !(isMandatory || isOnNow(settings, now))) return 'unsubscribed';
  if (isAfter(settings.since, edition.cutoff)) return 'after cut-off';
  if (slotAt(settings.slots, edition.cutoff) !== slot) return 'not due';
  if (isPaused(profile, now) && !(isMandatory && !isStoodInFor(settings, now))) return 'snoozed';
  return isToldAlready(edition, profile, now) ? 'told already' : undefined;
}

/** Whether another stream tells them of each postmortem, as it is published. */
function isToldAlready({ stream, cutoff }: Edition, { streams }: Profile, now: Date): boolean {
  const beside = stream === 'service' ? undefined : StreamName.safeParse(definitionOf(stream).notBeside).data;
  const settings = beside && streams[beside];
  if (!settings || !isOnNow(settings, now)) return false;
  return frequencyOf(slotAt(settings.slots, cutoff) ?? 'default', beside) === 'published';
}

/** What a reader chose for the stream of an edition. The stream `service` has no choices. */
export const settingsFor = ({ stream }: Pick<Edition, 'stream'>, { streams }: Pick<Profile, 'streams'>): StreamSettings | undefined =>
  stream === 'service' ? undefined : streams[stream];
