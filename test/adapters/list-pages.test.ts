import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoEditionLister } from '../../adapters/dynamodb/edition-lister.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPostmortemList, dynamoPostmortemStore } from '../../adapters/dynamodb/postmortem-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import type { StoredPostmortem } from '../../core/postmortem/stored-postmortem.ts';
import { anEdition } from '../support/delivery.ts';
import { onEachEngine } from '../support/on-each-engine.ts';
import { aPostmortem } from '../support/postmortem.ts';

const now = new Date('2026-11-23T12:00:00Z');
const since = new Date('2026-08-01T00:00:00Z');

const aStored = (n: number, updatedAt: string, change: Partial<StoredPostmortem> = {}): StoredPostmortem => ({
  postmortem: aPostmortem({ id: `pm-${n}` }),
  revision: 1,
  hash: String(n),
  updatedAt,
  owed: [],
  editions: [],
  namedIn: [],
  ...change,
});
/** Twelve, one each ten days from August on; every third still owes something. */
const stored = Array.from({ length: 12 }, (_, n) =>
  aStored(n, new Date(Date.UTC(2026, 7, 1 + 9 * n)).toISOString(), n % 3 === 0 ? { owed: ['projections'] } : {}),
);

onEachEngine('on %s', (freshTable) => {
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
  });

  describe('the list of postmortems', () => {
    const store = () => dynamoPostmortemStore(table);
    beforeEach(async () => {
      for (const one of stored) await store().putCurrent(one, undefined);
    });
    const pageThrough = async (between: (page: number) => Promise<unknown> = async () => {}) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
        const answer = await dynamoPostmortemList(table)(since, now, 5, cursor);
        seen.push(...answer.postmortems.map(({ id }) => id));
        cursor = answer.cursor;
        await between(page);
      }
      return seen;
    };

    it('tells the oldest change first across months, work owed among them', async () => {
      expect(await pageThrough()).toEqual(stored.map(({ postmortem }) => postmortem.id));
    });

    it('tells a change that comes while somebody pages again, and leaves nothing out', async () => {
      const [first, , third] = stored;
      if (!first || !third) return expect.unreachable();
      const seen = await pageThrough(async (page) => {
        if (page > 0) return;
        await store().clearOwed(stored[6] ?? first);
        await store().putCurrent({ ...third, revision: 2, updatedAt: '2026-11-22T00:00:00.000Z' }, third);
      });
      expect(seen).toEqual([...stored.map(({ postmortem }) => postmortem.id), 'pm-2']);
    });

    it('begins at an instant, and a cursor from before it does not lead behind it', async () => {
      const from = new Date('2026-11-01T00:00:00Z');
      expect((await dynamoPostmortemList(table)(from, now, 10)).postmortems.map(({ id }) => id)).toEqual(['pm-11']);
      const early = `${stored[0]?.updatedAt}#pm-0`;
      expect((await dynamoPostmortemList(table)(from, now, 10, early)).postmortems.map(({ id }) => id)).toEqual(['pm-11']);
    });
  });

  describe('the list of editions', () => {
    const days = ['2026-11-23', '2026-11-16', '2026-11-09', '2026-10-05', '2026-03-02'];
    const idOf = (day: string) => `engineering-digest_${day}`;
    beforeEach(async () => {
      for (const [n, day] of days.entries()) {
        const edition = anEdition({ id: idOf(day), scheduledFor: `${day}T08:00:00Z` });
        await dynamoEditionStore(table, () => now).create(n % 2 === 0 ? edition : { ...edition, completedAt: `${day}T09:00:00Z` });
      }
    });
    const pageThrough = async (between: (page: number) => Promise<unknown> = async () => {}) => {
      const seen: string[][] = [];
      let cursor: string | undefined;
      do {
        const page = await dynamoEditionLister(table, () => now).list(2, cursor);
        seen.push(page.editions.map(({ edition }) => edition));
        cursor = page.cursor;
        await between(seen.length);
      } while (cursor);
      return seen;
    };

    it('has the latest first in pages no longer than asked for, unfinished ones at their place', async () => {
      expect(await pageThrough()).toEqual([days.slice(0, 2).map(idOf), days.slice(2, 4).map(idOf), days.slice(4).map(idOf)]);
    });

    it('neither loses nor repeats an edition that is finished meanwhile', async () => {
      const finish = (page: number) =>
        page === 1
          ? dynamoEditionStore(table, () => now).setTally(idOf('2026-11-09'), 'default', { version: 1, counts: {} })
          : Promise.resolve();
      expect((await pageThrough(finish)).flat()).toEqual(days.map(idOf));
    });

    it('shows editions of months to come, as a clock that was moved ahead leaves them', async () => {
      const ahead = anEdition({ id: 'ahead', scheduledFor: '2027-06-07T08:00:00Z', completedAt: '2027-06-07T08:00:00Z' });
      await dynamoEditionStore(table, () => now).create(ahead);
      expect((await pageThrough())[0]).toEqual(['ahead', idOf('2026-11-23')]);
    });
  });
});
