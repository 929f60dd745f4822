import type { Catalog } from '../catalog/catalog.ts';
import { runsOf } from '../catalog/who-runs.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { ListedEntry } from '../search/search-entry.ts';
import { taxonomyOf } from '../taxonomy/taxonomy-of.ts';
import { type KnownArchive, knownArchive } from './known-archive.ts';
import { type Landscape, landscapeOf } from './landscape.ts';

/** What a postmortem is compared with. */
export interface Surroundings {
  readonly archive: KnownArchive;
  readonly landscape: Landscape;
}
export interface Known {
  /** Everything that engineers may be told, newest first. */
  readonly entries: readonly ListedEntry[];
  readonly catalog: Catalog | undefined;
  readonly distribution: Pick<Distribution, 'teams' | 'taxonomy'>;
}

export function surroundingsOf({ entries, catalog, distribution }: Known): Surroundings {
  const taxonomy = taxonomyOf(distribution);
  return {
    archive: knownArchive(entries, taxonomy),
    landscape: landscapeOf({ catalog, runs: runsOf(catalog, distribution, entries), taxonomy }),
  };
}

/**
 * `surroundingsOf` that gives what it gave before as long as archive, catalogue and file are what
 * they were. Entries and catalogue are compared as objects: what keeps them hands out the same.
 */
export function keptSurroundings(): typeof surroundingsOf {
  let kept: { readonly known: Known; readonly file: string; readonly made: Surroundings } | undefined;
  return (known) => {
    const file = JSON.stringify([known.distribution.teams, known.distribution.taxonomy]);
    const isSame = kept?.file === file && kept.known.catalog === known.catalog && areSame(kept.known.entries, known.entries);
    if (!kept || !isSame) kept = { known, file, made: surroundingsOf(known) };
    return kept.made;
  };
}

const areSame = (before: readonly ListedEntry[], now: readonly ListedEntry[]): boolean =>
  before.length === now.length && before.every((entry, i) => entry === now[i]);
