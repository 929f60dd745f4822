import { type Archive, openArchive } from '../../core/search/archive.ts';
import type { SearchIndexReader } from '../../core/search/ports.ts';
import type { Audience } from '../../core/stream/audience.ts';

export interface Archives {
  /**
   * As it stands now: it names nothing that intake answered to have taken back, and holds
   * everything that it answered to have published.
   */
  of(audience: Audience): Promise<Archive>;
}

interface Kept {
  readonly archive: Promise<Archive>;
  readonly stamp: number;
  readonly at: Date;
}

/** A release that sets no stamps may still be writing while this one is deployed. */
const keptMs = 60_000;

/**
 * The archives of this container: each is read and built once, and again when the stamp says that
 * something changed. The stamp is read before the entries, so that what is written in between makes
 * another one.
 */
export function keptArchives(index: SearchIndexReader, now: () => Date): Archives {
  const kept = new Map<Audience, Kept>();
  return {
    async of(audience) {
      const stamp = await index.stamp(audience);
      const known = kept.get(audience);
      if (known?.stamp === stamp && now().getTime() - known.at.getTime() < keptMs) return known.archive;
      const fresh = { archive: index.readAll(audience).then(openArchive), stamp, at: now() };
      kept.set(audience, fresh);
      fresh.archive.catch(() => {
        if (kept.get(audience) === fresh) kept.delete(audience);
      });
      return fresh.archive;
    },
  };
}
