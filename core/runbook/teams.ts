import type { Distribution } from '../distribution/distribution.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { foldedName } from '../shared/text.ts';
import { audienceWords } from '../stream/audience.ts';
import { definitionOf } from '../stream/stream.ts';
import { blocks, bullets, code, heading, joined, listed, Markdown, md, person } from './markdown.ts';
import { teamAudience } from './posted.ts';
import { sentStreams } from './who.ts';

type Team = Distribution['teams'][number];

/** Each team: what it runs, whom it names, and what comes to it beyond the table of severities. */
export function teamSections(distribution: Distribution): Markdown {
  const { teams } = distribution;
  if (teams.length === 0) return md`The file names no team. A postmortem belongs to a team only if its author says which.`;
  return blocks(
    md`A postmortem belongs to the team that its author names, or else to the one team that runs its services. If its services belong to two teams, it belongs to none until its author names one. Its severity decides what is mailed, whichever team it is; this is what comes besides. To change any of it, change the distribution file (${new Markdown('[Who decides](#who-decides)')}).`,
    ...teams.flatMap((team) => [heading(3, team.name), teamSection(team, distribution)]),
  );
}

const teamSection = (team: Team, distribution: Distribution): Markdown =>
  bullets([services(team, distribution), ...named(team, distribution), channel(team, distribution)]);

function services({ services: own }: Team, { products = [] }: Distribution): Markdown {
  if (own.length === 0) return md`Services: none. A postmortem comes to this team only if its author names it.`;
  const known = products.flatMap(({ name, services: parts }) => {
    const folded = parts.map(foldedName);
    return own.some((service) => folded.includes(foldedName(service))) ? [name] : [];
  });
  return md`Services: ${joined(own, ', ')}.${known.length === 0 ? '' : md` Customers know them as ${listed(known)}.`}`;
}

function named({ leads = [], deputies = [] }: Team, distribution: Distribution): Markdown[] {
  const alerts = sentStreams(distribution).filter((stream) => definitionOf(stream).namesLeads);
  if (leads.length + deputies.length === 0) return [md`Leads and deputies: none. Nobody of this team is sure to be mailed at once.`];
  const people = [
    ...(leads.length > 0 ? [md`Leads: ${joined(leads.map(person), ', ')}.`] : []),
    ...(deputies.length > 0 ? [md`Deputies: ${joined(deputies.map(person), ', ')}.`] : []),
  ];
  const streams = listed(alerts.map((stream) => streamTitle(stream, distribution)));
  return [md`${joined(people, ' ')} They get all ${streams}, of every team, and cannot switch them off.`];
}

function channel(team: Team, { slack }: Distribution): Markdown {
  const own = team.channels.slack;
  if (own === undefined) return md`Slack: no channel.${slack?.teams ? ' Nothing is posted for this team.' : ''}`;
  const entry = slack?.channels.some(({ channel: other }) => other === own);
  if (!slack || (!slack.teams && !entry)) return md`Slack: ${code(own)}. Nothing is posted there by itself.`;
  const shown = md`as ${audienceWords(teamAudience(team, slack)).name} sees it`;
  if (!slack.teams) return md`Slack: ${code(own)}, only with what the table says, ${shown}.`;
  return md`Slack: ${code(own)}. Every postmortem that this team owns or that touches one of its services is posted there at once, ${shown}.`;
}
