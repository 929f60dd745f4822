import type { AuditLine } from '../audit/audit.ts';
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
  put(
    catalog: Catalog,
    wish: {
      readonly readHash: string | undefined;
      /** Who imported it, and what it replaced. Kept beside it: a crash does not lose it. */
      readonly line?: Pick<AuditLine, 'who' | 'facts'>;
    },
  ): Promise<'put' | 'changed meanwhile'>;
  /**
   * The audit line of the import that counts now, with its id. Undefined: there is no catalogue, or
   * an earlier release put it.
   */
  line(): Promise<{ readonly line: AuditLine; readonly id: string } | undefined>;
}
