/** @jsxImportSource hono/jsx */
import { type NamedChannel, RepostAnswer, RevokeAnswer, SlackChannelsAnswer, SlackPostsAnswer } from '../../../core/operator/slack-api.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { refusal } from '../../shared/pages/refusals.tsx';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage } from '../guard.ts';
import { question } from '../parts.tsx';
import { readPostmortem } from '../postmortems/one.tsx';
import { postmortemPath } from '../postmortems/words.ts';
import { notHere, refusedBy } from '../refusals.ts';
import { counted } from '../words.ts';
import { channelName, readersOf } from './posts.tsx';

/** Ask whether to post a postmortem in a channel, or to take its links back, and do it. */
export const slackPages = (deps: HomeDeps): PageRoute[] => [repostPage(deps), linksPage(deps)];

const idIn = ({ params }: { readonly params: Readonly<Record<string, string>> }): string => params.postmortem ?? '';
const postsPath = (id: string) => `/operator/slack/posts?postmortem=${encodeURIComponent(id)}` as const;

const repostPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/postmortems/{postmortem}/repost',
    asks: true,
    async get(visit): Promise<HttpAnswer> {
      const id = idIn(visit.request);
      const postmortem = await readPostmortem(visit, id);
      const [{ channels }, { posts }] = await Promise.all([
        visit.api.read('/operator/slack/channels', SlackChannelsAnswer),
        visit.api.read(postsPath(id), SlackPostsAnswer),
      ]);
      const standing = new Set(posts.filter(({ canRepost }) => !canRepost).map(({ channel }) => channel));
      const named: readonly Choice[] = channels.flatMap(({ channel, ...one }) => (channel === undefined ? [] : [{ ...one, channel }]));
      const others = posts.filter(({ channel }) => !named.some((one) => one.channel === channel));
      const offered = [...named, ...others].filter(({ channel }) => !standing.has(channel));
      const title = `Post “${postmortem.title}” in a channel?`;
      const no = { words: 'Leave it', href: postmortemPath(id) };
      if (offered.length === 0) return noChannel(no.href);
      return question({
        ...visit,
        title,
        here: '/home/postmortems',
        says: [
          'It is posted within seconds, as the readers of the channel may see it now, also if it is older than what is posted by itself.',
          'Where nobody knows whether it was posted, look into the channel first: it may stand there already.',
        ],
        action: postmortemPath(id, '/repost'),
        fields: <ChannelField offered={offered} chosen={visit.request.query.get('channel') ?? ''} />,
        yes: 'Post it',
        no,
      });
    },
    post: {
      async answer(visit) {
        const id = idIn(visit.request);
        const channel = visit.request.form.get('channel') ?? '';
        const { problem } = await visit.api.ask(
          { method: 'POST', path: `/operator/slack/${encodeURIComponent(id)}/repost`, body: { channel } },
          RepostAnswer,
        );
        if (!problem) return seeOther(postmortemPath(id, '?done=repost'));
        return problem.status === 404 ? notHere() : refusedBy(problem, postmortemPath(id));
      },
    },
  });

type Choice = Pick<NamedChannel, 'name' | 'audience'> & { readonly channel: string; readonly standing?: string };

const ChannelField = ({ offered, chosen }: { readonly offered: readonly Choice[]; readonly chosen: string }) => (
  <label class="field">
    Channel
    <select name="channel">
      {offered.map((one) => (
        <option value={one.channel} selected={one.channel === chosen}>
          {channelName(one)}, {readersOf(one.audience)}
          {one.standing === undefined || one.standing === 'ready' ? '' : ` (${one.standing})`}
        </option>
      ))}
    </select>
  </label>
);

const noChannel = (back: string): HttpAnswer =>
  refusal(409, {
    heading: 'There is no other channel',
    texts: ['The distribution file names no channel in which it does not stand, or is under way, already. Nothing was changed.'],
    way: { href: back, words: 'Back to the postmortem' },
  });

const linksPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/postmortems/{postmortem}/links',
    asks: true,
    async get(visit) {
      const id = idIn(visit.request);
      const [postmortem, { posts }] = await Promise.all([readPostmortem(visit, id), visit.api.read(postsPath(id), SlackPostsAnswer)]);
      const linked = posts.filter(({ hasLink }) => hasLink);
      return question({
        ...visit,
        title: `Take the links of “${postmortem.title}” back?`,
        here: '/home/postmortems',
        says: [
          linked.length === 0
            ? 'None of its posts has a link.'
            : `${counted(linked.length, 'link')} in ${linked.map(channelName).join(', ')} will open nothing any more, wherever somebody passed ${linked.length === 1 ? 'it' : 'them'} on to.`,
          'Its posts stay, without a link, and get no new one. Whoever may read it finds it in the archive. To keep it from everybody, restrict it.',
        ],
        action: postmortemPath(id, '/links'),
        yes: 'Take them back',
        no: { words: 'Leave them', href: postmortemPath(id) },
        isDanger: true,
      });
    },
    post: {
      async answer(visit) {
        const id = idIn(visit.request);
        const { body, problem } = await visit.api.ask(
          { method: 'DELETE', path: `/operator/slack/${encodeURIComponent(id)}/links` },
          RevokeAnswer,
        );
        if (!problem) return seeOther(postmortemPath(id, `?done=${body.revoked > 0 ? 'links' : 'same'}`));
        return problem.status === 404 ? notHere() : refusedBy(problem, postmortemPath(id));
      },
    },
  });
