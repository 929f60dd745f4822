import { type Archive, openArchive } from '../../core/search/archive.ts';
import type { SearchIndexReader } from '../../core/search/ports.ts';
import type { Audience } from '../../core/stream/audience.ts';

export interface Archives {
  /**
   * The archive as it stands now. It names nothing that intake has confirmed as withdrawn, and
   * holds everything that intake has confirmed as published.
   */
  of(audience: Audience): Promise<Archive>;
}

interface Kept {
  readonly archive: Promise<Archive>;
  readonly stamp: number;
  readonly at: Date;
}

/** During a deployment a release that sets no stamps may still be writing. */
const keptMs = 60_000;

/**
 * Keeps the archives in this container. Each is read and built once, and again when the stamp shows
 * a change. The stamp is read before the entries, so a write in between makes the next stamp
 * differ.
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
