import type { Distribution } from '../distribution/distribution.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { audienceWords } from '../stream/audience.ts';
import { definitionOf } from '../stream/stream.ts';
import { blocks, bullets, code, joined, listed, type Markdown, md, person, table } from './markdown.ts';
import { teamAudience, usualAudience } from './posted.ts';
import { hasNamed, sentStreams } from './who.ts';

type Team = Distribution['teams'][number];

/** Each team: what it runs, whom it names, and what comes to it beyond the table of severities. */
export function teamSections(distribution: Distribution): Markdown {
  const { teams } = distribution;
  if (teams.length === 0) return md`The file names no team. A postmortem belongs to a team only if its author says which.`;
  return blocks(
    bullets([
      md`A postmortem belongs to the team that its author names, else to the one team that runs its services. If those are run by two teams and its author names none, it belongs to nobody.`,
      namedPeople(distribution),
      posting(distribution),
    ]),
    table(
      ['Team', 'Services', 'Leads', 'Deputies', 'Slack'],
      teams.map((team) => [
        team.name,
        team.services.length === 0 ? md`none: only what names the team` : joined(team.services, ', '),
        people(team.leads),
        people(team.deputies),
        channel(team, distribution),
      ]),
    ),
  );
}

const people = (addresses: readonly string[] = []): Markdown => (addresses.length === 0 ? md`none` : joined(addresses.map(person), ', '));

function namedPeople(distribution: Distribution): Markdown | undefined {
  const alerts = sentStreams(distribution).filter((stream) => definitionOf(stream).namesLeads);
  if (alerts.length === 0 || !hasNamed(distribution)) return undefined;
  const titles = listed(alerts.map((stream) => streamTitle(stream, distribution)));
  return md`Leads and deputies get all ${titles}, of every team. They cannot leave them, and a pause that they set for themselves does not hold them, unless they name a delegate for those days.`;
}

const posting = ({ slack, teams }: Distribution): Markdown | undefined =>
  slack?.teams && teams.some(({ channels }) => channels.slack !== undefined)
    ? md`A postmortem is posted, at once, in the channel of the team that it belongs to and in those of all teams that run one of its services, as ${audienceWords(usualAudience).name} sees it unless the table says otherwise.`
    : undefined;

function channel(team: Team, { slack }: Distribution): Markdown {
  const own = team.channels.slack;
  if (own === undefined) return md`none`;
  const entry = slack?.channels.some(({ channel: other }) => other === own);
  if (!slack || (!slack.teams && !entry)) return md`${code(own)}, nothing is posted`;
  const audience = teamAudience(team, slack);
  const shown = audience === usualAudience ? '' : `, as ${audienceWords(audience).name} sees it`;
  return slack.teams ? md`${code(own)}${shown}` : md`${code(own)}, only as the first table says`;
}
