import type { ShownPost, SlackWaits } from '../../../core/operator/slack-api.ts';
import { postWords, refusalWords } from '../../../core/operator/slack-words.ts';
import { printableLine, toTheMinute } from '../printable.ts';

/** That nothing can be posted for now. */
export const heldLine = ({ until, why }: NonNullable<SlackWaits['held']>): string =>
  `Nothing can be posted in Slack: ${printableLine(refusalWords(why))}. It is tried again at ${toTheMinute(until)} UTC. Posts wait and are not lost.`;

/** `#incident-pms`, or the id of a channel that is not listed. */
export const channelOf = ({ name, channel }: Pick<ShownPost, 'name' | 'channel'>): string =>
  name === undefined ? printableLine(channel) : `#${printableLine(name)}`;

/** One line for a post that waits for somebody. */
export const waitingPost = (post: ShownPost): string =>
  `The post of ${printableLine(post.postmortem)} in ${channelOf(post)}${post.since ? `, since ${toTheMinute(post.since)} UTC` : ''}: ${printableLine(postWords(post))}. See: afterword slack posts ${printableLine(post.postmortem)}`;
