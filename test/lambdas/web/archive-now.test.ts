import { describe, expect, it } from 'vitest';
import { dynamoManyRenditions } from '../../../adapters/dynamodb/rendition-store.ts';
import { dynamoSearchIndex } from '../../../adapters/dynamodb/search-index.ts';
import { openArchive } from '../../../core/search/archive.ts';
import type { SearchIndexReader } from '../../../core/search/ports.ts';
import { keptArchives } from '../../../lambdas/shared/kept-archives.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { keptTexts } from '../../../lambdas/web/searched-texts.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { mailed } from '../../support/mailed.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const on = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const ada = aProfile({ sid: aSid(1), streams: { 'engineering-digest': on, 'leadership-brief': on } });

/** A reader whose container has read everything a moment ago. The clock stands still. */
async function aReader() {
  const world = await aWebWorld(await freshTable(), { people: [ada] });
  const ask = world.serve(pageRoutes(world.deps));
  const session = await world.begin(ada.sid);
  const feed = await world.begin(ada.sid, { kind: 'feed' });
  const get = async (url: string) => (await ask(aPageEvent('GET', url, { session }))).body ?? '';
  const editions = ['engineering-digest_2026-W47', 'leadership-brief_2026-11'];
  for (const edition of editions) await mailed(world.table, { edition, to: [ada.sid], cards: ['pm-1', 'pm-2'] });
  const mails = editions.map((about) => `/r/${world.token({ scope: 'read', subscriber: ada.sid, about })}`);
  const archives = ['engineering', 'leadership'].map((audience) => `/archive/${audience}`);
  const feeds = ['engineering', 'leadership'].map((audience) => `/feed/f1.${feed}?audience=${audience}`);
  const lists = [...feeds, ...mails, ...archives, ...archives.flatMap((path) => [`${path}?q=failover`, `${path}?severity=sev2`])];
  await publish(world.table, { services: ['Vault'], tags: ['Hush'] });
  const seen = async () => (await Promise.all(lists.map(get))).join('\n');
  expect((await seen()).match(/A failover logged/g)?.length).toBeGreaterThanOrEqual(lists.length);
  return { ...world, seen, get };
}

describe('archive, search, feed and the list of a mail', () => {
  it.each([
    { restricted: true },
    { status: 'retracted' },
    { status: 'draft', publishedAt: undefined },
    { restricted: true, publishedAt: '2026-07-10T10:00:00Z' },
  ])('name nothing any more once intake has answered: %o', async (change) => {
    const { table, seen } = await aReader();
    await publish(table, { services: ['Vault'], tags: ['Hush'], ...change });

    expect(await seen()).not.toMatch(/A failover logged|Vault|Hush/);
  });

  it('tell the corrected text at once, though its date moved', async () => {
    const { table, seen } = await aReader();
    await publish(table, { title: 'A corrected title for failover', publishedAt: '2026-09-10T10:00:00Z' });

    expect(await seen()).not.toContain('A failover logged');
    expect(await seen()).toContain('A corrected title');
  });

  it('tell what is published at once', async () => {
    const { table, seen } = await aReader();
    await publish(table, { id: 'pm-2', title: 'The next failover' });

    expect(await seen()).toContain('The next failover');
  });
});

describe('a search of the text', () => {
  async function aSearch() {
    const { table, seen, get } = await aReader();
    const search = (words: string) => get(`/archive/engineering?q=${encodeURIComponent(words)}`);
    return { table, seen, search };
  }

  it('says where it found what the list does not show', async () => {
    const { table, search } = await aSearch();
    await publish(table, { rootCauses: ['Nobody watched the *replication lag* at night.'] });

    expect(await search('replication night')).toMatch(/Root causes: <\/span>Nobody watched the \*?<mark>replication<\/mark> lag/);
  });

  it('finds the present text alone, as soon as intake has answered', async () => {
    const { table, search } = await aSearch();
    await publish(table, { rootCauses: ['A full disk'] });
    expect(await search('full disk')).toContain('1 postmortem found');
    await publish(table, { rootCauses: ['A stuck fsync'] });

    expect(await search('full disk')).toContain('No postmortems found');
    expect(await search('fsync')).toContain('1 postmortem found');
  });

  it('finds nothing of a postmortem that was restricted since', async () => {
    const { table, search } = await aSearch();
    await publish(table, { rootCauses: ['A full disk'] });
    await search('full disk');
    await publish(table, { rootCauses: ['A full disk'], restricted: true });

    expect(await search('full disk')).toContain('No postmortems found');
  });

  it('keeps typed markup as text', async () => {
    const { table, search } = await aSearch();
    await publish(table, { rootCauses: ['A <script>alert(1)</script> in the needle'] });

    expect(await search('needle')).not.toContain('<script>alert');
  });
});

