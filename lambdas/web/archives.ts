import type { Audience } from '../../core/rendition/audience.ts';
import { type Archive, openArchive } from '../../core/search/archive.ts';
import type { SearchIndexReader } from '../../core/search/ports.ts';
import type { Told } from '../../core/search/search-entry.ts';

export interface Archives {
  /** At most a minute old. */
  of(audience: Audience): Promise<Archive>;
  /** What may be told of one postmortem now: what was hidden a second ago is not found any more. */
  read(audience: Audience, id: string): Promise<Told | undefined>;
}

const keptMs = 60_000;

/** The archives of this container: each is read and built once, and again when somebody asks for it a minute later. */
export function keptArchives(index: SearchIndexReader, now: () => Date): Archives {
  const kept = new Map<Audience, { readonly archive: Promise<Archive>; readonly at: number }>();
  const of = async (audience: Audience) => {
    const known = kept.get(audience);
    if (known && now().getTime() - known.at < keptMs) return known.archive;
    const archive = index.readAll(audience).then(openArchive);
    kept.set(audience, { archive, at: now().getTime() });
    archive.catch(() => kept.delete(audience));
    return archive;
  };
  return {
    of,
    async read(audience, id) {
      const known = (await of(audience)).read(id);
      if (!known) return undefined;
      const stands = await index.readOne(audience, id, known.publishedAt);
      return stands && 'title' in stands && stands.revision >= known.revision ? stands : undefined;
    },
  };
}
