import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoEditionHolder } from '../../adapters/dynamodb/edition-flags.ts';
import { dynamoEditionLister } from '../../adapters/dynamodb/edition-lister.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoActsReader, dynamoPersonLedger } from '../../adapters/dynamodb/person-ledger.ts';
import { dynamoSlotRegistry } from '../../adapters/dynamodb/slot-registry.ts';
import { dynamoDueWaves } from '../../adapters/dynamodb/sweep-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { editionKey, slotsPartition } from '../../adapters/dynamodb/table-shape.ts';
import type { AuditLine } from '../../core/audit/audit.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { serviceEditionId } from '../../core/edition/service-mail.ts';
import { toInstant } from '../../core/shared/instant.ts';
import type { Realm } from '../../core/stream/stream.ts';
import { mostSlots } from '../../core/subscriber/slot.ts';
import { type Attribute, Item, itemSize, writeUnits } from '../../local/usage/item-size.ts';
import { anEdition, aSid } from '../support/delivery.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const now = () => new Date('2026-11-23T08:00:05Z');
const tuesday = 'w2-0900-Europe--Berlin';
const friday = 'w5-0900-America--Argentina--Buenos_Aires';
const waves = { default: '2026-11-23T08:00:00Z', [tuesday]: '2026-11-24T08:00:00Z', [friday]: '2026-11-27T12:00:00Z' };
const inWaves = (change: Partial<Edition> = {}) => anEdition({ slots: ['default', tuesday, friday], waves, ...change });
const tally = { version: 1, counts: { accepted: 2 } };

/** A value as DynamoDB writes it on the wire. */
function wireOf(value: unknown): Attribute {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value instanceof Set) return { SS: [...value].map(String) };
  if (Array.isArray(value)) return { L: value.map(wireOf) };
  return { M: Object.fromEntries(Object.entries(value ?? {}).map(([name, one]) => [name, wireOf(one)])) };
}

