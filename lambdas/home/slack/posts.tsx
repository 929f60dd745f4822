/** @jsxImportSource hono/jsx */
import type { PostmortemAnswer } from '../../../core/intake/api.ts';
import { type ShownPost, SlackPostsAnswer, type SlackWaits } from '../../../core/operator/slack-api.ts';
import { postWords, refusalWords } from '../../../core/operator/slack-words.ts';
import { audiences } from '../../../core/stream/audience.ts';
import { RouteRefused } from '../api.ts';
import type { Visit } from '../guard.ts';
import { Of, When } from '../parts.tsx';
import { audienceWords, postmortemPath } from '../postmortems/words.ts';

/** `#incident-pms`, or the id of a channel that is not listed. */
export const channelName = ({ name, channel }: Pick<ShownPost, 'name' | 'channel'>): string => (name === undefined ? channel : `#${name}`);

/** Whose rendition it shows. An audience of a later release is named as it is. */
export const readersOf = (audience: string): string => {
  const known = audiences.find((one) => one === audience);
  return known ? audienceWords[known] : audience;
};

/** How a post stands, as a sentence. */
export const sentence = (post: Pick<ShownPost, 'state' | 'shown' | 'code' | 'mustGo'>): string => {
  const words = postWords(post);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
};

/** The posts of a postmortem. Undefined from a stack without Slack. */
export async function postsOf({ api }: Visit, postmortem: string): Promise<SlackPostsAnswer | undefined> {
  const path = `/operator/slack/posts?postmortem=${encodeURIComponent(postmortem)}` as const;
  const { body, problem } = await api.ask({ method: 'GET', path }, SlackPostsAnswer);
  if (problem && problem.status !== 409) throw new RouteRefused(problem);
  return body;
}

const looks: Readonly<Record<string, string>> = { posted: 'ok', refused: 'sev1', unconfirmed: 'sev1', lost: 'sev2', doubtful: 'sev2' };
const names: Readonly<Record<string, string>> = {
  absent: 'To be posted',
  posting: 'Being posted',
  doubtful: 'In doubt',
  posted: 'Posted',
  refused: 'Refused',
  lost: 'Deleted',
  unconfirmed: 'Unconfirmed',
};
/** The state of a post in a word. */
export const PostPill = ({ post: { state, code, mustGo } }: { readonly post: Pick<ShownPost, 'state' | 'code' | 'mustGo'> }) => (
  <span class={`pill ${code === undefined && !mustGo ? (looks[state] ?? '') : 'sev1'}`}>
    {mustGo ? 'Has to go' : (names[state] ?? state)}
  </span>
);

interface Props {
  readonly slack: SlackPostsAnswer;
  readonly postmortem: PostmortemAnswer;
  readonly visit: Visit;
}

/** Where a postmortem stands in Slack, with what can be done about it. */
export const PostsOf = ({ slack: { posts, wanted, toCome = [] }, postmortem: { id }, visit }: Props) => (
  <section class="panel" aria-labelledby="slack">
    <h2 id="slack">In Slack</h2>
    {toCome.length > 0 && <p>On its way, by itself: {toCome.map(channelName).join(', ')}.</p>}
    {posts.length === 0 ? (
      toCome.length === 0 && <p>It was posted in no channel.</p>
    ) : (
      <table class="list">
        <caption class="unseen">Its posts, by channel</caption>
        <thead>
          <tr>
            <th scope="col">Channel</th>
            <th scope="col">State</th>
            <th scope="col">Link</th>
            <th scope="col">Acts</th>
          </tr>
        </thead>
        <tbody>
          {posts.map((post) => (
            <tr>
              <th scope="row">
                {channelName(post)}
                <small class="m block">{readersOf(post.audience)}</small>
              </th>
              <td>
                <PostPill post={post} />
                <small class="m block">
                  {sentence(post)}
                  {post.since && (
                    <>
                      {' '}
                      Since <When at={post.since} visit={visit} />.
                    </>
                  )}
                </small>
              </td>
              <td data-label="Link">{post.hasLink ? 'Yes' : 'No'}</td>
              <td class="end">
                {post.canRepost && wanted?.standing === 'told' && (
                  <a class="button soft" href={repostPath(id, post.channel)}>
                    Post again
                    <Of what={channelName(post)} />
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
    <p class="acts">
      {(wanted === undefined || wanted.standing === 'told') && (
        <a class="button soft" href={repostPath(id)}>
          Post in a channel
        </a>
      )}
      {posts.some(({ hasLink }) => hasLink) && (
        <a class="button soft danger" href={postmortemPath(id, '/links')}>
          Take its links back
        </a>
      )}
    </p>
  </section>
);

export const repostPath = (id: string, channel?: string): string =>
  postmortemPath(id, `/repost${channel === undefined ? '' : `?channel=${encodeURIComponent(channel)}`}`);

/** Posts that still show what has to go: nothing is more urgent. */
export const UrgentPosts = ({ slack: { posts }, visit }: { readonly slack: SlackWaits; readonly visit: Visit }) => (
  <>
    {posts
      .filter(({ mustGo }) => mustGo)
      .map((post) => (
        <WaitingPost post={post} visit={visit} />
      ))}
  </>
);

/** What else waits for an operator: that Slack is left alone, and posts that they can settle. */
export const SlackNeeds = ({ slack: { held, posts }, visit }: { readonly slack: SlackWaits; readonly visit: Visit }) => (
  <>
    {held && (
      <li>
        <span class="pill sev2">Stopped</span>
        <div>
          Nothing is posted in <strong>Slack</strong> until <When at={held.until} visit={visit} />.
          <small class="m block">Slack says: {refusalWords(held.why)}. Posts wait and are not lost.</small>
        </div>
      </li>
    )}
    {posts
      .filter(({ mustGo }) => !mustGo)
      .map((post) => (
        <WaitingPost post={post} visit={visit} />
      ))}
  </>
);

const WaitingPost = ({ post, visit }: { readonly post: ShownPost; readonly visit: Visit }) => (
  <li>
    {post.mustGo ? <PostPill post={post} /> : <span class="pill sev2">{names[post.state] ?? post.state}</span>}
    <div>
      The post of <strong>{post.postmortem}</strong> in {channelName(post)}.
      <small class="m block">
        {sentence(post)}
        {post.since && (
          <>
            {' '}
            Since <When at={post.since} visit={visit} />.
          </>
        )}
      </small>
    </div>
    <div class="acts">
      <a class="button soft" href={`${postmortemPath(post.postmortem)}#slack`}>
        Look
        <Of what={`${post.postmortem} in ${channelName(post)}`} />
      </a>
    </div>
  </li>
);