describe('the texts of a container', () => {
  it('are read once for each revision', async () => {
    const table = await freshTable();
    const asked: string[] = [];
    const archives = keptArchives(dynamoSearchIndex(table), () => new Date('2026-11-23T10:00:00Z'));
    const read = dynamoManyRenditions(table);
    const texts = keptTexts(archives, (audience, wanted) => {
      asked.push(...wanted.map(({ id, revision }) => `${id} ${revision}`));
      return read(audience, wanted);
    });
    await publish(table);
    await publish(table, { id: 'pm-2', title: 'The next failover' });
    await Promise.all([texts.of('engineering'), texts.of('engineering')]);
    await publish(table, { id: 'pm-2', title: 'Changed' });
    const now = await texts.of('engineering');

    expect(asked.toSorted()).toEqual(['pm-1 1', 'pm-2 1', 'pm-2 2']);
    expect([...now].map(([id, { revision }]) => `${id} ${revision}`).toSorted()).toEqual(['pm-1 1', 'pm-2 2']);
  });

  it('are read again after a read that failed', async () => {
    const table = await freshTable();
    await publish(table);
    let isBroken = true;
    const archives = keptArchives(dynamoSearchIndex(table), () => new Date('2026-11-23T10:00:00Z'));
    const read = dynamoManyRenditions(table);
    const texts = keptTexts(archives, async (...asked) => (isBroken ? Promise.reject(new Error('throttled')) : read(...asked)));
    await expect(texts.of('engineering')).rejects.toThrow('throttled');
    isBroken = false;

    expect((await texts.of('engineering')).size).toBe(1);
  });
});

describe('the archives of a container', () => {
  const clock = { now: new Date('2026-11-23T10:00:00Z') };
  async function anIndex() {
    const table = await freshTable();
    const index = dynamoSearchIndex(table);
    let reads = 0;
    const counted: SearchIndexReader = {
      stamp: index.stamp,
      readAll(audience) {
        reads += 1;
        return index.readAll(audience);
      },
    };
    return { table, index, counted, archives: keptArchives(counted, () => clock.now), reads: () => reads };
  }

  it('are read once for as long as nothing changes, and of each audience', async () => {
    const { archives, reads, table } = await anIndex();
    await publish(table);
    for (let n = 0; n < 20; n += 1) for (const audience of ['engineering', 'leadership'] as const) await archives.of(audience);

    expect(reads()).toBe(2);
    await publish(table, { title: 'Another' });
    for (let n = 0; n < 20; n += 1) await archives.of('engineering');
    expect(reads()).toBe(3);
  });

  it('are read again after a minute, for writers that set no stamp', async () => {
    const { archives, reads } = await anIndex();
    await archives.of('engineering');
    clock.now = new Date(clock.now.getTime() + 60_000);
    await archives.of('engineering');

    expect(reads()).toBe(2);
  });

  it('are read again where something is written while they are read', async () => {
    const { index, table, counted } = await anIndex();
    await publish(table);
    let isFirst = true;
    const archives = keptArchives(
      {
        ...counted,
        async readAll(audience) {
          const entries = await index.readAll(audience);
          if (isFirst) await publish(table, { restricted: true });
          isFirst = false;
          return entries;
        },
      },
      () => clock.now,
    );
    expect((await archives.of('engineering')).read('pm-1')).toBeDefined();

    expect((await archives.of('engineering')).read('pm-1')).toBeUndefined();
  });

  it('are read again where a writer puts once more what it put before it died', async () => {
    const { archives, index, reads } = await anIndex();
    const entry = { id: 'pm-1', revision: 2, hidden: true } as const;
    await index.hide('engineering', entry, '2026-11-18T10:00:00Z');
    await archives.of('engineering');
    await index.hide('engineering', entry, '2026-11-18T10:00:00Z');
    await archives.of('engineering');

    expect(reads()).toBe(2);
  });

  it('are read again after a read that failed', async () => {
    let isBroken = true;
    const index: SearchIndexReader = {
      stamp: async () => 1,
      readAll: async () => (isBroken ? Promise.reject(new Error('throttled')) : []),
    };
    const archives = keptArchives(index, () => clock.now);
    await expect(archives.of('engineering')).rejects.toThrow('throttled');
    isBroken = false;

    expect((await archives.of('engineering')).find({})).toEqual(openArchive([]).find({}));
  });
});
