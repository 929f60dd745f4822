/**
 * What it means to get a stream. The meanings differ on purpose, because they answer three
 * questions: whether a mail may go out, whether a page shows the stream as on, and whether there is
 * anything left to join.
 */
import type { Distribution } from '../distribution/distribution.ts';
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import { mandatoryFor } from './mandatory.ts';
import type { Profile, StreamSettings } from './subscriber.ts';

/** Switched on, and for a delegate not over yet. Says nothing about pauses. */
export const isOnNow = (settings: Pick<StreamSettings, 'on' | 'until'> | undefined, now: Date): boolean =>
  settings?.on === true && (settings.until === undefined || isAhead(settings.until, now));

/**
 * What the reader's pages show: the stream is on now, or it is mandatory for them, whatever their
 * own switch says. They must have had it at some time.
 */
export function isSubscribed(profile: Profile, stream: StreamName, distribution: Distribution, now: Date): boolean {
  const settings = profile.streams[stream];
  return settings !== undefined && (isOnNow(settings, now) || mandatoryFor(distribution, stream, profile.address) !== undefined);
}

/**
 * Whether there is nothing left to join: the subscription is confirmed and their own. A delegate's
 * subscription does not count, because it ends at a set time.
 */
export const hasJoined = ({ streams, unconfirmed }: Profile, stream: StreamName): boolean =>
  !unconfirmed && streams[stream]?.on === true && streams[stream].until === undefined;

/**
 * Whether any stream is switched on, including a delegate's subscription that is over. If so, this
 * person was not left without a stream by mistake.
 */
export const isOnAny = (profile: Pick<Profile, 'streams'> | undefined): boolean =>
  Object.values(profile?.streams ?? {}).some((settings) => settings?.on);

/** When mail begins again for somebody who pauses now. Undefined if the pause is over. */
export const pausedUntil = ({ snoozedUntil }: Pick<Profile, 'snoozedUntil'>, now: Date): Instant | undefined =>
  snoozedUntil !== undefined && isAhead(snoozedUntil, now) ? snoozedUntil : undefined;

export const isPaused = (profile: Pick<Profile, 'snoozedUntil'>, now: Date): boolean => pausedUntil(profile, now) !== undefined;

/**
 * Whether a delegate gets a mandatory stream in the reader's place now. If so, a pause holds for
 * the reader on that stream as well.
 */
export const isStoodInFor = (settings: Pick<StreamSettings, 'delegate'> | undefined, now: Date): boolean =>
  settings?.delegate !== undefined && isAhead(settings.delegate.until, now);

const isAhead = (instant: Instant, now: Date): boolean => Date.parse(instant) > now.getTime();
