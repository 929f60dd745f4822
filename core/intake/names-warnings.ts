import { isUnfinished } from '../action/status.ts';
import { named } from '../content/prose.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { teamRunning, type UnknownName, unknownServices, unknownTeams } from '../distribution/known-names.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import { isHopeless } from '../reminder/resolve-owner.ts';

/**
 * Adds the team that runs the postmortem's services as its owning team, unless its author names
 * one. Without a distribution file, or if two teams run the services, it gets none.
 */
export function withTeam(postmortem: Postmortem, distribution: Distribution | undefined): Postmortem {
  const team = distribution && !postmortem.owningTeam ? teamRunning(postmortem.services, distribution) : undefined;
  return team ? { ...postmortem, owningTeam: team } : postmortem;
}

/**
 * Sentences for the author: a team that was added, and names that the distribution file does not
 * list, each with the nearest one that it has. `sent` is what the author wrote, `kept` what is
 * stored of it.
 */
export function namesWarnings(sent: Postmortem, kept: Postmortem, distribution: Distribution | undefined): string[] {
  const derived = sent.owningTeam === undefined && kept.owningTeam !== undefined;
  const file = distribution ?? { teams: [] };
  const promising = sent.actionItems.flatMap(({ team }) => team ?? []);
  return [
    ...(derived ? [`No owningTeam was given: it is ${kept.owningTeam}, the team that the distribution file gave for its services.`] : []),
    ...told('owningTeam', unknownTeams(sent.owningTeam ? [sent.owningTeam] : [], file), 'not among the teams of the distribution file'),
    ...told('actionItems.team', unknownTeams(promising, file), 'not among the teams of the distribution file'),
    ...ownersTold(kept, distribution),
    ...told('services', unknownServices(sent.services, file), 'in no team of the distribution file'),
  ];
}

/**
 * Only where there are reminders, and of what is open: nobody is asked about anything else. Nobody
 * here knows the people, so what may be one of them says nothing.
 */
function ownersTold({ actionItems }: Postmortem, distribution: Distribution | undefined): string[] {
  if (!distribution?.reminders) return [];
  const open = actionItems.filter(({ status }) => isUnfinished(status));
  const hopeless = [...new Set(open.filter((item) => isHopeless(item, distribution)).flatMap(({ owner }) => owner ?? []))];
  if (hopeless.length === 0) return [];
  const names = named(
    hopeless.map((owner) => `"${owner}"`),
    mostNamed,
  );
  return [
    `actionItems.owner: nobody can be sure who ${names} ${hopeless.length === 1 ? 'is' : 'are'}, so nobody is reminded. Write a whole name, an address, a handle or a team of the distribution file.`,
  ];
}

/**
 * One sentence for each field, however many names: if the file lists only some of them, that is not
 * the author's fault.
 */
function told(field: string, unknown: readonly UnknownName[], where: string): string[] {
  if (unknown.length === 0) return [];
  const names = unknown.map(({ name, meant }) => `"${name}"${meant === undefined ? '' : ` (did you mean ${meant}?)`}`);
  return [`${field}: ${named(names, mostNamed)} ${unknown.length === 1 ? 'is' : 'are'} ${where}.`];
}
const mostNamed = 5;
