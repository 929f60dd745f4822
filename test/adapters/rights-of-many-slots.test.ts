import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoErasureStore, dynamoForgottenList, dynamoPersonRemover } from '../../adapters/dynamodb/erasure-store.ts';
import { dynamoActsReader, dynamoLedgerEraser, dynamoPersonLedger } from '../../adapters/dynamodb/person-ledger.ts';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import { dynamoSlotRegistry } from '../../adapters/dynamodb/slot-registry.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { slotsPartition } from '../../adapters/dynamodb/table-shape.ts';
import type { Outcome } from '../../core/delivery/outcome.ts';
import { erasePerson } from '../../core/rights/erase-person.ts';
import { exportPerson } from '../../core/rights/export-person.ts';
import { finishErasures } from '../../core/rights/finish-erasures.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { aLeaf, anEdition, aProfile, aSid, someMade } from '../support/delivery.ts';
import { oneEngine } from '../support/one-engine.ts';

const ana = aSid(3);
const who = { realm: 'staff', sid: ana } as const;
const accepted: Outcome = { kind: 'accepted', attempt: 1, messageId: 'm-1', made: someMade() };
const now = () => new Date('2026-11-23T10:00:00Z');
/** What a request takes on the clock of these tests. */
const requestMs = 8;
const batchSize = 100;

const freshTable = oneEngine();
let table: Table;
let calls: { ms: number; inFlight: number; most: number };
beforeEach(async () => {
  calls = { ms: 0, inFlight: 0, most: 0 };
  table = counted(await freshTable());
});

/**
 * The real table, with how many calls are under way at once and how long their requests take one
 * after the other.
 */
function counted(real: Table): Table {
  const during = async <R>(work: () => Promise<R>, requests = 1): Promise<R> => {
    calls.ms += requests * requestMs;
    calls.inFlight += 1;
    calls.most = Math.max(calls.most, calls.inFlight);
    try {
      return await work();
    } finally {
      calls.inFlight -= 1;
    }
  };
  return {
    ...real,
    read: (key) => during(() => real.read(key)),
    readMany: (keys, attributes) => during(() => real.readMany(keys, attributes), Math.ceil(keys.length / batchSize)),
    put: (item, condition) => during(() => real.put(item, condition)),
    update: (key, change, condition) => during(() => real.update(key, change, condition)),
    remove: (key, condition) => during(() => real.remove(key, condition)),
    query: (partition, options) => during(() => real.query(partition, options)),
  };
}

const slotsOf = (n: number) => Array.from({ length: n }, (_, i) => `w${(i % 7) + 1}-${String(i).padStart(2, '0')}30-Europe--Berlin`);

/** Editions that ana got in the last of many slots. */
async function delivered(editions: number, slots: readonly string[]): Promise<string[]> {
  const [store, ranges] = [dynamoEditionStore(table, now), dynamoRangeLedger(table, now)];
  const ids = Array.from({ length: editions }, (_, n) => `engineering-digest_2025-W${String(n + 1).padStart(2, '0')}`);
  for (const [n, id] of ids.entries()) {
    const at = toInstant(new Date(Date.parse('2025-11-24T08:00:00Z') + n * 3_600_000));
    const tallies = Object.fromEntries(slots.map((slot) => [slot, { version: 1, counts: {} }]));
    await store.create(anEdition({ id, slots: [...slots], scheduledFor: at, composedAt: at, cutoff: at, tallies, completedAt: at }));
    const range = { edition: id, slot: slots.at(-1) ?? 'default', prefix: '' };
    await ranges.create(range, aLeaf({ state: 'done', outcomes: { [ana]: accepted } }));
  }
  return ids;
}

const anaIsThere = () => dynamoPeopleStore(table).writeProfile(aProfile({ sid: ana }), 0);
const rights = () => ({
  people: { ...dynamoPeopleStore(table), ...dynamoPersonRemover(table) },
  erasures: dynamoErasureStore(table),
  forgotten: dynamoForgottenList(table),
  sessions: dynamoSessionStore(table),
  ledger: { ...dynamoPersonLedger(table, now), ...dynamoLedgerEraser(table, now) },
});
const erase = () => erasePerson(who, {}, { ...rights(), now: () => toInstant(now()), newSalt: () => 'a'.repeat(64) });

describe('of somebody in an organisation of a hundred slots', () => {
  it('erasing keeps to the time of a run, goes on where it stopped, and comes to its end', async () => {
    await anaIsThere();
    const slots = slotsOf(100);
    const editions = await delivered(50, slots);
    await erase();
    const failures: unknown[] = [];
    const aRunMs = 500;
    const run = async () => {
      calls.ms = 0;
      await finishErasures({ ...rights(), now, hasTime: () => calls.ms < aRunMs, failed: (_, error) => void failures.push(error) });
      return calls.ms;
    };

    expect(await run()).toBeLessThan(2 * aRunMs);
    expect((await dynamoErasureStore(table).read(who))?.cursor).toBeDefined();
    let runs = 1;
    for (; runs < 20 && (await dynamoErasureStore(table).read(who))?.stage === 'ledger'; runs += 1)
      expect(await run()).toBeLessThan(2 * aRunMs);

    expect(failures).toEqual([]);
    expect(runs).toBeLessThan(10);
    const ledger = dynamoPersonLedger(table, now);
    for (const edition of editions) {
      const [found] = await ledger.leaves(edition, slots.slice(-1), ana);
      expect(Object.values(found?.leaf.outcomes ?? {})).toEqual([accepted]);
      expect(Object.keys(found?.leaf.outcomes ?? {})).not.toContain(ana);
    }
  });

  it('the index rows go some at a time, and not too many', async () => {
    await anaIsThere();
    for (const slot of slotsOf(100)) await table.put({ pk: slotsPartition('engineering-digest'), sk: slot });
    expect(await dynamoSlotRegistry(table).slots('engineering-digest')).toHaveLength(100);
    calls.most = 0;
    await erase();
    expect(calls.most).toBeGreaterThan(10);
    expect(calls.most).toBeLessThanOrEqual(40);
  });

  it('exporting asks for forty things at once at most, and for few in all', async () => {
    await anaIsThere();
    const editions = await delivered(45, slotsOf(100));
    calls = { ms: 0, inFlight: 0, most: 0 };
    const { people, ledger, sessions } = rights();

    const told = await exportPerson(who, { people, ledger, sessions, acts: dynamoActsReader(table, now), now });

    expect(told?.mails.map(({ edition, outcome }) => ({ edition, outcome }))).toEqual(
      editions.map((edition) => ({ edition, outcome: accepted })),
    );
    expect(calls.most).toBeGreaterThan(10);
    expect(calls.most).toBeLessThanOrEqual(40);
    expect(calls.ms / requestMs).toBeLessThan(45 * 10);
  });
});
