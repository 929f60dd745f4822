import { beforeEach, expect, it } from 'vitest';
import { dynamoForgottenList } from '../../../adapters/dynamodb/erasure-store.ts';
import { dynamoPeopleStore, dynamoSuppressionList } from '../../../adapters/dynamodb/profile-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { suppress } from '../../../core/feedback/suppress.ts';
import { parseAddress, subscriberId, suppressionHash } from '../../../core/subscriber/subscriber-id.ts';
import { aProfile } from '../../support/delivery.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const address = 'Ada@example.com';
const sid = subscriberId('staff', parseAddress(address) ?? expect.unreachable(), 'identity');
const hash = suppressionHash(sid, 'suppression');
const refusals = { refuse: (_: string, why: { reason: string; at: string }) => dynamoForgottenList(table).refuse(hash, why) };
const bounced = (at: string) =>
  suppress({ realm: 'staff', sid }, { kind: 'permanent bounce', edition: 'e', at }, dynamoPeopleStore(table), refusals);
const ada = async () => {
  await dynamoPeopleStore(table).writeProfile(aProfile({ sid, address }), 0);
  await bounced('2026-11-18T08:00:00Z');
};

it.each(['ada@EXAMPLE.com', sid])(
  'lifts a suppression by %s, leaves an audit line with the reason and no address, and a later bounce counts',
  async (person) => {
    const { ask, audit } = await anOperator(table);
    await ada();
    expect((await ask('GET', '/operator/people')).body.people).toMatchObject([
      { sid, suppressed: { reason: 'permanent bounce', at: '2026-11-18T08:00:00Z' } },
    ]);

    const reason = 'the mailbox is there again';
    const was = { reason: 'permanent bounce', at: '2026-11-18T08:00:00Z' };
    expect(await ask('POST', '/operator/people/lift', { person, reason })).toEqual({
      status: 200,
      body: { people: [{ sid, realm: 'staff', was }] },
    });
    expect(await ask('POST', '/operator/people/lift', { person, reason })).toEqual({
      status: 200,
      body: { people: [{ sid, realm: 'staff' }] },
    });

    expect(await audit()).toMatchObject([
      { act: 'suppression lifted', facts: { subscriber: sid, realm: 'staff', was: 'permanent bounce', since: was.at, reason } },
    ]);
    expect(JSON.stringify(await audit())).not.toContain('@');
    expect((await ask('GET', '/operator/people')).body.people[0]).not.toHaveProperty('suppressed');
    expect(await bounced('2026-11-18T09:00:00Z')).toBe('unchanged');
    expect(await bounced('2026-11-20T08:00:00Z')).toBe('suppressed');
  },
);

it('switches the estimate of opens off for one person and leaves it to the streams again, each once', async () => {
  const { ask, audit } = await anOperator(table);
  await ada();
  const set = (opens: boolean) => ask('POST', '/operator/people/tracking', { person: address, opens });
  const tracking = async () => (await dynamoPeopleStore(table).readProfiles([{ realm: 'staff', sid }]))[0]?.tracking;

  expect(await set(false)).toEqual({ status: 200, body: { people: [{ sid, realm: 'staff', changed: true }] } });
  expect(await set(false)).toMatchObject({ body: { people: [{ changed: false }] } });
  expect(await tracking()).toBe(false);
  expect(await set(true)).toMatchObject({ body: { people: [{ changed: true }] } });
  expect(await tracking()).toBeUndefined();
  expect((await audit()).map(({ act }) => act)).toEqual(['tracking changed', 'tracking changed']);
  expect(await ask('POST', '/operator/people/tracking', { person: 'bob@example.com', opens: false })).toMatchObject({ status: 404 });
});

it('wants the scope for people', async () => {
  const { ask, keyWith } = await anOperator(table);
  await ada();
  await keyWith('read', 'send', 'configure', 'publish', 'keys');
  expect(await ask('POST', '/operator/people/lift', { person: sid, reason: 'x' }, 'read+send+configure+publish+keys')).toMatchObject({
    status: 403,
  });
});

it.each([
  ['nobody', { person: 'bob@example.com', reason: 'by phone' }, 404],
  ['no address', { person: 'Ada, of course', reason: 'by phone' }, 422],
  ['no reason', { person: sid, reason: ' ' }, 422],
  ['a reason with an address', { person: sid, reason: 'ada@example.com asked' }, 422],
  ['a reason of two lines', { person: sid, reason: 'by\nphone' }, 422],
])('lifts nothing for %s', async (_what, body, status) => {
  const { ask, audit } = await anOperator(table);
  await ada();
  expect(await ask('POST', '/operator/people/lift', body)).toMatchObject({ status });
  expect(await audit()).toEqual([]);
  expect((await ask('GET', '/operator/people')).body.people[0]).toHaveProperty('suppressed');
});

it('lifts what outlived somebody who was erased: the next complaint counts, and one told late of before does not', async () => {
  const { ask } = await anOperator(table);
  const refused = async () => (await dynamoSuppressionList(table).listed([hash])).get(hash)?.refused;
  const body = { person: address, reason: 'they asked to join again' };
  expect((await ask('POST', '/operator/people/lift', body)).status).toBe(404);

  expect(await bounced('2026-11-18T08:00:00Z')).toBe('nobody');
  expect(await refused()).toEqual({ reason: 'permanent bounce', at: '2026-11-18T08:00:00Z' });
  const was = { reason: 'permanent bounce', at: '2026-11-18T08:00:00Z' };
  expect(await ask('POST', '/operator/people/lift', body)).toEqual({ status: 200, body: { people: [{ sid, realm: 'staff', was }] } });
  expect(await refused()).toBeUndefined();
  expect((await ask('POST', '/operator/people/lift', body)).status).toBe(404);
  await bounced('2026-11-18T09:00:00Z');
  expect(await refused()).toBeUndefined();
  await bounced('2026-11-20T08:00:00Z');
  expect(await refused()).toMatchObject({ at: '2026-11-20T08:00:00Z' });
});
