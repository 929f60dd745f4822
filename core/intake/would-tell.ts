import type { Distribution } from '../distribution/distribution.ts';
import { alertsFor } from '../distribution/stream-rules.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { weekMs } from '../shared/duration.ts';
import { publishedStreams } from '../stream/stream.ts';
import { lateWeeks } from './news.ts';

/**
 * The streams whose readers would be told of a postmortem, and when. Empty if nobody would be. The
 * filters of readers are not looked at.
 */
export function wouldTell(stored: StoredPostmortem, distribution: Distribution | undefined, now: Date): string[] {
  const { postmortem, owed, publication } = stored;
  if (!isTellable(postmortem) || distribution === undefined) return [];
  const digests = publishedStreams.filter((stream) => distribution.streams[stream] !== undefined);
  const age = now.getTime() - Date.parse(postmortem.publishedAt ?? now.toISOString());
  return [
    ...(owed.includes('alert') ? alertsFor(distribution, postmortem.severity).map(({ stream }) => `${stream}, at once`) : []),
    ...(owed.includes('published') ? digests.map((stream) => `${stream}, who want each postmortem as it is published`) : []),
    ...(publication !== 'history' && age < lateWeeks * weekMs ? digests.map((stream) => `${stream}, in its next edition`) : []),
  ];
}
