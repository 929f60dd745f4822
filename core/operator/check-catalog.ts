import type { Catalog } from '../catalog/catalog.ts';
import { graphOf } from '../catalog/graph.ts';
import type { CatalogHead } from '../catalog/ports.ts';
import type { Runs } from '../catalog/who-runs.ts';
import type { CatalogCheckAnswer } from './catalog-api.ts';
import type { SeenTeams } from './teams-of-people.ts';

const most = 200;
/** A system is a heading, and an API is as much as what provides it. */
const runsNothing = ['system', 'api'];

/**
 * The keys of teams of the catalogue that run something and have nobody, in the order of their
 * names.
 */
export const dissolvedTeams = (catalog: Catalog, runs: Runs, seen: ReadonlySet<string>): string[] => {
  const peopled = new Set([...seen].map((team) => runs.keyOf(team)));
  const named = new Set([...catalog.teams.map(({ name }) => name), ...catalog.services.flatMap(({ team }) => team ?? [])].map(runs.keyOf));
  return runs.teams.filter((team) => named.has(team) && !peopled.has(team));
};

/** What of the stored catalogue helps nobody. Pure. */
export function checkCatalog(catalog: Catalog, head: CatalogHead, runs: Runs, people: SeenTeams): CatalogCheckAnswer {
  const graph = graphOf(catalog);
  const withoutTeam = catalog.services.filter(({ ref, kind }) => !runsNothing.includes(kind) && runs.teamOf(ref) === undefined);
  const partOf = new Map(catalog.teams.map((team) => [runs.keyOf(team.name), team.partOf]));
  const dissolved = people.isWhole ? dissolvedTeams(catalog, runs, people.teams) : [];
  const unresolved = graph.unresolved.map(({ service, reference }) => ({ service: service.ref, reference }));
  return {
    head,
    counts: {
      withoutTeam: withoutTeam.length,
      dissolved: dissolved.length,
      cycles: graph.cycles.length,
      unresolved: unresolved.length,
      differences: runs.differences.length,
    },
    withoutTeam: withoutTeam.slice(0, most).map(({ ref }) => ref),
    dissolved: dissolved.slice(0, most).map((team) => {
      const above = partOf.get(team);
      return { team, services: runs.servicesOf(team).length, ...(above !== undefined && { partOf: above }) };
    }),
    sawEverybody: people.isWhole,
    cycles: graph.cycles.slice(0, most),
    unresolved: unresolved.slice(0, most),
    differences: runs.differences.slice(0, most).map(({ service, file, catalogue }) => ({ service, file, catalogue })),
  };
}
