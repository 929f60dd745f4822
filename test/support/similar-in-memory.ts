import type { SimilarStore } from '../../core/relevance/ports.ts';
import type { Similar } from '../../core/relevance/similar.ts';

/** A pair that was found, as it is stored. */
export const aSimilar = (change: Partial<Similar> = {}): Similar => ({
  postmortem: 'later',
  earlier: 'earlier',
  began: '2026-06-01T10:00:00Z',
  terms: ['expired-certificate'],
  promises: [],
  state: 'found',
  foundAt: '2026-06-05T10:00:00Z',
  version: 1,
  ...change,
});

export function similarInMemory(...given: readonly Similar[]): SimilarStore & { readonly all: readonly Similar[] } {
  const rows = new Map(given.map((one) => [`${one.postmortem} ${one.earlier}`, one]));
  const keyOf = ({ postmortem, earlier }: Pick<Similar, 'postmortem' | 'earlier'>) => `${postmortem} ${earlier}`;
  const where = (wanted: (one: Similar) => boolean) => [...rows.values()].filter(wanted);
  return {
    get all() {
      return [...rows.values()];
    },
    of: async (postmortem) => where((one) => one.postmortem === postmortem),
    later: async (earlier) => where((one) => one.earlier === earlier),
    async find(found) {
      if (!rows.has(keyOf(found))) rows.set(keyOf(found), { ...found, state: 'found', version: 1 });
    },
    async forget(similar) {
      if (rows.get(keyOf(similar))?.version === similar.version) rows.delete(keyOf(similar));
    },
    async put(similar) {
      if (rows.get(keyOf(similar))?.version !== similar.version) return false;
      rows.set(keyOf(similar), { ...similar, version: similar.version + 1 });
      return true;
    },
  };
}
