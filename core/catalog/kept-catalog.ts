import type { Catalog } from './catalog.ts';
import type { CatalogStore } from './ports.ts';

/** How long a container takes the catalogue as it was. */
export const keptSeconds = 60;

/**
 * Reads the catalogue once a container. For a minute it is taken as it was; after that the stored
 * hash is asked for, and the rest is read anew only where that changed.
 */
export function keptCatalog(store: Pick<CatalogStore, 'head' | 'read'>, now: () => Date): () => Promise<Catalog | undefined> {
  let kept: Catalog | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = now().getTime();
    // A clock that was set back asks again as well.
    if (at - lookedAt < keptSeconds * 1000 && at >= lookedAt) return kept;
    const head = await store.head();
    if (head?.hash !== kept?.hash) kept = head && (await store.read());
    lookedAt = at;
    return kept;
  };
}
