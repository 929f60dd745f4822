import { localDay } from '../../core/calendar/period.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { blindedReader, type Reading } from '../../core/readership/reading.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import { type Topic, topicOf } from '../../core/subscriber/topic.ts';
import type { WebDeps } from './deps.ts';

/** The key of somebody's team. Undefined: they have none. */
export const teamKeyOf = ({ team }: Pick<Profile, 'team'>): Topic | undefined => (team === undefined ? undefined : topicOf('team', team));

/** Keeps that somebody read a postmortem, by their team and without their name. */
export async function keepReading(
  postmortem: PostmortemId,
  { how, reason }: Pick<Reading, 'how' | 'reason'>,
  { sid, team }: Pick<Profile, 'sid' | 'team'>,
  { organisation }: Pick<Distribution, 'organisation'>,
  { readings, identitySecret, now }: Pick<WebDeps, 'readings' | 'identitySecret' | 'now'>,
): Promise<void> {
  const key = teamKeyOf({ team });
  await readings.put({
    postmortem,
    blinded: blindedReader(postmortem, sid, await identitySecret()),
    ...(key !== undefined && { team: key }),
    on: localDay(now(), organisation.zone).toString(),
    how,
    ...(reason !== undefined && { reason }),
  });
}
