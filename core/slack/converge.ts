import type { ActionLedger } from '../action/ports.ts';
import { dayOf } from '../calendar/period.ts';
import type { PostSettings } from '../content/post-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf, severityLabels } from '../distribution/severity-label.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { RenditionReader } from '../rendition/renditions.ts';
import { dayMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { Audience } from '../stream/audience.ts';
import { linkAddress, linkHash } from './capability-link.ts';
import { audienceIn, channelsFor, isPostNews } from './channels-for.ts';
import {
  bookedWithinMs,
  type ChannelList,
  type PostLinks,
  type PostQueue,
  type Slack,
  type SlackPace,
  type SlackPosts,
  type WantedPosts,
} from './ports.ts';
import {
  after,
  begin,
  nextStep,
  type PostEvent,
  type PostFacts,
  type PostHandled,
  type PostState,
  type PostStep,
  type Target,
  throttles,
} from './post-step.ts';
import { type ChannelId, isLinkRevoked, type Shown, type SlackChannel, type SlackPostRow, type WantedPost } from './slack-post.ts';
import { type WantedView, wantedView } from './wanted-view.ts';

export interface ConvergeDeps extends RenditionReader {
  readonly posts: Pick<SlackPosts, 'read' | 'create' | 'replace'>;
  readonly wanted: Pick<WantedPosts, 'read'>;
  readonly links: Pick<PostLinks, 'put' | 'revoke' | 'revokedAt'>;
  /** May be old. */
  readonly list: Pick<ChannelList, 'read'>;
  readonly actions: Pick<ActionLedger, 'list'>;
  readonly pace: SlackPace;
  /** `channel` may be seconds old: see knownChannels. */
  readonly slack: Omit<Slack, 'channels'>;
  readonly queue: PostQueue;
  readonly distribution: () => Promise<Distribution | undefined>;
  /** Of the stage, without a trailing slash. */
  readonly publicUrl: string;
  readonly now: () => Date;
  readonly remainingMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly newOwner: () => string;
  /** Random, by which a post's message is found again. */
  readonly newKey: () => string;
  /** See newCapabilityLink. */
  readonly newLink: () => string;
}

/** Which post. */
interface PostId {
  readonly postmortem: PostmortemId;
  readonly channel: ChannelId;
}

/** How long a link opens something. */
const linkMs = 400 * dayMs;

/**
 * Makes one post show what is wanted. `post-step.ts` decides each step, and docs/adr/059-posts.md
 * says what is left behind if the worker dies at one of them. Every answer is acknowledged: what is
 * not settled was sent again before. An error means that our own table or queue failed, and the
 * message comes again.
 */
export async function convergePost(id: PostId, deps: ConvergeDeps): Promise<PostHandled> {
  let state = begin(deps.newOwner());
  // Read with the view. Nothing is decided by it.
  let wanted: WantedPost | undefined;
  for (;;) {
    const step = nextStep(state, factsOf(deps));
    if (step.do === 'end') return end(step, id, deps);
    if (step.do === 'read wanted' || step.do === 'check wanted') wanted = await deps.wanted.read(id.postmortem);
    state = after(state, await act(step, state, wanted, id, deps), factsOf(deps));
  }
}

const factsOf = ({ now, remainingMs }: ConvergeDeps): PostFacts => ({ now: now().getTime(), remainingMs: remainingMs() });

async function end(step: Extract<PostStep, { do: 'end' }>, id: PostId, { pace, queue }: ConvergeDeps): Promise<PostHandled> {
  const { handled, delay, hold } = step;
  if (hold) await pace.holdUntil(hold.until, hold.why, hold.isOfChannel ? id.channel : undefined);
  if (delay !== undefined) await queue.send([id], delay);
  return handled;
}

/** Carries out one step. It contains no rule. */
async function act(
  step: Exclude<PostStep, { do: 'end' }>,
  state: PostState,
  wanted: WantedPost | undefined,
  id: PostId,
  deps: ConvergeDeps,
): Promise<PostEvent> {
  const { slack, links, posts } = deps;
  const key = state.row?.key ?? '';
  switch (step.do) {
    case 'read wanted':
      return { kind: 'wanted read', revision: wanted?.revision ?? 0 };
    case 'check wanted':
      return { kind: 'wanted checked', revision: wanted?.revision ?? 0 };
    case 'read row': {
      const row = await posts.read(id.postmortem, id.channel);
      return { kind: 'row read', ...(await whatToShow(id, wanted, row, state.channel, deps)) };
    }
    case 'take place':
      return { kind: 'place asked for', ...(await takePlace(id.channel, step.isFirst, deps)) };
    case 'ask channel':
      return { kind: 'channel told', answer: await slack.channel(id.channel) };
    case 'look':
      return { kind: 'looked', answer: await slack.find(id.channel, key, step.since) };
    case 'write': {
      const isOurs = step.row.version === 0 ? await posts.create({ ...step.row, version: 1 }) : await posts.replace(step.row);
      return { kind: 'written', step, isOurs };
    }
    case 'revoke link':
      await links.revoke(linkHash(step.link));
      return { kind: 'link revoked' };
    case 'put link':
      await putLink(step, state.row?.linkAfter, id, deps);
      return { kind: 'link put' };
    case 'post': {
      const answer = await slack.post(id.channel, key, step.view.content);
      return { kind: 'called', called: { call: 'post', shown: shownOf(step.view), answer } };
    }
    case 'update': {
      const answer = await slack.update(id.channel, step.ts, key, step.view.content);
      return { kind: 'called', called: { call: 'update', shown: shownOf(step.view), answer } };
    }
    case 'remove':
      return { kind: 'called', called: { call: 'remove', answer: await slack.remove(id.channel, step.ts) } };
    case 'remove second':
      return { kind: 'second removed', ts: step.ts, answer: await slack.remove(id.channel, step.ts) };
    default:
      return step satisfies never;
  }
}

const shownOf = ({ revision, view, hash }: WantedView): Shown => ({ revision, view, hash });

/**
 * Waits for a place that is near. Of one that is far it only tells. `isFirst`: it takes none, and
 * asks again also of a Slack that took nothing of us lately. What Slack's limits ask for counts.
 */
async function takePlace(
  channel: ChannelId,
  isFirst: boolean,
  { pace, now, wait }: ConvergeDeps,
): Promise<{ wait?: number; stopped?: string }> {
  const held = await pace.heldUntil();
  const isHeld = held && (!isFirst || throttles.has(held.why));
  if (isFirst && !isHeld) return {};
  if (held) return { wait: Math.max(1, Date.parse(held.until) - now().getTime()), stopped: held.why };
  const ms = await pace.book(channel);
  if (ms > bookedWithinMs) return { wait: ms };
  if (ms > 0) await wait(ms);
  return {};
}

/** The name of a private channel is told to nobody outside. */
async function putLink(
  { link, audience }: Extract<PostStep, { do: 'put link' }>,
  linkAfter: Instant | undefined,
  id: PostId,
  deps: ConvergeDeps,
): Promise<void> {
  const answer = await deps.slack.channel(id.channel);
  const channelName = answer.kind === 'ok' && !answer.value.isPrivate ? answer.value.name : undefined;
  const expiresAt = toInstant(new Date(deps.now().getTime() + linkMs));
  const name = channelName !== undefined && { channelName };
  await deps.links.put(linkHash(link), { ...id, audience, ...name, ...(linkAfter && { after: linkAfter }), expiresAt });
}

/** The list may be old, and lack names. What Slack told just now comes first. */
const knowing = (list: readonly SlackChannel[], told: SlackChannel | undefined): readonly SlackChannel[] =>
  told ? [told, ...list.filter(({ id }) => id !== told.id)] : list;

/**
 * The row, or the one that would be stored, and what its post should show. `told`: the channel as
 * Slack described it. Without it the audience may be wrong, and no text of it is posted.
 */
async function whatToShow(
  id: PostId,
  wanted: WantedPost | undefined,
  stored: SlackPostRow | undefined,
  told: SlackChannel | undefined,
  deps: ConvergeDeps,
): Promise<{ row: SlackPostRow; target: Target }> {
  // It is read again after each record, so a text with a link that was revoked meanwhile is edited.
  const [file, list, revokedAt] = await Promise.all([deps.distribution(), deps.list.read(), deps.links.revokedAt(id.postmortem)]);
  const channels = knowing(list?.channels ?? [], told);
  const channelName = channels.find((one) => one.id === id.channel)?.name;
  const named = audienceIn(id.channel, file, channels);
  const audience = named ?? stored?.audience ?? 'engineering';
  const row = stored ?? draftOf(id, audience, deps);
  const isOpen = file?.slack?.links !== 'sign-in';
  // A revoked link has no successor.
  const isWithout = row.link === undefined || isLinkRevoked(row, revokedAt);
  const link = isWithout ? undefined : audience === row.audience ? row.link : deps.newLink();
  const nextLink = isWithout ? undefined : deps.newLink();
  const isTarget = wanted !== undefined && channelsFor(wanted, file, channels).some(({ channel }) => channel === id.channel);
  const revision = stored?.post.state === 'posted' ? stored.post.shown.revision : 0;
  const [rendition, rows, shown] = await Promise.all([
    wanted?.standing === 'told' ? deps.renditions(audience, id.postmortem, wanted.revision) : undefined,
    wanted?.standing === 'told' ? deps.actions.list(id.postmortem) : [],
    wanted?.standing === 'retracted' && revision > 0 ? deps.renditions(audience, id.postmortem, revision) : undefined,
  ]);
  const address = addressOf(deps.publicUrl, id.postmortem, audience, isOpen ? link : undefined, isOpen);
  const settings = { ...settingsOf(file, address), actions: { rows, at: deps.now() } };
  const view = wantedView({
    wanted,
    row: stored,
    audience,
    mayBegin: stored?.asked === true || (isTarget && isPostNews(wanted, file?.slack)),
    rendition,
    shownTitle: titleOf(shown),
    settings,
    day: dayIn(settings.zone, wanted?.updatedAt),
  });
  return { row, target: { view, audience, channelName, link, nextLink, isLinkOpen: isOpen } };
}

const draftOf = ({ postmortem, channel }: PostId, audience: Audience, { now, newKey, newLink }: ConvergeDeps): SlackPostRow => ({
  postmortem,
  channel,
  audience,
  key: newKey(),
  link: newLink(),
  post: { state: 'absent', since: toInstant(now()), doubts: 0 },
  version: 0,
});

const settingsOf = (file: Distribution | undefined, link: string | undefined): PostSettings => ({
  link,
  labels: file ? labelsOf(file) : severityLabels,
  zone: file?.organisation.zone ?? 'UTC',
});

/** Undefined: the link was revoked. */
const addressOf = (publicUrl: string, postmortem: PostmortemId, audience: Audience, link: string | undefined, isOpen: boolean) => {
  if (!isOpen) return `${publicUrl}/archive/${audience}/${postmortem}`;
  return link === undefined ? undefined : linkAddress(publicUrl, link);
};

const dayIn = (zone: string, at: Instant | undefined) => dayOf(at ?? '1970-01-01', zone).toString();

function titleOf(rendition: unknown): string | undefined {
  const { title } = (rendition ?? {}) as { readonly title?: unknown };
  return typeof title === 'string' ? title : undefined;
}

/**
 * How long what Slack said of a channel counts. It is short, because a text that goes into a
 * channel that was shared meanwhile stays there until the next revision.
 */
const knownMs = 5000;

/**
 * Asks for a channel once in five seconds, and for none while Slack wants to be left alone. For the
 * lifetime of a container.
 */
export function knownChannels(slack: Pick<Slack, 'channel'>, now: () => Date): Slack['channel'] {
  const known = new Map<ChannelId, { readonly at: number; readonly channel: SlackChannel }>();
  let wait = { until: 0, code: '' };
  return async (channel) => {
    const at = now().getTime();
    const found = known.get(channel);
    if (found && at - found.at < knownMs) return { kind: 'ok', value: found.channel };
    if (at < wait.until) return { kind: 'later', seconds: Math.ceil((wait.until - at) / 1000), code: wait.code };
    const answer = await slack.channel(channel);
    if (answer.kind === 'later') wait = { until: at + answer.seconds * 1000, code: answer.code };
    if (answer.kind === 'ok') known.set(channel, { at, channel: answer.value });
    else known.delete(channel);
    return answer;
  };
}
