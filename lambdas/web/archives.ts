import type { Audience } from '../../core/rendition/audience.ts';
import { type Archive, openArchive } from '../../core/search/archive.ts';
import type { SearchIndexReader } from '../../core/search/ports.ts';
import type { Told } from '../../core/search/search-entry.ts';

export interface Archives {
  /** At most a minute old. */
  of(audience: Audience): Promise<Archive>;
  /**
   * What may be told of one postmortem now: what was hidden a second ago is not found any more, and what was published since the archive was read
   * is found, because the link to it is in an alert already.
   */
  read(audience: Audience, id: string): Promise<Told | undefined>;
}

interface Kept {
  readonly archive: Promise<Archive>;
  readonly at: Date;
}

const keptMs = 60_000;
/** How old the archive may be to say that there is no such postmortem. Whoever asks for made-up ones has it read once a second at most. */
const sureMs = 1_000;

/** The archives of this container: each is read and built once, and again when somebody asks for it a minute later. */
export function keptArchives(index: SearchIndexReader, now: () => Date): Archives {
  const kept = new Map<Audience, Kept>();
  const atMost = (audience: Audience, ms: number): Kept => {
    const known = kept.get(audience);
    if (known && now().getTime() - known.at.getTime() < ms) return known;
    const fresh = { archive: index.readAll(audience).then(openArchive), at: now() };
    kept.set(audience, fresh);
    fresh.archive.catch(() => {
      if (kept.get(audience) === fresh) kept.delete(audience);
    });
    return fresh;
  };
  const standing = async (audience: Audience, id: string, { archive }: Kept): Promise<Told | undefined> => {
    const known = (await archive).read(id);
    if (!known) return undefined;
    const stands = await index.readOne(audience, id, known.publishedAt);
    return stands && 'title' in stands && stands.revision >= known.revision ? stands : undefined;
  };
  return {
    of: (audience) => atMost(audience, keptMs).archive,
    async read(audience, id) {
      const first = atMost(audience, keptMs);
      const told = await standing(audience, id, first);
      if (told) return told;
      const sure = atMost(audience, sureMs);
      return sure === first ? undefined : standing(audience, id, sure);
    },
  };
}
