import type { Instant } from '../shared/instant.ts';
import type { Catalog } from './catalog.ts';

/** What is known of the stored catalogue without reading it. */
export interface CatalogHead {
  readonly hash: string;
  readonly services: number;
  readonly teams: number;
  readonly at: Instant;
}

export interface CatalogStore {
  /** Undefined: none was imported. Throws if what is stored cannot be read. */
  read(): Promise<Catalog | undefined>;
  head(): Promise<CatalogHead | undefined>;
  /**
   * Replaces the whole catalogue if the stored one is still that of `readHash`; undefined: there
   * was none. A crash on the way leaves the earlier one in place, and the same call finishes it.
   */
  put(catalog: Catalog, wish: { readonly readHash: string | undefined }): Promise<'put' | 'changed meanwhile'>;
}
