import type { Distribution } from '../distribution/distribution.ts';
import { type Severity, severities } from '../postmortem/postmortem.ts';
import type { Audience } from '../stream/audience.ts';
import { code, type Markdown, md } from './markdown.ts';

/** Of a channel that the file names as a team's alone, as core/slack has it. */
export const usualAudience: Audience = 'engineering';

type Team = Distribution['teams'][number];

interface PostedChannel {
  readonly name: Markdown;
  readonly whom: Markdown;
  /** Undefined: it differs from channel to channel. */
  readonly audience?: Audience;
  readonly severities: readonly Severity[];
}

/** The channels that the file names for posts, and all channels of teams as one. */
export function postedChannels({ slack, teams }: Distribution): PostedChannel[] {
  if (!slack) return [];
  const named = slack.channels.map(({ channel, audience, severities: only = severities }) => ({
    name: code(channel),
    whom: md`whoever is in the channel`,
    audience,
    severities: only,
  }));
  const channels = teams.filter(({ channels: { slack: own } }) => own !== undefined);
  if (!slack.teams || channels.length === 0) return named;
  const audiences = new Set(channels.map((team) => teamAudience(team, slack)));
  const [audience] = audiences;
  return [
    ...named,
    {
      name: md`channels of teams`,
      whom: md`the team that owns it, and the teams of its services`,
      ...(audience && audiences.size === 1 && { audience }),
      severities,
    },
  ];
}

/** As whose rendition a team's channel shows what concerns the team. */
export const teamAudience = (
  { channels }: Pick<Team, 'channels'>,
  { channels: named }: Pick<NonNullable<Distribution['slack']>, 'channels'>,
): Audience => named.find(({ channel }) => channel === channels.slack)?.audience ?? usualAudience;
