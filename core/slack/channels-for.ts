import type { Distribution } from '../distribution/distribution.ts';
import type { ChannelName, SlackSettings } from '../distribution/slack.ts';
import { isWithin } from '../postmortem/news.ts';
import { foldedName } from '../shared/text.ts';
import type { Audience } from '../stream/audience.ts';
import type { ChannelId, SlackChannel, WantedPost } from './slack-post.ts';

/** More channels get no post of one postmortem. */
export const mostChannels = 20;

/** So many channels of a workspace are listed at most, those that can be posted to first. */
export const mostListed = 1000;
/** Whether a list has every channel. Else nothing follows from one that it lacks. */
export const isWholeList = (channels: readonly SlackChannel[]): boolean => channels.length < mostListed;

/** Of a channel that the file names as a team's alone. */
const usualAudience: Audience = 'engineering';

export interface PostTarget {
  readonly channel: ChannelId;
  readonly audience: Audience;
}

type File = Pick<Distribution, 'slack' | 'teams'>;

/**
 * The channels that get a postmortem: those of `slack.channels` whose severities it has, then those
 * of its team and of the teams of its services, each once, the first of them if there are too many.
 * Names that the workspace does not have are left out. It does not ask whether it is news: see
 * `isPostNews`.
 */
export function channelsFor({ told }: WantedPost, file: File | undefined, channels: readonly SlackChannel[]): PostTarget[] {
  const { slack, teams = [] } = file ?? {};
  if (!slack || !told) return [];
  const listed = slack.channels.filter(({ severities }) => severities?.includes(told.severity) ?? true);
  const concerned = slack.teams ? teams.filter((team) => isConcerned(team, told)) : [];
  const names = [...listed.map(({ channel }) => channel), ...concerned.flatMap(({ channels: own }) => own.slack ?? [])];
  const idOf = channelResolver(channels);
  const ids = [...new Set(names.flatMap((name) => idOf(name) ?? []))].slice(0, mostChannels);
  return ids.map((channel) => ({ channel, audience: audienceIn(channel, file, channels) ?? usualAudience }));
}

/**
 * The audience of a channel: what its entry in `slack.channels` says, also where a team names the
 * channel too. Undefined if the file does not name it. Only its own name decides, so that an old
 * list is right of the channel if it is right of its name.
 */
export function audienceIn(channel: ChannelId, file: File | undefined, channels: readonly SlackChannel[]): Audience | undefined {
  const { slack, teams = [] } = file ?? {};
  if (!slack) return undefined;
  const found = channels.find(({ id }) => id === channel);
  const names: readonly (string | undefined)[] = [channel, found && `#${found.name}`];
  const entry = slack.channels.find((one) => names.includes(one.channel));
  if (entry) return entry.audience;
  return slack.teams && teams.some(({ channels: own }) => own.slack && names.includes(own.slack)) ? usualAudience : undefined;
}

/** The names in the file that no channel of the workspace has. */
export function unknownChannels(file: File | undefined, channels: readonly SlackChannel[]): string[] {
  const idOf = channelResolver(channels);
  const names = file ? channelsIn(file).map(({ named }) => named) : [];
  return [...new Set(names.filter((name) => idOf(name) === undefined))];
}

/** One place where a file names a channel. */
export interface NamedInFile {
  readonly named: ChannelName;
  readonly path: readonly (string | number)[];
  /** The team that it is the channel of. Absent: an entry of `slack.channels`. */
  readonly team?: string;
}

/**
 * Every place where a file names a channel that gets posts, those of `slack.channels` first. A
 * team's channel is none while `slack.teams` is off, nor without `slack`.
 */
export function channelsIn({ slack, teams }: File): NamedInFile[] {
  if (!slack) return [];
  return [
    ...slack.channels.map(({ channel }, n) => ({ named: channel, path: ['slack', 'channels', n, 'channel'] })),
    ...teams.flatMap(({ name, channels: { slack: own } }, n) =>
      slack.teams && own !== undefined ? [{ named: own, path: ['teams', n, 'channels', 'slack'], team: name }] : [],
    ),
  ];
}

/** Whether a post may begin: the age counts when the revision came, whenever a worker looks. */
export const isPostNews = ({ told, updatedAt }: WantedPost, settings: Pick<SlackSettings, 'withinDays'> | undefined): boolean =>
  settings !== undefined && told?.newsDate !== undefined && isWithin(told.newsDate, settings.withinDays, new Date(updatedAt));

type Team = Distribution['teams'][number];

const isConcerned = (team: Team, { team: owning, services }: NonNullable<WantedPost['told']>): boolean => {
  const affected = new Set(services.map(foldedName));
  return (
    (owning !== undefined && foldedName(owning) === foldedName(team.name)) || team.services.some((own) => affected.has(foldedName(own)))
  );
};

/**
 * Finds the channel that a file means by a name or an id. Of two with one name, the first that is
 * not archived counts, else the first.
 */
export const channelFinder = (channels: readonly SlackChannel[]) => {
  const byName = new Map<string, SlackChannel>();
  const byId = new Map<ChannelId, SlackChannel>();
  for (const one of channels) {
    byId.set(one.id, one);
    const before = byName.get(one.name);
    if (!before || (before.isArchived && !one.isArchived)) byName.set(one.name, one);
  }
  return (named: string): SlackChannel | undefined => (isName(named) ? byName.get(named.slice(1)) : byId.get(named));
};

/** Finds the id of that channel. An id stands for itself, also where the list does not have it. */
export const channelResolver = (channels: readonly SlackChannel[]) => {
  const find = channelFinder(channels);
  return (named: string): ChannelId | undefined => find(named)?.id ?? (isName(named) ? undefined : named);
};

const isName = (named: string) => named.startsWith('#');
