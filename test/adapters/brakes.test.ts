import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoChunkReader } from '../../adapters/dynamodb/chunk-reader.ts';
import { dynamoEditionHolder } from '../../adapters/dynamodb/edition-flags.ts';
import { dynamoEditionLister } from '../../adapters/dynamodb/edition-lister.ts';
import { dynamoEditionReader, dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoLaneBrakes, dynamoLaneBreaker, readLanes } from '../../adapters/dynamodb/lane-store.ts';
import { dynamoLeafFinder, dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoOpenWork, writeQuota } from '../../adapters/dynamodb/sweep-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { stoppedBy, withNextProbe } from '../../core/delivery/lane.ts';
import { rootOf } from '../../core/delivery/range.ts';
import { resendDeliveries } from '../../core/delivery/resend.ts';
import { forEveryLane } from '../../core/stream/stream.ts';
import { aLeaf, anEdition, aSid, someMade } from '../support/delivery.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const now = () => new Date('2026-11-23T08:00:00Z');
const byHand = { at: '2026-11-23T08:00:00Z', by: 'on call' };
const code = 'AccountSendingPausedException';

onEachEngine('brakes on %s', (freshTable) => {
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
  });

  describe('a lane', () => {
    const stop = stoppedBy(code, now());

    it('is stopped once: the first reason and instant stay', async () => {
      const breaker = dynamoLaneBreaker(table);
      expect(await breaker.stop('bulk', stop)).toBe(true);
      expect(await breaker.stop('bulk', { ...stop, code: 'Another', since: '2026-11-23T09:00:00Z' })).toBe(false);
      expect(await readLanes(table)).toEqual({ ...forEveryLane(() => ({})), bulk: { stopped: stop } });
    });

    it('gives each probe to one of twenty workers', async () => {
      const breaker = dynamoLaneBreaker(table);
      await breaker.stop('bulk', stop);
      const next = withNextProbe(stop, stop.probeAt);
      const taken = await Promise.all(Array.from({ length: 20 }, () => breaker.takeProbe('bulk', stop, next)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect((await readLanes(table)).bulk.stopped).toEqual(next);
    });

    it('that is healed keeps its pause, and no probe of before counts', async () => {
      const breaker = dynamoLaneBreaker(table);
      await breaker.stop('bulk', stop);
      await dynamoLaneBrakes(table).pause('bulk', byHand);
      await breaker.reopen('bulk');
      await breaker.reopen('bulk');
      expect((await readLanes(table)).bulk).toEqual({ paused: byHand });
      expect(await breaker.takeProbe('bulk', stop, withNextProbe(stop, 0))).toBe(false);
    });

    it('is paused once, and resumed from whatever held it', async () => {
      const brakes = dynamoLaneBrakes(table);
      expect([await brakes.pause('urgent', byHand), await brakes.pause('urgent', { ...byHand, by: 'another' })]).toEqual([true, false]);
      await dynamoLaneBreaker(table).stop('urgent', stop);
      expect((await brakes.read()).urgent).toEqual({ paused: byHand, stopped: stop });
      expect([await brakes.resume('urgent'), await brakes.resume('urgent')]).toEqual([true, false]);
      expect((await brakes.read()).urgent).toEqual({});
    });

    it('is read with each chunk, and anew before a leaf for as long as it is held', async () => {
      const reader = dynamoChunkReader(table);
      await dynamoEditionStore(table, now).create(anEdition());
      await writeQuota(table, { maxSendRate: 50, max24Hours: 1000, sentLast24Hours: 7, booked: 3, reserve: 50 }, now());
      const facts = await reader.read(anEdition(), []);
      expect(facts).toMatchObject({ lane: {}, quota: { max24Hours: 1000, sentLast24Hours: 7, booked: 3, reserve: 50 } });
      await dynamoLaneBreaker(table).stop('bulk', stop);
      expect((await reader.outlook(anEdition())).lane).toEqual({}); // remembered: the chunk's own look tells
      expect((await reader.read(anEdition(), [])).lane).toEqual({ stopped: stop });
      await dynamoLaneBreaker(table).reopen('bulk');
      expect(await reader.outlook(anEdition())).toMatchObject({ lane: {}, maxSendRate: 50 });
    });
  });

  describe('an edition', () => {
    const { id } = anEdition();
    const state = async () => (await dynamoEditionLister(table, now).list(10)).editions[0]?.state;
    beforeEach(async () => void (await dynamoEditionStore(table, now).create(anEdition())));

    it('is paused and resumed, each once, and its lists say so', async () => {
      const brakes = dynamoEditionHolder(table);
      expect([await brakes.pause(id), await brakes.pause(id), await state()]).toEqual(['changed', 'unchanged', 'paused']);
      expect(await dynamoChunkReader(table).read(anEdition(), [])).toMatchObject({ paused: true });
      expect([await brakes.resume(id), await brakes.resume(id), await state()]).toEqual(['changed', 'unchanged', 'sending']);
    });

    it('is recalled for good, also while it is paused, and every reader of a chunk remembers', async () => {
      const brakes = dynamoEditionHolder(table);
      await brakes.pause(id);
      expect([await brakes.recall(id), await brakes.recall(id), await state()]).toEqual(['changed', 'recalled', 'recalled']);
      expect([await brakes.pause(id), await brakes.resume(id)]).toEqual(['recalled', 'recalled']);
      const reader = dynamoChunkReader(table);
      expect(await reader.read(anEdition(), [])).toMatchObject({ paused: false, recalled: true });
      expect(await reader.outlook(anEdition())).toMatchObject({ recalled: true });
    });

    it('is superseded once, with its pause handed on and taken off, and every reader of a chunk remembers', async () => {
      const brakes = dynamoEditionHolder(table);
      await brakes.pause(id);
      expect(await brakes.supersede(id, 'sev1-alerts_pm-1_r2')).toEqual({ wasPaused: true });
      expect(await brakes.supersede(id, 'sev1-alerts_pm-1_r3')).toEqual({ wasPaused: true });
      const by = { by: 'sev1-alerts_pm-1_r2' };
      expect([await brakes.pause(id), await brakes.resume(id), await brakes.recall(id)]).toEqual([by, by, by]);
      expect(await dynamoEditionStore(table, now).read(id)).toMatchObject({
        paused: false,
        recalled: false,
        superseded: { ...by, wasPaused: true },
      });
      const said = { state: 'superseded', supersededBy: by.by };
      expect(await dynamoEditionLister(table, now).list(10)).toMatchObject({ editions: [said] });
      expect(await dynamoEditionLister(table, now).report(id)).toMatchObject(said);
      const reader = dynamoChunkReader(table);
      expect((await reader.outlook(anEdition())).superseded).toBe(true);
      expect(await reader.read(anEdition(), [])).toMatchObject({ paused: false, recalled: false, superseded: true });
      expect((await reader.outlook(anEdition())).superseded).toBe(true);
      expect(await dynamoEditionReader(table).listOpen(['engineering-digest'])).toMatchObject([{ isHeld: true }]);
    });

    it('that is complete or recalled is superseded too, and one that is not there is not', async () => {
      const brakes = dynamoEditionHolder(table);
      await dynamoEditionStore(table, now).setTally(id, 'default', { version: 1, counts: { accepted: 1 } });
      expect([await brakes.supersede(id, 'sev1-alerts_pm-1_r2'), await state()]).toEqual([{ wasPaused: false }, 'superseded']);
      expect(await brakes.supersede('sev1-alerts_pm-2_r1', 'sev1-alerts_pm-2_r2')).toBe('unknown');
      expect(await table.read({ pk: 'ED#sev1-alerts_pm-2_r1', sk: 'META' })).toBeUndefined();
    });

    it('is superseded with the pause that stands when it is decided, however many decide and pause at once', async () => {
      const brakes = dynamoEditionHolder(table);
      const [paused, ...answers] = await Promise.all([
        brakes.pause(id),
        ...Array.from({ length: 5 }, () => brakes.supersede(id, 'sev1-alerts_pm-1_r2')),
      ]);
      expect(answers).toEqual(answers.map(() => ({ wasPaused: paused === 'changed' })));
    });

    it('hands on the pause that another saw, who decided after this one had read', async () => {
      const brakes = dynamoEditionHolder(table);
      let isLate = true;
      const slow: Table = {
        ...table,
        async update(...change) {
          if (isLate) {
            isLate = false;
            await brakes.pause(id);
            await brakes.supersede(id, 'sev1-alerts_pm-1_r2');
          }
          return table.update(...change);
        },
      };
      expect(await dynamoEditionHolder(slow).supersede(id, 'sev1-alerts_pm-1_r2')).toEqual({ wasPaused: true });
    });

    it('keeps its brake in the lists where a tally that read it before comes later', async () => {
      const late: Table = {
        ...table,
        async update(key, change, condition) {
          const after = await table.update(key, change, condition);
          if (change.set && 'tallies.default' in change.set) await dynamoEditionHolder(table).supersede(id, 'sev1-alerts_pm-1_r2');
          return after;
        },
      };
      await dynamoEditionStore(late, now).setTally(id, 'default', { version: 1, counts: { accepted: 1 } });
      expect([await state(), (await dynamoEditionStore(table, now).read(id))?.completedAt]).toEqual(['superseded', now().toISOString()]);
    });

    it('that is complete takes no brake, nor one that is not there', async () => {
      await dynamoEditionStore(table, now).setTally(id, 'default', { version: 1, counts: { accepted: 1 } });
      const brakes = dynamoEditionHolder(table);
      expect([await brakes.pause(id), await brakes.resume(id), await brakes.recall(id)]).toEqual(['complete', 'complete', 'complete']);
      expect(await brakes.recall('engineering-digest_1999-W01')).toBe('unknown');
      expect(await table.read({ pk: 'ED#engineering-digest_1999-W01', sk: 'META' })).toBeUndefined();
    });

    it('that comes to its end while it is paused is paused no longer: a copy that is asked for later would wait for ever', async () => {
      const brakes = dynamoEditionHolder(table);
      const store = dynamoEditionStore(table, now);
      await brakes.pause(id);
      await store.setTally(id, 'default', { version: 1, counts: { unconfirmed: 1 } });
      expect([await store.read(id), await state()]).toMatchObject([{ paused: false, completedAt: expect.any(String) }, 'complete']);
    });

    it('names whom SES refused and why, when it is complete too', async () => {
      const refused = { kind: 'refused', attempt: 1, code: 'MessageRejected' } as const;
      const outcomes = { [aSid(1)]: refused, [aSid(2)]: { kind: 'skipped', reason: 'snoozed' } as const };
      await dynamoRangeLedger(table, now).create(rootOf(id), aLeaf({ state: 'done', outcomes }));
      const counts = { 'refused: MessageRejected': 1, 'skipped: snoozed': 1 };
      await dynamoEditionStore(table, now).setTally(id, 'default', { version: 1, counts });
      expect(await dynamoEditionLister(table, now).report(id)).toMatchObject({
        state: 'complete',
        counts,
        refused: { [aSid(1)]: 'MessageRejected' },
      });
    });

    it('names of whom nobody knows whether they got it, and has it sent once more', async () => {
      const range = rootOf(id);
      const ledger = dynamoRangeLedger(table, now);
      const unconfirmed = { kind: 'unconfirmed', attempt: 1, made: someMade() } as const;
      await ledger.create(range, aLeaf({ state: 'done', outcomes: { [aSid(1)]: unconfirmed } }));
      await dynamoEditionStore(table, now).setTally(id, 'default', { version: 1, counts: { unconfirmed: 1 } });
      expect(await dynamoEditionLister(table, now).report(id)).toMatchObject({ unconfirmed: [aSid(1)], inDoubt: [] });

      const deps = { leaves: dynamoLeafFinder(table), ranges: ledger, now };
      expect(await resendDeliveries(anEdition(), [aSid(1)], deps)).toMatchObject({ asked: [aSid(1)] });
      expect(await resendDeliveries(anEdition(), [aSid(1)], deps)).toMatchObject({ asked: [], underWay: [aSid(1)] });
      expect(await dynamoOpenWork(table).settling(new Date(now().getTime() + 1), 10)).toMatchObject([{ range }]);
      expect(await ledger.read(range)).toMatchObject({
        state: 'settling',
        version: 2,
        outcomes: { [aSid(1)]: { kind: 'in doubt', again: true } },
      });
    });
  });
});
