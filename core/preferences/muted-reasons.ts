import { blindedMember, feedbackIn, isMuted, type ReasonPress, type ReasonPresses } from '../relevance/team-feedback.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import type { Topic } from '../subscriber/topic.ts';
import { calledNotRelevant } from './say-of-reason.ts';

export interface MutedReason {
  /** The reason's key. */
  readonly reason: string;
  /** Never a number of a few: in a small team it would tell who. */
  readonly by: 'one or two' | 'several';
  /** What the reader said of it. */
  readonly own: ReasonPress | undefined;
}

export interface MutedReasons {
  /** For the whole team, in the order of the keys. */
  readonly team: readonly MutedReason[];
  /** Keys of what the reader alone called not relevant, the newest first. */
  readonly own: readonly string[];
}

/** What is muted for a reader, and what they said. Of others it tells nothing but what counts. */
export function mutedReasons(
  profile: Pick<Profile, 'sid' | 'streams'>,
  team: Topic | undefined,
  presses: readonly ReasonPresses[],
  identitySecret: string,
): MutedReasons {
  const ownOf = ({ reason, useful, notRelevant }: ReasonPresses): ReasonPress | undefined => {
    const member = team === undefined ? '' : blindedMember(team, reason, profile.sid, identitySecret);
    if (notRelevant.has(member)) return 'not relevant';
    return useful.has(member) ? 'useful' : undefined;
  };
  const muted = presses.filter((one) => isMuted(feedbackIn(one)));
  const said = presses.filter((one) => ownOf(one) === 'not relevant').map(({ reason }) => reason);
  const own = [...new Set([...calledNotRelevant(profile).toReversed(), ...said])];
  return {
    team: muted
      .map((one): MutedReason => ({ reason: one.reason, by: one.notRelevant.size > 2 ? 'several' : 'one or two', own: ownOf(one) }))
      .toSorted((a, b) => (a.reason < b.reason ? -1 : 1)),
    own: own.filter((key) => !muted.some(({ reason }) => reason === key)),
  };
}
