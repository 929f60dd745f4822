import { describe, expect, it } from 'vitest';
import { catalogOf } from '../../../core/catalog/catalog.ts';
import type { FoundSimilar } from '../../../core/relevance/ports.ts';
import { type RelateDeps, relate } from '../../../core/relevance/relate.ts';
import type { Relevance } from '../../../core/relevance/relevance.ts';
import { surroundingsOf } from '../../../core/relevance/surroundings.ts';
import { engineeringEntry, engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { actionsAsOf } from '../../support/actions-as-of.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { aSimilar, similarInMemory } from '../../support/similar-in-memory.ts';

const now = new Date('2026-11-23T09:00:00Z');
const published = aPostmortem({
  id: 'cart-down',
  owningTeam: 'Storefront',
  services: ['cart', 'ledger'],
  publishedAt: '2026-11-20T09:00:00Z',
});
const entryOf = (postmortem: typeof published) => ({
  ...engineeringEntry(engineeringRendition(postmortem), 1, postmortem.publishedAt ?? ''),
  id: postmortem.id,
});

const teams = [
  { name: 'Storefront', services: ['cart'] },
  { name: 'Payments', services: ['ledger'] },
];

function aWorld(postmortem = published, change: Partial<RelateDeps> = {}) {
  const stored: Relevance[] = [];
  const told: string[] = [];
  const deps: RelateDeps = {
    archive: async () => [entryOf(postmortem)],
    rendition: async () => engineeringRendition(postmortem),
    distribution: async () => aDistribution({ teams }),
    catalog: async () => undefined,
    surroundings: surroundingsOf,
    store: {
      async put(row) {
        stored.push(row);
        return 'first';
      },
    },
    tell: async (stream, postmortem) => void told.push(`${stream} ${postmortem}`),
    similar: similarInMemory(),
    actions: async () => [],
    now: () => now,
    ...change,
  };
  return { deps, stored, told };
}

describe('relating a postmortem', () => {
  it('stores the teams that it matters to, of the revision that the archive shows', async () => {
    const { deps, stored } = aWorld();
    expect(await relate('cart-down', deps)).toBe('first');
    expect(stored).toMatchObject([
      { postmortem: 'cart-down', revision: 1, at: '2026-11-23T09:00:00Z', teams: [{ team: 'team:payments' }] },
    ]);
  });

  it('finds the same the second time', async () => {
    const { deps, stored } = aWorld();
    await relate('cart-down', deps);
    await relate('cart-down', deps);
    expect(stored[1]).toEqual(stored[0]);
  });

  it('stores nothing of what the archive does not show', async () => {
    const hidden = aWorld(published, { archive: async () => [] });
    expect(await relate('cart-down', hidden.deps)).toBe('not told');
    const unmade = aWorld(published, { rendition: async () => undefined });
    expect(await relate('cart-down', unmade.deps)).toBe('not told');
    expect([...hidden.stored, ...unmade.stored]).toEqual([]);
  });

  it('finds no teams for what no edition tells any more', async () => {
    const { deps, stored } = aWorld({ ...published, publishedAt: '2026-08-01T09:00:00Z' });
    await relate('cart-down', deps);
    expect(stored).toMatchObject([{ teams: [] }]);
  });

  it('says which catalogue it read', async () => {
    const catalog = catalogOf({ services: [], teams: [] });
    const { deps, stored } = aWorld(published, { catalog: async () => catalog });
    await relate('cart-down', deps);
    expect(stored).toMatchObject([{ catalog: catalog.hash }]);
  });

  describe('to earlier ones of the same failure', () => {
    const earlier = aPostmortem({ ...published, id: 'cart-down-before', publishedAt: '2026-03-01T09:00:00Z' });
    const later = { ...published, startedAt: '2026-11-18T09:00:00Z' };
    const both = (change: Partial<RelateDeps> = {}) => {
      const put: FoundSimilar[] = [];
      const similar = { ...similarInMemory(), find: async (one: FoundSimilar) => void put.push(one) };
      return { put, ...aWorld(later, { archive: async () => [entryOf(later), entryOf(earlier)], similar, ...change }) };
    };

    it('puts what was found, with the promise that was not kept', async () => {
      const rows = actionsAsOf({ ...earlier, actionItems: [{ title: 'Limit the queue', status: 'open' }] }, []);
      const { deps, put, stored } = both({ actions: async () => rows });
      await relate('cart-down', deps);
      expect(stored).toMatchObject([{ similar: ['cart-down-before'] }]);
      expect(put).toMatchObject([{ postmortem: 'cart-down', earlier: 'cart-down-before', began: '2026-11-18T09:00:00Z' }]);
      expect(put[0]?.promises).toEqual([{ aid: rows[0]?.aid, caught: false }]);
    });

    it('leaves one alone that was dismissed', async () => {
      const known = aSimilar({ postmortem: 'cart-down', earlier: 'cart-down-before', state: 'dismissed', version: 2 });
      const { put } = both();
      const { deps, stored } = both({ similar: { ...similarInMemory(known), find: async (one) => void put.push(one) } });
      await relate('cart-down', deps);
      expect(put).toEqual([]);
      expect(stored).toMatchObject([{ similar: [] }]);
    });

    const another = aPostmortem({
      id: 'printer',
      title: 'Printer',
      summary: 'Paper.',
      services: ['printer'],
      publishedAt: '2026-02-01T09:00:00Z',
    });
    const pair = (earlier: string, state: 'found' | 'confirmed' = 'found') => aSimilar({ postmortem: 'cart-down', earlier, state });
    const left = ({ all }: { readonly all: readonly { readonly earlier: string }[] }) => all.map((one) => one.earlier);

    it('removes one that is not found any more, unless somebody judged it or it is hidden', async () => {
      const archive = async () => [entryOf(later), entryOf(earlier), entryOf(another)];
      const similar = similarInMemory(pair('cart-down-before'), pair('printer'), pair('hidden'));
      await relate('cart-down', both({ archive, similar }).deps);
      expect(left(similar)).toEqual(['cart-down-before', 'hidden']);

      const judged = similarInMemory(pair('printer', 'confirmed'));
      await relate('cart-down', both({ archive, similar: judged }).deps);
      expect(left(judged)).toContain('printer');
    });

    it('removes what nobody judged once this one may not be told, and finds it again after', async () => {
      const similar = similarInMemory(pair('cart-down-before'), pair('printer', 'confirmed'));
      await relate('cart-down', both({ archive: async () => [entryOf(earlier)], similar }).deps);
      expect(left(similar)).toEqual(['printer']);
      await relate('cart-down', both({ similar }).deps);
      expect(left(similar)).toContain('cart-down-before');
    });
  });
});

describe('a postmortem that matters much to a team', () => {
  const streams = (change: object = {}) => ({ 'relevant-incidents': { severities: ['sev2'], ...change } });
  const grave = { ...published, severity: 'sev2' as const };
  const toldOf = async (postmortem: typeof published, file: object) => {
    const { deps, told } = aWorld(postmortem, { distribution: async () => aDistribution({ teams, ...file }) });
    await relate('cart-down', deps);
    return told;
  };

  it('is told at once, if its severity is one of those and it is new', async () => {
    expect(await toldOf(grave, { streams: streams() })).toEqual(['relevant-incidents cart-down']);
    expect(await toldOf({ ...published, severity: 'sev3' }, { streams: streams() })).toEqual([]);
    expect(await toldOf(grave, { streams: streams({ withinDays: 2 }) })).toEqual([]);
    expect(await toldOf(grave, {})).toEqual([]);
  });

  it('is not told by a run that came late', async () => {
    const { deps, told } = aWorld(grave, {
      distribution: async () => aDistribution({ teams, streams: streams() }),
      store: { put: async () => 'superseded' },
    });
    await relate('cart-down', deps);
    expect(told).toEqual([]);
  });
});
