import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoAudienceReader } from '../../adapters/dynamodb/audience-reader.ts';
import { dynamoChunkReader } from '../../adapters/dynamodb/chunk-reader.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoEvidenceStore } from '../../adapters/dynamodb/evidence-store.ts';
import { dynamoPacer, readBooked } from '../../adapters/dynamodb/pacer.ts';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoLeafFinder, dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoOpenWork, dynamoSweepMemory } from '../../adapters/dynamodb/sweep-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { quotaKey, sweepKey } from '../../adapters/dynamodb/table-shape.ts';
import type { Outcomes } from '../../core/delivery/outcome.ts';
import { rootOf } from '../../core/delivery/range.ts';
import { forEveryLane } from '../../core/stream/stream.ts';
import { aLeaf, anEdition, aProfile, aSid, someFragments, someMade } from '../support/delivery.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const now = () => new Date('2026-11-23T08:00:00Z');

onEachEngine('delivery on %s', (freshTable) => {
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
  });

  describe('the range ledger', () => {
    const range = rootOf('engineering-digest_2026-W47');

    it('decides a shape once', async () => {
      const ledger = dynamoRangeLedger(table, now);
      expect(await ledger.create(range, { shape: 'split', tallies: {} })).toBe(true);
      expect(await ledger.create(range, aLeaf())).toBe(false);
      expect(await ledger.read(range)).toEqual({ shape: 'split', tallies: {} });
    });

    it('gives a leaf back as it was written, every kind of outcome included', async () => {
      const ledger = dynamoRangeLedger(table, now);
      const outcomes: Outcomes = {
        [aSid(1)]: { kind: 'accepted', attempt: 1, messageId: '0100018c-abc', made: someMade() },
        [aSid(2)]: { kind: 'skipped', reason: 'after cut-off' },
        [aSid(3)]: { kind: 'refused', attempt: 1, code: 'MessageRejected' },
        [aSid(4)]: { kind: 'in doubt', attempt: 1, made: someMade({ cards: '' }) },
        [aSid(7)]: { kind: 'in doubt', attempt: 2, made: someMade(), again: true },
        [aSid(5)]: { kind: 'unconfirmed', attempt: 2, made: someMade({ cards: '0123a49' }) },
        [aSid(8)]: { kind: 'unconfirmed', attempt: 3, made: someMade(), earlier: [someMade({ cards: '' }), someMade({ issuedAt: 7 })] },
      };
      const leaf = aLeaf({ outcomes, submitting: { [aSid(6)]: { attempt: 1, made: someMade() } }, leaseEndsAt: 5, step: 3 });
      await ledger.create(range, leaf);
      expect(await ledger.read(range)).toEqual(leaf);
    });

    it('is gone through by lanes, and sweep remembers where it stopped in each', async () => {
      const memory = dynamoSweepMemory(table);
      const next = {
        emptyRuns: { bulk: 1, prompt: 3, urgent: 0, customers: 2 },
        settling: { bulk: '2026-11-23T08:00:00.000Z#e#default#01' },
        monthly: { digest: { edition: 'digest_2026-10', at: 5 } },
      };
      expect(await memory.read()).toEqual({ emptyRuns: forEveryLane(() => 0) });
      await memory.write(next);
      expect(await memory.read()).toEqual(next);
    });

    it('is gone through after a release with other lanes, too', async () => {
      const earlier = { asked: { edition: 'engineering-digest_2026-10', at: 5 } };
      await table.put({
        ...sweepKey('MEMORY'),
        emptyRuns: { bulk: 1, express: 3 },
        settling: { bulk: 'here', express: 'there' },
        ...earlier,
      });

      expect(await dynamoSweepMemory(table).read()).toEqual({
        emptyRuns: { ...forEveryLane(() => 0), bulk: 1 },
        settling: { bulk: 'here' },
      });
    });

    it('lists leaves that are due from behind a place, those below it too, and none where that lies ahead', async () => {
      const ledger = dynamoRangeLedger(table, now);
      const work = dynamoOpenWork(table);
      const ranges = ['1', '10', '11', '0'].map((prefix) => ({ ...range, prefix }));
      for (const one of ranges) {
        await ledger.create(one, aLeaf());
        await ledger.replace(one, aLeaf({ state: 'settling', version: 2, settlesAt: now().getTime() }), { version: 1, owner: 'somebody' });
      }
      const later = new Date(now().getTime() + 1);
      const listed = async (limit: number, behind?: string) => (await work.settling(later, limit, behind)).map((one) => one.range.prefix);
      expect([await listed(10), await listed(2)]).toEqual([
        ['0', '1', '10', '11'],
        ['0', '1'],
      ]);
      const [, second] = await work.settling(later, 10);
      expect([await listed(10, second?.place), await listed(1, second?.place)]).toEqual([['10', '11'], ['10']]);
      expect(await listed(10, '2099-01-01T00:00:00.000Z#e#default#')).toEqual([]);
    });

    it('lists a leaf while it waits for evidence, by the instant at which it is due', async () => {
      const ledger = dynamoRangeLedger(table, now);
      const work = dynamoOpenWork(table);
      const settlesAt = Date.parse('2026-11-23T08:02:00Z');
      const settling = aLeaf({ state: 'settling', version: 2, settlesAt, isAsked: true });
      await ledger.create(range, aLeaf());
      await ledger.replace(range, settling, { version: 1, owner: 'somebody' });
      expect(await ledger.read(range)).toEqual(settling);
      expect(await work.settling(new Date(settlesAt - 1), 10)).toEqual([]);
      expect(await work.settling(new Date(settlesAt + 1), 10)).toMatchObject([{ range }]);
      await ledger.replace(range, aLeaf({ state: 'done', version: 3 }), { version: 2, owner: 'somebody' });
      expect(await work.settling(new Date(settlesAt + 1), 10)).toEqual([]);
    });

    it('finds the leaf that a person is in, however deep, and nobody else’s', async () => {
      const ledger = dynamoRangeLedger(table, now);
      const finder = dynamoLeafFinder(table);
      const sid = `b7${'0'.repeat(30)}`;
      expect(await finder.find(range.edition, 'default', sid)).toBeUndefined();
      await ledger.create(range, { shape: 'split', tallies: {} });
      for (const prefix of ['1', '10', '101']) await ledger.create({ ...range, prefix }, { shape: 'split', tallies: {} });
      await ledger.create({ ...range, prefix: '1010' }, aLeaf());
      await ledger.create({ ...range, prefix: '1011' }, { shape: 'split', tallies: {} });
      await ledger.create({ ...range, prefix: '10110' }, aLeaf({ owner: 'its owner' }));
      expect(await finder.find(range.edition, 'default', sid)).toEqual({
        range: { ...range, prefix: '10110' },
        leaf: aLeaf({ owner: 'its owner' }),
      });
    });

    it.each([10, 11, 12])('finds a leaf below %i splits, and none where the splits end', async (depth) => {
      const ledger = dynamoRangeLedger(table, now);
      const find = () => dynamoLeafFinder(table).find(range.edition, 'default', '0'.repeat(32));
      for (let n = 0; n < depth; n += 1) await ledger.create({ ...range, prefix: '0'.repeat(n) }, { shape: 'split', tallies: {} });
      expect(await find()).toBeUndefined();
      await ledger.create({ ...range, prefix: '0'.repeat(depth) }, aLeaf());
      expect((await find())?.range.prefix).toHaveLength(depth);
    });

    it('lets one of twenty workers claim', async () => {
      const ledger = dynamoRangeLedger(table, now);
      await ledger.create(range, aLeaf());
      const claims = Array.from({ length: 20 }, (_, n) =>
        ledger.replace(range, aLeaf({ version: 2, owner: `w${n}` }), { version: 1, owner: 'somebody' }),
      );
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    });

    it('refuses a write under an older version or another owner', async () => {
      const ledger = dynamoRangeLedger(table, now);
      await ledger.create(range, aLeaf({ version: 5 }));
      expect(await ledger.replace(range, aLeaf({ version: 6 }), { version: 4, owner: 'somebody' })).toBe(false);
      expect(await ledger.replace(range, aLeaf({ version: 6 }), { version: 5, owner: 'nobody' })).toBe(false);
    });

    it('keeps the newer tally of a half', async () => {
      const ledger = dynamoRangeLedger(table, now);
      await ledger.create(range, { shape: 'split', tallies: {} });
      await ledger.setTally(range, '0', { version: 7, counts: { accepted: 3 } });
      const after = await ledger.setTally(range, '0', { version: 6, counts: { accepted: 1 } });
      expect(after?.tallies).toEqual({ 0: { version: 7, counts: { accepted: 3 } } });
    });
  });

  describe('the audience', () => {
    const subscribe = (n: number, since: string) =>
      dynamoPeopleStore(table).putSubscription('engineering-digest', 'default', aSid(n), since);

    it('of the halves of a range is the audience of the range, each person once', async () => {
      for (let n = 0; n < 60; n += 1) await subscribe(n, '2026-11-01T00:00:00Z');
      const audience = dynamoAudienceReader(table);
      const all = await audience.first(anEdition(), rootOf('e'), Number.POSITIVE_INFINITY);
      const parts = await Promise.all(
        ['0', '10', '110', '1110', '11110', '11111'].map((prefix) =>
          audience.first(anEdition(), { ...rootOf('e'), prefix }, Number.POSITIVE_INFINITY),
        ),
      );
      expect(all).toHaveLength(60);
      expect(parts.flat()).toEqual(all);
    });

    it('leaves out who came after the cut-off, and stops at the limit', async () => {
      await subscribe(1, '2026-11-01T00:00:00Z');
      await subscribe(2, '2026-11-23T09:00:00Z');
      await subscribe(3, '2026-11-01T00:00:00Z');
      const audience = dynamoAudienceReader(table);
      expect((await audience.first(anEdition(), rootOf('e'), 51)).toSorted()).toEqual([aSid(1), aSid(3)].toSorted());
      expect(await audience.first(anEdition(), rootOf('e'), 1)).toHaveLength(1);
    });

    it('of a list is the list', async () => {
      const edition = anEdition({ audience: { kind: 'list', subscribers: [aSid(1), aSid(2)] } });
      expect(await dynamoAudienceReader(table).first(edition, rootOf('e'), 51)).toEqual([aSid(1), aSid(2)].toSorted());
    });
  });

  describe('what a chunk is decided on', () => {
    it('comes in one look: profiles, brakes and the rate', async () => {
      const editions = dynamoEditionStore(table, now);
      await editions.create(anEdition());
      await editions.withhold('engineering-digest_2026-W47', 'pm-1', 1);
      await editions.correct('engineering-digest_2026-W47', 'pm-1', 2);
      await dynamoPeopleStore(table).writeProfile(aProfile(), 0);
      await table.put({ ...quotaKey, maxSendRate: 50 });
      const facts = await dynamoChunkReader(table).read(anEdition(), [aSid(1), aSid(2)]);
      expect([...facts.profiles.keys()]).toEqual([aSid(1)]);
      expect(facts).toMatchObject({
        paused: false,
        recalled: false,
        maxSendRate: 50,
        withheld: new Set(['pm-1']),
        corrected: new Set(['pm-1:2']),
      });
    });

    it('is the rate of the sandbox while the quota is unknown', async () => {
      expect(await dynamoChunkReader(table).outlook(anEdition())).toEqual(
        expect.objectContaining({ maxSendRate: 1, lane: {}, recalled: false }),
      );
    });
  });

  describe('the pacer', () => {
    it('books places one behind the other', async () => {
      const pacer = dynamoPacer(table, () => 1000);
      expect(await pacer.book({ places: 5, interval: 10, urgent: false, within: 60_000 })).toEqual({ kind: 'booked', at: 1000, booked: 5 });
      expect(await pacer.book({ places: 5, interval: 10, urgent: false, within: 60_000 })).toEqual({
        kind: 'booked',
        at: 1050,
        booked: 10,
      });
      expect(await readBooked(table)).toBe(10);
    });

    it('begins at now after an idle time', async () => {
      await dynamoPacer(table, () => 1000).book({ places: 5, interval: 10, urgent: false, within: 60_000 });
      expect(await dynamoPacer(table, () => 90_000).book({ places: 1, interval: 10, urgent: false, within: 60_000 })).toEqual({
        kind: 'booked',
        at: 90_000,
        booked: 6,
      });
    });

    it('sends bulk mail away when it is a quarter of a second ahead, and lets urgent mail in', async () => {
      const pacer = dynamoPacer(table, () => 1000);
      await pacer.book({ places: 30, interval: 100, urgent: false, within: 60_000 });
      expect(await pacer.book({ places: 1, interval: 100, urgent: false, within: 60_000 })).toEqual({ kind: 'far', until: 3875 });
      expect(await pacer.book({ places: 2, interval: 100, urgent: true, within: 60_000 })).toEqual({
        kind: 'booked',
        at: 4000,
        booked: 32,
      });
    });

    it('books nothing that the worker could not use any more', async () => {
      const pacer = dynamoPacer(table, () => 1000);
      const wanted = { places: 5, interval: 100, urgent: false };
      await pacer.book({ ...wanted, places: 2, within: 1000 });
      expect(await pacer.book({ ...wanted, within: 199 })).toEqual({ kind: 'far', until: 1075 });
      expect(await pacer.book({ ...wanted, within: 200 })).toEqual({ kind: 'booked', at: 1200, booked: 7 });
    });

    it('starts again when a wrong clock had set it far ahead', async () => {
      await dynamoPacer(table, () => 10_000_000).book({ places: 1, interval: 10, urgent: false, within: 60_000 });
      expect(await dynamoPacer(table, () => 1000).book({ places: 1, interval: 10, urgent: false, within: 60_000 })).toEqual({
        kind: 'booked',
        at: 1000,
        booked: 2,
      });
    });

    it('asks once for places that it can tell, and twice where others have booked since', async () => {
      let calls = 0;
      const counting: Table = {
        ...table,
        updateOrSee: (...all) => {
          calls += 1;
          return table.updateOrSee(...all);
        },
      };
      let now = 10_000;
      const [ours, theirs] = [dynamoPacer(counting, () => now), dynamoPacer(table, () => now)];
      const wanted = { places: 1, interval: 100, urgent: false, within: 60_000 };
      const made: number[] = [];
      const book = async (pacer = ours) => {
        calls = 0;
        await pacer.book(wanted);
        made.push(calls);
      };
      await book();
      await book();
      now += 60_000;
      await book();
      now += 60_000;
      await book(theirs);
      await book();
      expect(made).toEqual([1, 1, 1, 0, 2]);
    });

    it('asks again at once where the place has come near while it asked', async () => {
      let now = 1000;
      const slow: Table = {
        ...table,
        updateOrSee: async (...all) => {
          const answer = await table.updateOrSee(...all);
          now += 200;
          return answer;
        },
      };
      await dynamoPacer(table, () => 1000).book({ places: 3, interval: 100, urgent: false, within: 60_000 });
      const pacer = dynamoPacer(slow, () => now);
      expect(await pacer.book({ places: 1, interval: 100, urgent: false, within: 60_000 })).toEqual({
        kind: 'booked',
        at: 1300,
        booked: 4,
      });
    });

    it('gives twenty workers twenty different places', async () => {
      const pacer = dynamoPacer(table, () => 1000);
      const bookings = await Promise.all(
        Array.from({ length: 20 }, () => pacer.book({ places: 1, interval: 10, urgent: true, within: 60_000 })),
      );
      const places = bookings.map((booking) => (booking.kind === 'booked' ? booking.at : 'far'));
      expect(new Set(places).size).toBe(20);
    });
  });

  describe('an edition', () => {
    it('is composed once', async () => {
      const editions = dynamoEditionStore(table, now);
      expect(await editions.create(anEdition())).toBe(true);
      expect(await editions.create(anEdition({ subject: 'another' }))).toBe(false);
      expect(await editions.read(anEdition().id)).toEqual(anEdition());
    });

    it('gives its fragments back, however many parts they take', async () => {
      const editions = dynamoEditionStore(table, now);
      const noise = Array.from({ length: 40_000 }, (_, n) => aSid(n)).join('');
      const fragments = someFragments({ foot: { html: noise, text: noise } });
      const content = await editions.putContent('e', fragments);
      expect(content.parts).toBeGreaterThan(1);
      expect(await editions.readFragments(anEdition({ id: 'e', content }))).toEqual(fragments);
    });

    it('is open work until its tally is there, then complete with exact counts', async () => {
      const editions = dynamoEditionStore(table, now);
      await editions.create(anEdition());
      const open = () => table.query('OPEN#edition', { index: true });
      expect((await open()).items).toHaveLength(1);
      await editions.setTally(anEdition().id, 'default', { version: 3, counts: { accepted: 40 } });
      expect((await open()).items).toEqual([]);
      expect(await editions.read(anEdition().id)).toMatchObject({
        completedAt: '2026-11-23T08:00:00.000Z',
        tallies: { default: { version: 3, counts: { accepted: 40 } } },
      });
    });
  });

  describe('evidence', () => {
    const event = { at: '2026-11-23T08:00:05Z', edition: 'e', slot: 'default', subscriber: aSid(1), attempt: 1, messageId: 'm-1' } as const;

    it('is the same in any order and with any repetition', async () => {
      const store = dynamoEvidenceStore(table, now);
      const events = [
        { ...event, kind: 'delivered' },
        { ...event, kind: 'accepted', at: '2026-11-23T08:00:01Z' },
        { ...event, kind: 'delivered', at: '2026-11-23T08:00:09Z' },
      ] as const;
      for (const one of [...events, ...events]) await store.add(one);
      const { items } = await table.query(`ED#e#D#${aSid(1).slice(0, 1)}`);
      expect(items).toMatchObject([{ a1: { accepted: '2026-11-23T08:00:01Z', delivered: '2026-11-23T08:00:05Z' } }]);
    });

    it('that is asked for answers what is known, of any attempt', async () => {
      const store = dynamoEvidenceStore(table, now);
      await store.add({ ...event, kind: 'bounced', attempt: 2, messageId: 'm-2' });
      expect(await store.ask('e', [aSid(1), aSid(2)])).toEqual(new Map([[aSid(1), { attempt: 2, messageId: 'm-2' }]]));
    });

    it('that comes after it was asked for knows so, each time; evidence that was there before does not', async () => {
      const store = dynamoEvidenceStore(table, now);
      expect(await store.add({ ...event, kind: 'accepted' })).toEqual({ isAwaited: false });
      await store.ask('e', [aSid(1), aSid(2)]);
      await store.ask('e', [aSid(2)]);
      const late = { ...event, subscriber: aSid(2), kind: 'accepted' } as const;
      expect([await store.add(late), await store.add(late)]).toEqual([{ isAwaited: true }, { isAwaited: true }]);
      expect(await store.add({ ...event, kind: 'delivered' })).toEqual({ isAwaited: false });
    });

    it('and asking for it at the same moment: one of the two sees the other', async () => {
      const store = dynamoEvidenceStore(table, now);
      const people = Array.from({ length: 20 }, (_, n) => aSid(n));
      const seen = await Promise.all(
        people.map(async (subscriber) => {
          const [{ isAwaited }, proofs] = await Promise.all([
            store.add({ ...event, subscriber, kind: 'accepted' }),
            store.ask('e', [subscriber]),
          ]);
          return isAwaited || proofs.has(subscriber);
        }),
      );
      expect(seen).toEqual(people.map(() => true));
    });

    it('loses none of eight events at once', async () => {
      const store = dynamoEvidenceStore(table, now);
      const events = Array.from({ length: 8 }, (_, n) => store.add({ ...event, kind: 'delivered', attempt: n + 1 }));
      await Promise.all(events);
      const { items } = await table.query(`ED#e#D#${aSid(1).slice(0, 1)}`);
      expect(Object.keys(items[0] ?? {}).filter((name) => /^a\d$/.test(name))).toHaveLength(8);
    });
  });
});
