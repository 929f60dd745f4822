import type { Edition, EditionId } from '../../core/edition/edition.ts';
import type { EditionReader, EditionWriter } from '../../core/edition/ports.ts';

/** What delivery asks of editions. */
type ReadAndTally = Pick<EditionReader, 'read'> & Pick<EditionWriter, 'setTally'>;

const most = 20;

/**
 * What delivery takes from META never changes once an edition is composed, and its brakes are read
 * again with each chunk: a container reads it once. A paused one is read each time, so that a
 * message that comes right after it was resumed is not acknowledged as paused.
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
