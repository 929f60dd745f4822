import { beforeEach, expect, it } from 'vitest';
import { dynamoEditionReader, dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoSlotRegistry } from '../../adapters/dynamodb/slot-registry.ts';
import { dynamoSlotStore } from '../../adapters/dynamodb/slot-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { slotKey, subscriptionKey } from '../../adapters/dynamodb/table-shape.ts';
import { dynamoZoneRegistry } from '../../adapters/dynamodb/zone-registry.ts';
import { anEdition, aSid } from '../support/delivery.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const stream = 'engineering-digest';
const slot = 'w3-0700-UTC';
const since = '2026-11-19T15:00:00Z';

onEachEngine('slots on %s', (freshTable) => {
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
  });
  const slots = () => dynamoSlotStore(table);
  const people = () => dynamoPeopleStore(table);
  const listed = async () => (await dynamoSlotRegistry(table).slots(stream)).map((one) => one.slot);

  it('keeps the earlier instant of a row that is put again, and counts', async () => {
    await people().putSubscription(stream, slot, aSid(1), since);
    await people().putSubscription(stream, slot, aSid(1), '2026-11-20T00:00:00Z');
    expect(await slots().readSubscription(stream, slot, aSid(1))).toEqual({ since, puts: 2 });
    expect(await slots().readSubscription(stream, slot, aSid(2))).toBeUndefined();
  });

  it('removes a row as it was seen, and leaves one that somebody relies on anew', async () => {
    await people().putSubscription(stream, slot, aSid(1), since);
    const seen = { since, puts: 1 };
    await people().putSubscription(stream, slot, aSid(1), since);
    expect(await slots().removeSubscription(stream, slot, aSid(1), seen)).toBe(false);
    expect(await slots().removeSubscription(stream, slot, aSid(1), { since, puts: 2 })).toBe(true);
    expect(await slots().removeSubscription(stream, slot, aSid(1), { since, puts: 2 })).toBe(false);
  });

  it('removes a row from before rows were counted', async () => {
    await table.put({ ...subscriptionKey(stream, 'default', aSid(1)), since });
    expect(await slots().readSubscription(stream, 'default', aSid(1))).toEqual({ since, puts: 0 });
    expect(await slots().removeSubscription(stream, 'default', aSid(1), { since, puts: 0 })).toBe(true);
  });

  it('takes a slot out of the list when the last one has left it, and not before', async () => {
    for (const n of [1, 2]) await people().putSubscription(stream, slot, aSid(n), since);
    await slots().putSlot(stream, slot, since);
    for (const n of [1, 2]) {
      expect(await listed()).toEqual([slot]);
      await slots().removeSubscription(stream, slot, aSid(n), { since, puts: 1 });
      await slots().removeEmptySlot(stream, slot);
    }
    expect(await listed()).toEqual([]);
    await slots().removeEmptySlot(stream, slot);
  });

  it('has room for two hundred slots of a stream, and those that are listed go on', async () => {
    const each = Array.from({ length: 200 }, (_, n) => `w1-0900-Zone${n}`);
    for (let n = 0; n < each.length; n += 50)
      await Promise.all(each.slice(n, n + 50).map((one) => table.put({ ...slotKey(stream, one), since })));
    expect(await slots().hasRoom(stream, slot)).toBe(false);
    expect(await slots().hasRoom(stream, 'w1-0900-Zone7')).toBe(true);
    expect(await slots().hasRoom('leadership-brief', slot)).toBe(true);
    await table.remove(slotKey(stream, 'w1-0900-Zone7'));
    expect(await slots().hasRoom(stream, slot)).toBe(true);
  });

  it('tells of unfinished editions when each slot is sent, and nothing of finished ones', async () => {
    const editions = dynamoEditionStore(table, () => new Date('2026-11-23T08:00:00Z'));
    const waves = { default: '2026-11-23T08:00:00Z', [slot]: '2026-11-25T07:00:00Z' };
    await editions.create(anEdition({ slots: Object.keys(waves), waves }));
    await editions.create(anEdition({ id: 'engineering-digest_2026-W46', completedAt: '2026-11-16T09:00:00Z' }));
    await editions.create(anEdition({ id: 'sev1-alerts_pm-1_r1', stream: 'sev1-alerts' }));
    await editions.create(anEdition({ id: 'leadership-brief_2026-10', stream: 'leadership-brief', paused: true }));

    const open = await dynamoEditionReader(table).listOpen([stream, 'leadership-brief']);
    const { scheduledFor, cutoff, composedAt } = anEdition();
    expect(open.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: 'engineering-digest_2026-W47', stream, scheduledFor, cutoff, waves, isHeld: false },
      {
        id: 'leadership-brief_2026-10',
        stream: 'leadership-brief',
        scheduledFor,
        cutoff,
        waves: { default: composedAt },
        isHeld: true,
      },
    ]);
  });

  it('lists each zone that was noted once, apart from the slots', async () => {
    const zones = dynamoZoneRegistry(table);
    for (const zone of ['Asia/Tokyo', 'America/New_York', 'Asia/Tokyo']) await zones.note(zone);
    await dynamoZoneRegistry(table).note('Asia/Tokyo');

    expect(await zones.list()).toEqual(['America/New_York', 'Asia/Tokyo']);
    expect(await listed()).toEqual([]);
  });
});