onEachEngine('waves on %s', (freshTable) => {
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
  });
  const store = () => dynamoEditionStore(table, now);
  const due = (at: string) => dynamoDueWaves(table)(new Date(at));
  const listed = async (of: 'news' | 'service' = 'news') => (await dynamoEditionLister(table, now).list(10, undefined, of)).editions;

  it('are noted as begun, by several at once and again and again', async () => {
    await store().create(inWaves());
    await Promise.all([store().begin(anEdition().id, ['default']), store().begin(anEdition().id, [tuesday])]);
    await store().begin(anEdition().id, ['default']);
    expect((await store().read(anEdition().id))?.begun?.toSorted()).toEqual(['default', tuesday].toSorted());
  });

  it('are due when the first that is not begun is, unless the edition is paused; of one that is over any is', async () => {
    const { id } = anEdition();
    await store().create(inWaves());
    expect(await due('2026-11-23T08:00:00Z')).toEqual([id]);
    await store().begin(id, ['default']);
    expect(await due('2026-11-24T07:59:59Z')).toEqual([]);
    expect(await due('2026-11-24T08:00:00Z')).toEqual([id]);
    await dynamoEditionHolder(table).pause(id);
    expect(await due('2026-11-24T08:00:00Z')).toEqual([]);
    await dynamoEditionHolder(table).recall(id);
    expect(await due('2026-11-23T09:00:00Z')).toEqual([id]);
    await store().begin(id, [tuesday]);
    const other = 'engineering-digest_2026-W48';
    await store().create(inWaves({ id: other }));
    await dynamoEditionHolder(table).supersede(other, 'engineering-digest_2026-W49');
    expect((await due('2026-11-23T07:00:00Z')).toSorted()).toEqual([id, other]);
    await store().begin(id, [friday]);
    await store().begin(other, ['default', tuesday, friday]);
    expect(await due('2026-12-24T08:00:00Z')).toEqual([]);
  });

  it('are told in the list and with the edition, which waits between two of them and is complete after the last', async () => {
    const { id } = anEdition();
    await store().create(inWaves());
    await store().begin(id, ['default']);
    expect(await listed()).toMatchObject([{ state: 'sending', ahead: { waves: 2, next: '2026-11-24T08:00:00Z' } }]);
    await store().setTally(id, 'default', tally);
    expect(await listed()).toMatchObject([{ state: 'waiting', counts: { accepted: 2 } }]);
    expect(await dynamoEditionLister(table, now).report(id)).toMatchObject({ state: 'waiting', ahead: { waves: 2 } });
    await store().begin(id, [tuesday, friday]);
    await store().setTally(id, tuesday, tally);
    expect(await listed()).toMatchObject([{ state: 'sending' }]);
    await store().setTally(id, friday, tally);
    const [last] = await listed();
    expect(last).toMatchObject({ state: 'complete', counts: { accepted: 6 } });
    expect(last?.ahead).toBeUndefined();
  });

  it('of a thousand slots fit into the edition’s item', async () => {
    const slots = Array.from(
      { length: 1000 },
      (_, n) => `w${1 + (n % 7)}-${String(n % 24).padStart(2, '0')}00-America--Argentina--Place_${n}`,
    );
    const thousand = Object.fromEntries(slots.map((slot) => [slot, '2026-11-24T08:00:00Z']));
    expect(await store().create(inWaves({ slots, waves: thousand }))).toBe(true);
    await store().begin(anEdition().id, slots);
    const counts = { accepted: 12345, 'skipped: not due': 12345, 'skipped: nothing chosen': 12345 };
    for (const slot of slots.slice(0, 5)) await store().setTally(anEdition().id, slot, { version: 12345, counts });
    const item = {
      ...(await store().read(anEdition().id)),
      tallies: Object.fromEntries(slots.map((slot) => [slot, { version: 12345, counts }])),
    };
    expect(Buffer.byteLength(JSON.stringify(item))).toBeLessThan(350_000);
  });

  it('of as many slots as readers may open take few write units an update', async () => {
    const zones = ['Europe--Berlin', 'Asia--Kolkata', 'America--New_York', 'America--Argentina--Buenos_Aires'];
    const chosen = Array.from({ length: mostSlots }, (_, n) => `w${1 + (n % 7)}-${String(n % 24).padStart(2, '0')}00-${zones[n % 4]}${n}`);
    const slots = ['default', ...chosen];
    const counts = { accepted: 1234, 'skipped: snoozed': 12, 'skipped: nothing chosen': 123, 'refused: suppressed': 12 };
    const of = <Value>(value: Value) => Object.fromEntries(slots.map((slot) => [slot, value]));
    const { default: _, ...tallies } = of({ version: 123, counts });
    const { id } = anEdition();
    await store().create(inWaves({ slots, waves: of('2026-11-24T08:00:00Z'), begun: slots, tallies }));
    await store().setTally(id, 'default', { version: 123, counts });

    const size = itemSize(Item.parse(wireOf(await table.read(editionKey(id))).M));

    expect((await store().read(id))?.completedAt).toBeDefined();
    // Two updates a finished slot: 120 of the 1,000 write units a second that DynamoDB gives a
    // partition.
    expect(writeUnits(size)).toBeLessThan(60);
  });

  it('go to the slots that the registry knows', async () => {
    await table.put({ pk: slotsPartition('engineering-digest'), sk: tuesday, since: '2026-11-01T00:00:00Z' });
    await table.put({ pk: slotsPartition('leadership-brief'), sk: friday, since: '2026-11-01T00:00:00Z' });
    expect(await dynamoSlotRegistry(table).slots('engineering-digest')).toEqual([{ slot: tuesday, since: '2026-11-01T00:00:00Z' }]);
  });

  it('answers to single people are in a list of their own, under way and complete', async () => {
    const answer = (n: number) =>
      anEdition({
        id: `service_confirm_${aSid(n)}_abc`,
        stream: 'service',
        realm: 'staff',
        service: { kind: 'confirm', about: '' },
        audience: { kind: 'list', subscribers: [aSid(n)] },
      });
    await store().create(anEdition());
    for (const n of [1, 2]) await store().create(answer(n));
    await store().setTally(answer(1).id, 'default', { version: 1, counts: { accepted: 1 } });
    expect((await listed()).map(({ edition }) => edition)).toEqual([anEdition().id]);
    const answers = await listed('service');
    expect(answers.map(({ edition, state }) => [edition, state]).toSorted()).toEqual(
      [
        [answer(1).id, 'complete'],
        [answer(2).id, 'sending'],
      ].toSorted(),
    );
  });

  it('answers to customers stand in a list of their own, which is all that is read for a customer', async () => {
    const answer = (n: number, realm: Realm) =>
      anEdition({
        id: serviceEditionId({ kind: 'confirm', about: '', realm, subscriber: aSid(n), at: now() }),
        stream: 'service',
        realm,
        service: { kind: 'confirm', about: '' },
        audience: { kind: 'list', subscribers: [aSid(n)] },
      });
    const [staffs, theirs] = [answer(1, 'staff'), answer(2, 'customers')];
    for (const edition of [anEdition(), staffs, theirs]) {
      await store().create(edition);
      await store().setTally(edition.id, 'default', { version: 1, counts: { accepted: 1 } });
    }
    const ofRealm = async (realm?: Realm) =>
      (await dynamoPersonLedger(table, now, realm).editions('2026-01-01T00:00:00Z', 10)).map(({ edition }) => edition).toSorted();
    expect((await listed('service')).map(({ edition }) => edition).toSorted()).toEqual([staffs.id, theirs.id].toSorted());
    expect(await ofRealm('customers')).toEqual([theirs.id]);
    expect(await ofRealm('staff')).toEqual([anEdition().id, staffs.id].toSorted());
    expect(await ofRealm()).toEqual([anEdition().id, staffs.id, theirs.id].toSorted());
  });

  it('acts about customers are kept apart, and found for an operator with all others', async () => {
    const audit = dynamoAuditLog(table, randomUUID);
    const at = toInstant(now());
    const line = (facts: AuditLine['facts']) => audit.record({ at, who: 'k1', act: 'tracking changed', facts });
    await line({ subscriber: aSid(1), realm: 'staff' });
    await line({ subscriber: aSid(2), realm: 'customers' });
    await line({ subscribers: `${aSid(2)} ${aSid(3)}`, stream: 'customer-notices' });
    const found = async (sid: string, realm?: Realm) => (await dynamoActsReader(table, now, realm).about(sid, at)).length;
    expect([await found(aSid(2), 'customers'), await found(aSid(2), 'staff'), await found(aSid(2))]).toEqual([2, 0, 2]);
    expect([await found(aSid(1), 'customers'), await found(aSid(1), 'staff'), await found(aSid(1))]).toEqual([0, 1, 1]);
  });
});
