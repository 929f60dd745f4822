import type { Distribution } from '../distribution/distribution.ts';
import type { MemberPress, TeamFeedback } from '../relevance/ports.ts';
import { blindedMember, type ReasonPress } from '../relevance/team-feedback.ts';
import { widestAudience } from '../stream/audience.ts';
import { audienceOf, type StreamName, streamsOf } from '../stream/stream.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { isSameAddress } from '../subscriber/subscriber-id.ts';
import { isSubscribed } from '../subscriber/subscription.ts';
import { type Topic, topicOf } from '../subscriber/topic.ts';
import { type ChangeDeps, type ChangeOutcome, changeSettings, type ReadersAct } from './change-settings.ts';
import { isOffered } from './choices.ts';

export interface SayDeps extends ChangeDeps {
  readonly teamFeedback: Pick<TeamFeedback, 'press' | 'undo'>;
}

/** What somebody says of a reason for which postmortems come first for their team. */
export interface Said {
  /** The key of their team. Absent: they have none, and it counts for themselves alone. */
  readonly team?: Topic | undefined;
  /** The reason's key. */
  readonly reason: string;
  readonly says: ReasonPress;
}

/**
 * Counts what a reader says of a reason: for their team by the rule of `isMuted`, and for
 * themselves at once, in the settings of the streams that they get. "useful" ends what they called
 * not relevant before. `isLead`: it counts as a lead's. The second time it changes nothing. Throws
 * PersonInDispute.
 */
export async function sayOfReason(
  profile: Profile,
  said: Said & { readonly isLead: boolean },
  act: ReadersAct,
  deps: SayDeps,
): Promise<ChangeOutcome> {
  const pressed = await memberPress(profile, said, deps);
  if (pressed) await deps.teamFeedback.press({ ...pressed, isLead: said.isLead });
  return said.says === 'useful' ? forgetReason(profile, said.reason, act, deps) : keepReason(profile, said.reason, act, deps);
}

/** Takes it back. Nothing changes where they do not say that. Throws PersonInDispute. */
export async function unsayOfReason(profile: Profile, said: Said, act: ReadersAct, deps: SayDeps): Promise<ChangeOutcome> {
  const pressed = await memberPress(profile, said, deps);
  if (pressed) await deps.teamFeedback.undo(pressed);
  if (said.says === 'useful') return { kind: 'saved', profile, changed: [] };
  return forgetReason(profile, said.reason, act, deps);
}

/** Whether somebody leads a team, as the distribution file says. Deputies do not. */
export const isLeadOf = (team: Topic | undefined, { address }: Pick<Profile, 'address'>, { teams }: Pick<Distribution, 'teams'>): boolean =>
  team !== undefined &&
  teams.some(({ name, leads = [] }) => topicOf('team', name) === team && leads.some((lead) => isSameAddress(lead, address)));

/** What somebody called not relevant, the newest last. */
export const calledNotRelevant = ({ streams }: Pick<Profile, 'streams'>): string[] => [
  ...new Set(Object.values(streams).flatMap((settings) => settings?.notRelevant ?? [])),
];

async function memberPress(
  { sid }: Profile,
  { team, reason, says }: Said,
  { identitySecret }: Pick<SayDeps, 'identitySecret'>,
): Promise<MemberPress | undefined> {
  return team === undefined ? undefined : { team, reason, says, member: blindedMember(team, reason, sid, await identitySecret()) };
}

/** In the streams in which postmortems come first for a team. */
function keepReason(profile: Profile, reason: string, act: ReadersAct, deps: SayDeps): Promise<ChangeOutcome> {
  const theirs = streamsOf(profile.realm).filter(
    (stream) =>
      audienceOf(stream) === widestAudience &&
      isOffered(deps.distribution, stream, profile.realm) &&
      isSubscribed(profile, stream, deps.distribution, deps.now()),
  );
  return changed(profile, theirs, { add: [reason], remove: [] }, act, deps);
}

function forgetReason(profile: Profile, reason: string, act: ReadersAct, deps: SayDeps): Promise<ChangeOutcome> {
  const having = streamsOf(profile.realm).filter((stream) => profile.streams[stream]?.notRelevant?.includes(reason));
  return changed(profile, having, { add: [], remove: [reason] }, act, deps);
}

const changed = (
  profile: Profile,
  streams: readonly StreamName[],
  notRelevant: { readonly add: readonly string[]; readonly remove: readonly string[] },
  act: ReadersAct,
  deps: SayDeps,
): Promise<ChangeOutcome> =>
  changeSettings(profile, { streams: Object.fromEntries(streams.map((stream) => [stream, { notRelevant }])) }, act, deps);
