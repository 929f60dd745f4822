import type { Catalog } from '../catalog/catalog.ts';
import { runsOf } from '../catalog/who-runs.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import type { ListedEntry } from '../search/search-entry.ts';
import { weekMs } from '../shared/duration.ts';
import { toInstant } from '../shared/instant.ts';
import type { RelevanceStore } from './ports.ts';
import { relevantTeams } from './relevant-teams.ts';

/** An edition tells what was published late at most so long after it. */
const weeksInEditions = 10;

export interface RelateDeps {
  /** Everything that engineers may be told, newest first. */
  readonly archive: () => Promise<readonly ListedEntry[]>;
  /** What engineers may see of a revision. */
  readonly rendition: (id: PostmortemId, revision: number) => Promise<unknown>;
  readonly distribution: () => Promise<Pick<Distribution, 'teams'> | undefined>;
  readonly catalog: () => Promise<Catalog | undefined>;
  readonly store: Pick<RelevanceStore, 'put'>;
  readonly now: () => Date;
}

/**
 * Finds out to whom a postmortem matters, and stores it. 'not told': the archive does not show it,
 * so it matters to nobody. The second time it finds the same, by what the catalogue and the
 * archive say then. Teams are found for what an edition may still tell, so an archive that is
 * imported costs little.
 */
export async function relate(id: PostmortemId, deps: RelateDeps): Promise<'not told' | Awaited<ReturnType<RelevanceStore['put']>>> {
  const archive = await deps.archive();
  const entry = archive.find((one) => one.id === id);
  const stored = entry && (await deps.rendition(id, entry.revision));
  if (!entry || !stored) return 'not told';
  const now = deps.now();
  const isNews = now.getTime() - Date.parse(entry.publishedAt) < weeksInEditions * weekMs;
  const [distribution, catalog] = await Promise.all([deps.distribution(), deps.catalog()]);
  const postmortem = EngineeringRendition.parse(stored);
  const runs = runsOf(catalog, distribution ?? { teams: [] }, archive);
  return deps.store.put({
    postmortem: id,
    revision: entry.revision,
    at: toInstant(now),
    ...(catalog && { catalog: catalog.hash }),
    terms: [],
    teams: isNews ? relevantTeams({ postmortem, runs }) : [],
    similar: [],
  });
}
