import { type Edition, realmOf } from '../edition/edition.ts';
import { mandatoryReason } from '../edition/mandatory-readers.ts';
import { slotAt } from '../edition/waves.ts';
import { isAfter } from '../shared/instant.ts';
import type { Profile, Slot, StreamSettings } from '../subscriber/subscriber.ts';
import type { SkipReason } from './outcome.ts';
import type { ChunkFacts } from './ports.ts';

/**
 * Why this person gets no mail, or undefined: send. Decided on what was read for this chunk, so an unsubscribe counts until the last moment.
 * The slot that counts is the one held at the edition's cut-off: a change in mid-week neither doubles nor loses.
 * Mails to a list answer what somebody did: they come to people who paused, and to people who are not confirmed yet.
 * A mandatory edition takes neither being switched off nor a pause for a reason, but where a delegate stands in.
 */
export function reasonToSkip(
  edition: Edition,
  slot: Slot,
  profile: Profile | undefined,
  facts: Pick<ChunkFacts, 'recalled'>,
  now: Date,
): SkipReason | undefined {
  if (facts.recalled) return 'recalled';
  if (!profile || profile.realm !== realmOf(edition)) return 'gone';
  if (profile.suppressed) return 'suppressed';
  if (profile.suspended) return 'suspended';
  if (edition.audience.kind === 'list') return undefined;
  const settings = settingsFor(edition, profile);
  const isMandatory = mandatoryReason(edition, profile) !== undefined;
  if (!settings || profile.unconfirmed || !(isMandatory || isSubscribed(settings, now))) return 'unsubscribed';
  if (isAfter(settings.since, edition.cutoff)) return 'after cut-off';
  if (slotAt(settings.slots, edition.cutoff) !== slot) return 'not due';
  const isPaused = profile.snoozedUntil !== undefined && Date.parse(profile.snoozedUntil) > now.getTime();
  return isPaused && !(isMandatory && !isStoodInFor(settings, now)) ? 'snoozed' : undefined;
}

/** What a reader chose on the stream of an edition; nobody chooses anything on `service`. */
export const settingsFor = ({ stream }: Pick<Edition, 'stream'>, { streams }: Pick<Profile, 'streams'>): StreamSettings | undefined =>
  stream === 'service' ? undefined : streams[stream];

/** A subscription that was lent to a delegate ends by itself. */
const isSubscribed = ({ on, until }: StreamSettings, now: Date) => on && (until === undefined || Date.parse(until) > now.getTime());

const isStoodInFor = (settings: StreamSettings | undefined, now: Date) =>
  settings?.delegate !== undefined && Date.parse(settings.delegate.until) > now.getTime();
