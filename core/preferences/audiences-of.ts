import type { Distribution } from '../distribution/distribution.ts';
import { type Audience, audiences } from '../stream/audience.ts';
import { audienceOf, type StreamName, streamsOf } from '../stream/stream.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { isSubscribed } from '../subscriber/subscription.ts';
import { isOffered, switchedOnBy } from './choices.ts';

/**
 * The audiences that somebody reads as now: those of the streams that they get, and those of the
 * streams that everybody in the organisation may switch on.
 */
export function audiencesOf(profile: Profile, distribution: Distribution, now: Date): Audience[] {
  const theirs = streamsOf(profile.realm)
    .filter((stream) => isSubscribed(profile, stream, distribution, now) || isOpen(stream, profile, distribution))
    .map(audienceOf);
  return audiences.filter((audience) => theirs.includes(audience));
}

const isOpen = (stream: StreamName, { realm }: Pick<Profile, 'realm'>, distribution: Distribution) =>
  isOffered(distribution, stream, realm) && switchedOnBy(distribution, stream) === 'themselves';
