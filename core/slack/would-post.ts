import type { Distribution } from '../distribution/distribution.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { isConcerned } from '../rendition/renditions.ts';
import { channelsFor, channelsIn, isPostNews } from './channels-for.ts';
import type { SlackChannel } from './slack-post.ts';
import { wantedPostOf } from './wanted-post.ts';

/**
 * The channels of Slack that get a revision, as the file names them, in words for the author. Empty
 * if none does, and where the stack has no Slack. Whether the workspace has these channels, and
 * where posts stand already, is not looked at.
 */
export function wouldPost(stored: StoredPostmortem, distribution: Distribution | undefined): string[] {
  const { postmortem, owed, revision } = stored;
  if (!distribution?.slack || !owed.includes('slack') || !isTellable(postmortem)) return [];
  const wanted = wantedPostOf(stored);
  const channels = [...new Set(channelsIn(distribution).map(({ named }) => named))].map(byItsName);
  const begun = isPostNews(wanted, distribution.slack) ? channelsFor(wanted, distribution, channels) : [];
  const told = begun.filter(({ audience }) => isConcerned(audience, postmortem));
  // What stands follows each revision, also in channels that the file no longer names.
  const others = revision > 1 ? ['Posts of it in Slack, where there are some: edited at once'] : [];
  return [...told.map(({ channel, audience }) => `${channel} in Slack, at once, as ${audience} sees it`), ...others];
}

/** A channel that goes by the name in the file. */
const byItsName = (named: string): SlackChannel => ({
  ...{ id: named, name: named.replace(/^#/, '') },
  ...{ isMember: true, isArchived: false, isShared: false, isPrivate: false },
});
