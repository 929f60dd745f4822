import type { CatalogContent } from '../catalog/catalog.ts';
import { graphOf } from '../catalog/graph.ts';
import { type Runs, runsOf } from '../catalog/who-runs.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { SearchEntry } from '../search/search-entry.ts';
import { latestOf } from '../search/search-entry.ts';
import { nearest } from '../shared/nearest.ts';
import type { ServiceAnswer } from './catalog-api.ts';

/** What says who runs what. */
export interface RunFacts {
  readonly catalog: CatalogContent | undefined;
  readonly distribution: Pick<Distribution, 'teams'>;
  readonly archive: readonly SearchEntry[];
}

/** An entry that is hidden says nothing. */
export const runsFrom = ({ catalog, distribution, archive }: RunFacts): Runs =>
  runsOf(
    catalog,
    distribution,
    [...latestOf(archive).values()].flatMap((entry) => ('title' in entry ? [{ services: entry.services, team: entry.team }] : [])),
  );

/**
 * One service with its team, whence that is known, and what depends on it. `meant`: there is none
 * of this name, and perhaps the nearest one is meant.
 */
export function showService(name: string, facts: RunFacts): ServiceAnswer | { readonly meant: string | undefined } {
  const runs = runsFrom(facts);
  const graph = graphOf({ services: facts.catalog?.services ?? [] });
  const listed = graph.names.find(name);
  const service = listed ?? runs.serviceOf(name);
  if (!service) return { meant: nearest(name, runs.names) };
  const runner = runs.runnerOf(name);
  const otherwise = runs.differences.find((one) => one.ref === service.ref)?.catalogue;
  return {
    service,
    isInCatalogue: listed !== undefined,
    ...(runner && { runner: { name: runner.name, source: runner.source } }),
    ...(otherwise !== undefined && { otherwise }),
    edges: graph.neighbours(service.ref).map(({ service: other, name: called, path, direction }) => {
      const team = other && runs.runnerOf(other.ref)?.name;
      return { name: called, path, direction, ...(other && { kind: other.kind }), ...(team !== undefined && { team }) };
    }),
  };
}
