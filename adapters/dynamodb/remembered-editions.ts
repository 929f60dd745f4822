import type { Edition, EditionId } from '../../core/edition/edition.ts';
import type { EditionReader, EditionWriter } from '../../core/edition/ports.ts';

/** What delivery needs of editions. */
type ReadAndTally = Pick<EditionReader, 'read'> & Pick<EditionWriter, 'setTally'>;

const most = 20;

/**
 * Keeps editions in memory, so that a container reads each once. What delivery takes from META
 * never changes after an edition is composed, and its brakes are read again with each chunk. A
 * paused edition is read each time. Otherwise a message that arrives right after it was resumed
 * would be acknowledged as paused.
 */
export function rememberedEditions(editions: ReadAndTally): ReadAndTally {
  const known = new Map<EditionId, Edition>();
  return {
    setTally: editions.setTally,
    async read(id) {
      const found = known.get(id) ?? (await editions.read(id));
      if (!found || found.paused) return found;
      known.set(id, found);
      for (const oldest of [...known.keys()].slice(0, -most)) known.delete(oldest);
      return found;
    },
  };
}
