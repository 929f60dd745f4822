/**
 * What it means that somebody gets a stream. The meanings differ on purpose: whether a mail may go
 * out, whether a page shows the stream as on, and whether there is anything left to join are three
 * questions.
 */
import type { Distribution } from '../distribution/distribution.ts';
import type { Instant } from '../shared/instant.ts';
import type { StreamName } from '../stream/stream.ts';
import { mandatoryFor } from './mandatory.ts';
import type { Profile, StreamSettings } from './subscriber.ts';

/**
 * Switched on, and where it was lent to a delegate for a time, that time is not over. Says nothing
 * of pauses.
 */
export const isOnNow = (settings: Pick<StreamSettings, 'on' | 'until'> | undefined, now: Date): boolean =>
  settings?.on === true && (settings.until === undefined || isAhead(settings.until, now));

/**
 * What the reader's pages say: the stream is on now, or it is mandatory for them, whatever their
 * switch says. It has to have been theirs once.
 */
export function isSubscribed(profile: Profile, stream: StreamName, distribution: Distribution, now: Date): boolean {
  const settings = profile.streams[stream];
  return settings !== undefined && (isOnNow(settings, now) || mandatoryFor(distribution, stream, profile.address) !== undefined);
}

/**
 * A subscription of their own, with nothing left to join: they confirmed it, and it is not lent,
 * for a loan ends by itself.
 */
export const hasJoined = ({ streams, unconfirmed }: Profile, stream: StreamName): boolean =>
  !unconfirmed && streams[stream]?.on === true && streams[stream].until === undefined;

/**
 * Switched on anywhere, loans that are over among them: this person has not been left without a
 * stream by mistake.
 */
export const isOnAny = (profile: Pick<Profile, 'streams'> | undefined): boolean =>
  Object.values(profile?.streams ?? {}).some((settings) => settings?.on);

/** When mail begins again for somebody who pauses now. A pause that is over is none. */
export const pausedUntil = ({ snoozedUntil }: Pick<Profile, 'snoozedUntil'>, now: Date): Instant | undefined =>
  snoozedUntil !== undefined && isAhead(snoozedUntil, now) ? snoozedUntil : undefined;

export const isPaused = (profile: Pick<Profile, 'snoozedUntil'>, now: Date): boolean => pausedUntil(profile, now) !== undefined;

/**
 * A delegate gets a mandatory stream in the reader's place now, so that a pause holds for the
 * reader.
 */
export const isStoodInFor = (settings: Pick<StreamSettings, 'delegate'> | undefined, now: Date): boolean =>
  settings?.delegate !== undefined && isAhead(settings.delegate.until, now);

const isAhead = (instant: Instant, now: Date): boolean => Date.parse(instant) > now.getTime();
