import type { Runs } from '../catalog/who-runs.ts';
import type { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import { topicOf } from '../subscriber/topic.ts';
import { reasonKeyOf } from './reason.ts';
import { mostReasonsOfTeam, type RelevantTeam, type ToldReason } from './relevance.ts';

/** What a postmortem is compared with. */
export interface Compared {
  readonly postmortem: Pick<EngineeringRendition, 'id' | 'services' | 'owningTeam'>;
  readonly runs: Runs;
}

/**
 * The teams that a postmortem matters to beside its own, the highest score first: those that run a
 * service which it names. Pure: the same input gives the same teams.
 */
export function relevantTeams({ postmortem, runs }: Compared): RelevantTeam[] {
  const owner = postmortem.owningTeam === undefined ? undefined : runs.keyOf(postmortem.owningTeam);
  const found = new Map<string, { readonly name: string; readonly services: string[] }>();
  for (const service of postmortem.services) {
    const runner = runs.runnerOf(service);
    if (!runner || runner.team === owner) continue;
    const { services } = found.get(runner.team) ?? { services: [] };
    found.set(runner.team, { name: runner.name, services: [...services, service] });
  }
  return [...found].flatMap(([key, { name, services }]): RelevantTeam[] => {
    const team = topicOf('team', key);
    const reasons = services.slice(0, mostReasonsOfTeam).map(runsIt);
    return team === undefined || reasons.length === 0 ? [] : [{ team, name, score: services.length, reasons }];
  });
}

function runsIt(service: string): ToldReason {
  const reason = { kind: 'runs', service } as const;
  return { reason, key: reasonKeyOf(reason), sentence: `You run ${service}, which this is about.` };
}
