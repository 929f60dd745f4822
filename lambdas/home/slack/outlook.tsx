/** @jsxImportSource hono/jsx */
import { type ChannelOutlook, type PostOutlook, slackOutlook } from '../../../core/authoring/slack-outlook.ts';
import type { PostContent } from '../../../core/content/post-content.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { audienceRows } from '../../../core/stream/audience.ts';
import type { HomeDeps } from '../deps.ts';
import type { Visit } from '../guard.ts';
import { CardText } from '../parts.tsx';
import { counted } from '../words.ts';
import { PostPill, sentence } from './posts.tsx';

/** What Slack gets of a revision, or has of it. Empty where the stack has no Slack. */
export async function slackOutlookOf(
  stored: StoredPostmortem,
  { distribution, now }: Pick<Visit, 'distribution' | 'now'>,
  { operator }: HomeDeps,
) {
  const { isDeployed, channels, posts } = operator.slack;
  if (!isDeployed) return [];
  const { id } = stored.postmortem;
  const [list, rows, actions] = await Promise.all([channels.read(), posts.list(id), operator.actions.of(id)]);
  return slackOutlook(stored, distribution, { channels: list?.channels, rows, actions, now });
}

/** Why a channel gets nothing, and who mends it. */
const standings: Readonly<Record<string, string>> = {
  'not joined': 'Gets nothing: the app is not in it. Somebody of the channel invites it.',
  archived: 'Gets nothing: it is archived.',
  shared: 'Gets nothing: another company reads it.',
  missing: 'Gets nothing: Slack has no such channel.',
};
const standingOf = ({ standing, post }: ChannelOutlook): string | undefined =>
  standing === undefined || post !== undefined ? undefined : (standings[standing] ?? standing);

/** Whether it gets a post, or its post follows. */
const isReached = (one: ChannelOutlook): boolean =>
  standingOf(one) === undefined && !['lost', 'unconfirmed'].includes(one.post?.state ?? '');

/** `#incident-pms, #payments (edited in place)`: channels that get a revision. Empty for none. */
export const channelsTold = (outlook: readonly PostOutlook[]): string =>
  outlook
    .flatMap(({ channels }) => channels)
    .filter(isReached)
    .map(({ name, post }) => (post ? `${name} (edited in place)` : name))
    .join(', ');

/** The post of each audience as a card, with the channels that get it or have it. */
export const PostCards = ({ outlook }: { readonly outlook: readonly PostOutlook[] }) => (
  <div class="cards">
    {outlook.map(({ audience, channels, content }) => (
      <article class="card">
        <header>
          <h3>{channels.map(({ name }) => name).join(', ')}</h3>
          <small class="m block">{audienceRows[audience].name}</small>
        </header>
        <div class="body">
          <ul class="found">
            {channels.map((one) => (
              <Channel one={one} />
            ))}
          </ul>
          {content ? <Post content={content} /> : <p class="m">Its posts show nothing of the postmortem.</p>}
        </div>
      </article>
    ))}
  </div>
);

const Channel = ({ one }: { readonly one: ChannelOutlook }) => (
  <li>
    {one.post ? <PostPill post={one.post} /> : <span class="pill">{standingOf(one) === undefined ? 'To come' : 'Not posted'}</span>}
    <div class="what">
      {one.name}
      <small class="m block">
        {one.post ? sentence(one.post) : (standingOf(one) ?? (one.members === undefined ? '' : counted(one.members, 'member')))}
      </small>
    </div>
  </li>
);

const Post = ({ content: { banner, title, meta, parts } }: { readonly content: PostContent }) => (
  <>
    {banner && <p class="said open small">{banner}</p>}
    <CardText title={title} meta={meta} parts={parts} />
  </>
);
