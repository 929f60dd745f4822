import type { Distribution } from '../distribution/distribution.ts';
import { hourMs } from '../shared/duration.ts';
import type { Flaw } from '../shared/errors.ts';
import type { Instant } from '../shared/instant.ts';
import { nearest } from '../shared/nearest.ts';
import { channelFinder, channelsIn, isWholeList, type NamedInFile } from '../slack/channels-for.ts';
import type { SlackChannel } from '../slack/slack-post.ts';
import type { Finding } from './finding.ts';
import { listed, shown } from './words.ts';

type File = Pick<Distribution, 'slack' | 'teams'>;

/** The workspace's channels as Slack listed them last. */
export interface ListedChannels {
  readonly at: Instant;
  readonly channels: readonly SlackChannel[];
}

/** Why a channel of the file gets no posts, or nobody reads them. */
interface Trouble extends Pick<Finding, 'kind' | 'urgency' | 'what' | 'why'> {
  /** `otherwise`: what to do in the file, as a clause. */
  readonly remedy: (otherwise: string) => string;
}

/**
 * What is wrong with the channels that a file posts to. A channel is told once, with all whose it
 * is, even if the file names it by its name and by its id. `channels` undefined: nobody listed
 * them yet.
 */
export function channelFindings(file: File, channels: readonly SlackChannel[] | undefined): Finding[] {
  if (!channels) return [];
  const find = channelFinder(channels);
  const places = Map.groupBy(channelsIn(file), ({ named }) => find(named)?.id ?? named);
  return [...places.values()].flatMap((own) => {
    const [{ named } = { named: undefined }] = own;
    const trouble = named && troubleOf(named, find(named), channels);
    if (!trouble) return [];
    const { remedy, what, ...rest } = trouble;
    const whose = listed([...new Set(own.map(ownerOf))]);
    return [
      {
        ...rest,
        area: 'slack',
        what: `${withRemarks(named, [...nameOf(named, find(named)), whose])} ${what}`,
        remedy: remedy('name another channel in the file and apply it'),
      } satisfies Finding,
    ];
  });
}

/** What a stack knows that a file is warned about. */
export interface StackSlack {
  readonly isDeployed: boolean;
  /** Undefined: Slack has not listed its channels yet, so nothing is said of them. */
  readonly list: ListedChannels | undefined;
  readonly now: Instant;
}

/**
 * Warns of channels in a file that would get no posts on this stack, at each place that names one,
 * and of `slack:` on a stack without Slack.
 */
export function channelWarnings(file: File, { isDeployed, list, now }: StackSlack): Flaw[] {
  if (!file.slack) return [];
  if (!isDeployed) {
    return [{ field: 'slack', problem: 'this stack has no Slack, so nothing is posted', remedy: giveSlack }];
  }
  if (!list) return [];
  const find = channelFinder(list.channels);
  const isOld = Date.parse(now) - Date.parse(list.at) > hourMs;
  const asOf = isOld ? ` Slack’s list is of ${list.at.slice(0, 10)}. Ask for a new one: afterword slack channels --refresh` : '';
  return channelsIn(file).flatMap(({ named, path }) => {
    const trouble = troubleOf(named, find(named), list.channels);
    if (trouble?.urgency !== 'now') return [];
    return [
      {
        field: path.join('.'),
        problem: `${withRemarks(named, nameOf(named, find(named)))} ${trouble.what}, so ${trouble.why}`,
        remedy: `${trouble.remedy('name another channel')}${asOf}`,
      },
    ];
  });
}

export const giveSlack = 'Give deploy.yaml the token, as docs/slack.md says, and deploy. Or take slack: out of the file.';

function troubleOf(named: string, channel: SlackChannel | undefined, channels: readonly SlackChannel[]): Trouble | undefined {
  const nothing = 'nothing is posted there';
  if (!channel) {
    if (!isWholeList(channels)) return undefined;
    const meant = meantBy(named, channels);
    return {
      kind: 'channel-gone',
      urgency: 'now',
      what: 'is not in Slack, or is a private channel that Afterword has not joined',
      why: nothing,
      remedy: (otherwise) =>
        `${meant === undefined ? '' : `Did you mean #${shown(meant)}? `}If it is private, type /invite @Afterword there. Otherwise ${otherwise}.`,
    };
  }
  if (channel.isArchived) {
    return {
      kind: 'channel-archived',
      urgency: 'now',
      what: 'is archived',
      why: nothing,
      remedy: (otherwise) => `Restore it in Slack, or ${otherwise}.`,
    };
  }
  if (channel.isShared) {
    return {
      kind: 'channel-shared',
      urgency: 'now',
      what: 'is shared with another company',
      why: `${nothing}, because others would read it`,
      remedy: (otherwise) => `End the sharing in Slack, or ${otherwise}.`,
    };
  }
  if (!channel.isMember) {
    return {
      kind: 'channel-not-joined',
      urgency: 'now',
      what: 'is a channel that Afterword has not joined',
      why: nothing,
      remedy: () => 'Type /invite @Afterword in the channel.',
    };
  }
  if (channel.members === undefined || channel.members > 1) return undefined;
  return {
    kind: 'channel-empty',
    urgency: 'soon',
    what: `is empty: Slack counts ${channel.members === 1 ? '1 member' : 'no member'}, Afterword included`,
    why: 'nobody reads what is posted there',
    remedy: (otherwise) => `Ask people to join it, or ${otherwise}.`,
  };
}

/** The channel in use with the nearest name. An id is no word that somebody misspells. */
const meantBy = (named: string, channels: readonly SlackChannel[]): string | undefined =>
  named.startsWith('#')
    ? nearest(
        named.slice(1),
        channels.filter(({ isArchived }) => !isArchived).map(({ name }) => name),
      )
    : undefined;

const ownerOf = ({ team }: NamedInFile) => (team === undefined ? 'slack.channels' : `team ${shown(team)}`);

/** The name that people know of an id. */
const nameOf = (named: string, channel: SlackChannel | undefined): string[] =>
  named.startsWith('#') || !channel ? [] : [`#${shown(channel.name)}`];

/** `C0123456789 (#payments; team Payments)`. */
const withRemarks = (named: string, remarks: readonly string[]) => (remarks.length === 0 ? named : `${named} (${remarks.join('; ')})`);
