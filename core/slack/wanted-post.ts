import { newsDateOf } from '../postmortem/news.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { WantedPost } from './slack-post.ts';

/**
 * What Slack should show of a revision. A restriction wins over a retraction, because a post that
 * is struck still shows its title.
 */
export function wantedPostOf(stored: StoredPostmortem): WantedPost {
  const { postmortem, revision, updatedAt } = stored;
  const { id, severity, services, owningTeam: team } = postmortem;
  const wanted = { postmortem: id, revision, updatedAt };
  if (!isTellable(postmortem)) {
    const isStruck = postmortem.status === 'retracted' && !postmortem.restricted;
    return { ...wanted, standing: isStruck ? 'retracted' : 'hidden' };
  }
  const newsDate = newsDateOf(stored);
  const told = { severity, services, ...(team !== undefined && { team }), ...(newsDate !== undefined && { newsDate }) };
  return { ...wanted, standing: 'told', told };
}
