import { showChannels, showPosts } from '../../core/operator/show-slack.ts';
import { type RefreshAnswer, type RepostAnswer, RepostRequest, type RevokeAnswer } from '../../core/operator/slack-api.ts';
import { isTellable, PostmortemId } from '../../core/postmortem/postmortem.ts';
import { isConcerned } from '../../core/rendition/renditions.ts';
import { Refused } from '../../core/shared/errors.ts';
import { nearest } from '../../core/shared/nearest.ts';
import { audienceIn, channelResolver } from '../../core/slack/channels-for.ts';
import { repost } from '../../core/slack/repost.ts';
import { revokeLinks } from '../../core/slack/revoke-links.ts';
import type { SlackChannel } from '../../core/slack/slack-post.ts';
import { wantedPostOf } from '../../core/slack/wanted-post.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

/** Routes for posts in Slack, for the channels that get them, and for the links in them. */
export const slackRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'GET', path: '/operator/slack/channels', scope: 'read', answer: () => channels(deps) },
  { method: 'POST', path: '/operator/slack/channels/refresh', scope: 'send', answer: () => refresh(deps) },
  { method: 'GET', path: '/operator/slack/posts', scope: 'read', answer: (call) => posts(call, deps) },
  { method: 'POST', path: '/operator/slack/{postmortem}/repost', scope: 'send', answer: (call) => postAgain(call, deps) },
  { method: 'DELETE', path: '/operator/slack/{postmortem}/links', scope: 'send', answer: (call) => revoke(call, deps) },
];

async function channels({ slack }: OperatorDeps) {
  requireSlack(slack);
  return jsonAnswer(200, await showChannels(slack));
}

async function refresh({ slack }: OperatorDeps) {
  requireSlack(slack);
  const list = await slack.channels.read();
  await slack.ask({ refresh: 'channels' });
  return jsonAnswer(202, (list ? { listedAt: list.at } : {}) satisfies typeof RefreshAnswer._output);
}

async function posts({ query }: Call, { slack }: OperatorDeps) {
  requireSlack(slack);
  const wanted = query.get('postmortem');
  return jsonAnswer(200, await showPosts(wanted === null ? undefined : idIn({ postmortem: wanted }), slack));
}

async function postAgain({ event, params, caller }: Call, deps: OperatorDeps) {
  const postmortem = idIn(params);
  const { slack } = deps;
  requireSlack(slack);
  const { channel: named } = readJsonBody(event, RepostRequest);
  const [stored, applied, list] = await Promise.all([slack.stored(postmortem), slack.file.read(), slack.channels.read()]);
  if (!stored) throw new HttpProblem(404, { detail: unknownPostmortem });
  if (!isTellable(stored.postmortem)) throw new HttpProblem(409, { detail: untellable });
  const settings = applied?.distribution.slack;
  if (!applied || !settings)
    throw new HttpProblem(409, {
      detail: 'The distribution file in force has no slack:, so nothing is posted. Add it, then: afterword apply',
    });
  const channels = list?.channels ?? [];
  const id = channelIn(named, channels);
  const found = channels.find((one) => one.id === id);
  const audience = audienceIn(id, applied.distribution, channels) ?? 'engineering';
  if (!isConcerned(audience, stored.postmortem))
    throw new HttpProblem(409, { detail: `The readers of this channel (${audience}) have nothing to see of it. Nothing was posted.` });
  // A postmortem that is older than Slack in this stack has none yet. What is stored later stays.
  await slack.wanted.put(wantedPostOf(stored));
  const before = await slack.posts.read(postmortem, id);
  switch (await repost(postmortem, id, audience, slack)) {
    case 'not to be told':
      throw new HttpProblem(409, { detail: untellable });
    case 'under way':
      throw new HttpProblem(409, { detail: `It is under way already. See: afterword slack posts ${postmortem}` });
    case 'changed':
      throw new HttpProblem(503, { detail: 'The post changed meanwhile. Do the same again.', headers: { 'retry-after': '2' } });
    case 'asked for':
    case 'looked at':
      if (!before?.asked || before.post.state !== 'absent')
        await leaveLine(deps, caller.id, 'post repeated', { postmortem, channel: id, by: caller.label });
      return jsonAnswer(202, { postmortem, channel: id, ...(found && { name: found.name }), audience } satisfies RepostAnswer);
  }
}
const unknownPostmortem = 'There is no postmortem with this id. List them with: afterword postmortems list';
const untellable = 'It may not be told: it is a draft, restricted or retracted. Nothing was posted.';

/** A channel by its id, or by its name with or without the `#`: shells take `#` for a comment. */
function channelIn(named: string, channels: readonly SlackChannel[]): string {
  const isId = /^[CG][A-Z0-9]{8,20}$/.test(named);
  const id = isId ? named : channelResolver(channels)(named.startsWith('#') ? named : `#${named}`);
  if (id !== undefined) return id;
  const meant = nearest(
    named.replace(/^#/, ''),
    channels.map(({ name }) => name),
  );
  const remedy = meant === undefined ? 'See: afterword slack channels --refresh' : `Did you mean ${meant}?`;
  throw new Refused('content', [{ field: 'channel', problem: 'is none of the workspace that the app may see', remedy }]);
}

/** Links end wherever there are some, also where the stack has no Slack any more. */
async function revoke({ params, caller }: Call, deps: OperatorDeps) {
  const postmortem = idIn(params);
  const { slack } = deps;
  const [posted, before] = await Promise.all([slack.posts.list(postmortem), slack.links.revokedAt(postmortem)]);
  if (posted.length === 0) {
    requireSlack(slack);
    // Of one that was published just now, the posts may still come.
    if (!(await slack.stored(postmortem))) throw new HttpProblem(404, { detail: unknownPostmortem });
  }
  const revoked = await revokeLinks(postmortem, slack);
  if (revoked > 0 || before === undefined)
    await leaveLine(deps, caller.id, 'links revoked', { postmortem, links: revoked, by: caller.label });
  // Also where nothing was left to revoke: a call that died in between asked for no edit.
  if (slack.isDeployed) await slack.ask({ postmortem });
  return jsonAnswer(200, { postmortem, revoked, edits: slack.isDeployed } satisfies RevokeAnswer);
}

function idIn({ postmortem }: Call['params']): PostmortemId {
  const read = PostmortemId.safeParse(postmortem);
  if (!read.success) throw new HttpProblem(400, { detail: 'postmortem: an id such as pm-2026-11-17-checkout.' });
  return read.data;
}

function requireSlack({ isDeployed }: Pick<OperatorDeps['slack'], 'isDeployed'>): void {
  if (!isDeployed) throw new HttpProblem(409, { detail: noSlack });
}

const noSlack =
  'This stack has no Slack. Give deploy.yaml the secret with the token of your app (slack: { token: … }) and deploy: docs/slack.md says how, in ten minutes.';
