import { type ShownPost, SlackPostsAnswer } from '../../../core/operator/slack-api.ts';
import { postWords } from '../../../core/operator/slack-words.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { columns, printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';
import { channelOf, heldLine, waitingPost } from './lines.ts';

export const postsHelp = `
Without a postmortem: first the posts that still show what has to go; then those of the last two weeks that Slack refused, or of
which nobody knows whether they arrived.

Examples:
  afterword slack posts
  afterword slack posts checkout-outage`;

const standings: Readonly<Record<string, string>> = {
  told: 'Slack should show revision',
  retracted: 'It was taken back, by revision',
  hidden: 'It may not be shown, by revision',
};

/** Shows each post of a postmortem, or of all those that wait for somebody. */
export async function listPosts({ api, terminal }: Session, postmortem?: string): Promise<ExitCode> {
  const query = postmortem === undefined ? '' : `?postmortem=${encodeURIComponent(postmortem)}`;
  const { body } = await api({ method: 'GET', path: `operator/slack/posts${query}` }, SlackPostsAnswer);
  terminal.say(...(postmortem === undefined ? waitingLines(body) : linesOf(body, postmortem)));
  terminal.answer(body);
  return exitCodes.ok;
}

const waitingLines = ({ posts }: SlackPostsAnswer): string[] => (posts.length === 0 ? ['No post waits for you.'] : posts.map(waitingPost));

function linesOf({ posts, wanted, toCome = [], held }: SlackPostsAnswer, postmortem: string): string[] {
  const id = printableLine(postmortem);
  const told = wanted ? [`${standings[wanted.standing] ?? printableLine(wanted.standing)} ${wanted.revision}.`] : [];
  const coming = [
    ...(toCome.length > 0 ? [`On its way, by itself: ${toCome.map(channelOf).join(', ')}.`] : []),
    ...(held ? [heldLine(held)] : []),
  ];
  if (posts.length === 0)
    return [
      toCome.length > 0 ? `${id} is not posted yet.` : `${id} was posted in no channel.`,
      ...told,
      ...coming,
      ...(toCome.length === 0 && wanted?.standing === 'told' ? [`Post it: afterword slack repost ${id} CHANNEL`] : []),
    ];
  const again = posts.filter(({ canRepost }) => canRepost);
  return [
    ...columns(['CHANNEL', 'AUDIENCE', 'STATE', 'SINCE (UTC)', 'LINK'], posts.map(rowOf)),
    '',
    ...told,
    ...coming,
    ...again.map((post) => `Post it again: afterword slack repost ${id} ${channelOf(post).replace(/^#/, '')}`),
  ];
}

const rowOf = (post: ShownPost): string[] => [
  channelOf(post),
  post.audience,
  postWords(post),
  post.since === undefined ? '-' : toTheMinute(post.since),
  post.hasLink ? 'yes' : 'no',
];
