import { beforeEach, expect, it } from 'vitest';
import { dynamoChunkReader } from '../../adapters/dynamodb/chunk-reader.ts';
import { dynamoCopySettling } from '../../adapters/dynamodb/copy-settling.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoLaneBrakes, readLanes } from '../../adapters/dynamodb/lane-store.ts';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { writeQuota } from '../../adapters/dynamodb/sweep-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { inOpen, postmortemKey, quotaKey } from '../../adapters/dynamodb/table-shape.ts';
import { unsettledCopy } from '../../core/delivery/lane.ts';
import { forEveryLane } from '../../core/stream/stream.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { anEdition, aProfile } from '../support/delivery.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const now = () => new Date('2026-11-23T08:00:00Z');
const quota = { maxSendRate: 50, max24Hours: 1000, sentLast24Hours: 7 };
const held = { paused: { at: '2026-11-23T08:00:00.000Z', by: unsettledCopy } };

onEachEngine('a restored table on %s', (freshTable) => {
  let table: Table;
  /** The same items under another name: what a restore makes. */
  let restored: Table;
  beforeEach(async () => {
    table = await freshTable();
    restored = { ...table, name: 'restored' };
    await dynamoEditionStore(table, now).create(anEdition());
  });
  const settling = (secret = 'identity') => dynamoCopySettling(restored, async () => secret);

  it('holds every lane until it is settled, and the table that it was made from holds none', async () => {
    await writeQuota(table, quota, now());
    const reader = dynamoChunkReader(restored);
    expect((await reader.read(anEdition(), [])).lane).toEqual(held);
    expect((await reader.outlook(anEdition())).lane).toEqual(held);
    expect(await readLanes(restored)).toEqual(forEveryLane(() => held));
    expect((await dynamoChunkReader(table).read(anEdition(), [])).lane).toEqual({});
    expect((await readLanes(table)).bulk).toEqual({});

    await settling().endCopy();
    expect((await reader.outlook(anEdition())).lane).toEqual({});
    expect((await readLanes(restored)).urgent).toEqual({});
  });

  it('is no less held by what sweep does, nor by an operator who resumes', async () => {
    await writeQuota(table, quota, now());
    expect(await writeQuota(restored, { ...quota, maxSendRate: 99 }, now())).toBe(false);
    await dynamoLaneBrakes(restored).resume('bulk');
    expect(await dynamoChunkReader(restored).read(anEdition(), [])).toMatchObject({ lane: held, maxSendRate: 50 });

    await settling().endCopy();
    expect(await writeQuota(restored, { ...quota, maxSendRate: 99 }, now())).toBe(true);
    expect(await dynamoChunkReader(restored).read(anEdition(), [])).toMatchObject({ lane: {}, maxSendRate: 99 });
  });

  it('keeps the pause of a hand once it is settled', async () => {
    await writeQuota(table, quota, now());
    const byHand = { at: '2026-11-23T07:00:00Z', by: 'on call' };
    await dynamoLaneBrakes(restored).pause('bulk', byHand);
    await settling().endCopy();
    expect(await readLanes(restored)).toEqual({ ...forEveryLane(() => ({})), bulk: { paused: byHand } });
  });

  it('is held by no quota from before tables wrote their names', async () => {
    await table.put({ ...quotaKey, ...quota, at: now().toISOString() });
    expect((await readLanes(restored)).bulk).toEqual({});
  });

  it('knows its people by the secret that made their ids, and by no other', async () => {
    expect(await settling('another').knowsPeople()).toBe(true);
    const address = parseAddress('Ana@example.com') ?? expect.unreachable();
    const sid = subscriberId('staff', address, 'identity');
    await dynamoPeopleStore(table).writeProfile(aProfile({ sid, address: address.written }), 0);
    expect(await settling().knowsPeople()).toBe(true);
    expect(await settling('another').knowsPeople()).toBe(false);
  });

  it('lists what is unfinished and what is owed', async () => {
    await dynamoEditionStore(table, now).create(anEdition({ id: 'engineering-digest_2026-W40', completedAt: '2026-10-05T08:00:00Z' }));
    await table.put({ ...postmortemKey('pm-1'), ...inOpen('outbox', '2026-11-23T07:00:00Z', 'pm-1') });
    expect(await settling().editions.listOpenIds()).toEqual([anEdition().id]);
    expect(await settling().owed()).toBe(1);
  });
});
