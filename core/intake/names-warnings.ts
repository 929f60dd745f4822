import type { Distribution } from '../distribution/distribution.ts';
import { teamRunning, type UnknownName, unknownServices, unknownTeams } from '../distribution/known-names.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';

/** The team that runs its services owns it, unless its author says otherwise. Without a file, or where two teams run them, it has none. */
export function withTeam(postmortem: Postmortem, distribution: Distribution | undefined): Postmortem {
  const team = distribution && !postmortem.owningTeam ? teamRunning(postmortem.services, distribution) : undefined;
  return team ? { ...postmortem, owningTeam: team } : postmortem;
}

/**
 * Sentences for the author: a team that was added, and names that the file does not list, with the nearest that it has.
 * `sent` is what the author wrote, `kept` what is stored of it.
 */
export function namesWarnings(sent: Postmortem, kept: Postmortem, distribution: Distribution | undefined): string[] {
  const derived = sent.owningTeam === undefined && kept.owningTeam !== undefined;
  const teams = distribution && sent.owningTeam ? unknownTeams([sent.owningTeam], distribution) : [];
  const services = distribution ? unknownServices(sent.services, distribution) : [];
  return [
    ...(derived ? [`No owningTeam was given: it is ${kept.owningTeam}, the team that the distribution file gave for its services.`] : []),
    ...teams.map((team) => `owningTeam: "${team.name}" is no team of the distribution file${asked(team)}`),
    ...services.slice(0, mostNamed).map((service) => `services: "${service.name}" is in no team of the distribution file${asked(service)}`),
    ...(services.length > mostNamed ? [`services: ${services.length - mostNamed} more are in no team of the distribution file.`] : []),
  ];
}
const mostNamed = 5;

const asked = ({ meant }: UnknownName): string => (meant === undefined ? '.' : `; did you mean ${meant}?`);
