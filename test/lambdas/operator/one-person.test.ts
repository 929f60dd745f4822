import { beforeEach, expect, it } from 'vitest';
import { dynamoPeopleStore } from '../../../adapters/dynamodb/profile-store.ts';
import { dynamoSessionStore } from '../../../adapters/dynamodb/session-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { parseAddress, subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { aSession } from '../../support/a-session.ts';
import { aProfile } from '../../support/delivery.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const sidOf = (address: string) => subscriberId('staff', parseAddress(address) ?? expect.unreachable(), 'identity');
const sid = sidOf('ada@example.com');

async function ada() {
  const operator = await anOperator(table);
  await operator.ask('PUT', '/operator/configuration', distributionYaml);
  const about = { address: 'Ada@example.com', name: 'Ada', team: 'Payments', role: 'engineer', zone: 'Asia/Kolkata' };
  await dynamoPeopleStore(table).writeProfile(aProfile({ sid, ...about }), 0);
  const [show, set] = ['show', 'set'].map((act) => (body: object) => operator.ask('POST', `/operator/people/${act}`, body));
  const acts = async () => (await operator.audit()).map(({ act }) => act).filter((act) => act !== 'configuration applied');
  return { ...operator, show: show ?? expect.unreachable(), set: set ?? expect.unreachable(), acts };
}

it.each(['ADA@example.com', sid])('shows a person by %s: what they get, when and why; and leaves no line', async (person) => {
  const { show, acts } = await ada();
  const { status, body } = await show({ person, mails: true });
  expect(status).toBe(200);
  expect(body).toMatchObject({ teams: ['Payments'], roles: ['engineer', 'leader'] });
  expect(body.people).toMatchObject([
    {
      ...{ sid, realm: 'staff', address: 'Ada@example.com', name: 'Ada', team: 'Payments', role: 'engineer' },
      ...{ zone: 'Asia/Kolkata', shownZone: 'Asia/Kolkata', opens: 'as the stream says', mails: [] },
      streams: [
        {
          stream: 'engineering-digest',
          on: true,
          frequency: 'weekly',
          when: 'weekly, on Monday at 09:00, Berlin time',
          why: 'you are in Payments',
        },
        { stream: 'sev1-alerts', on: false, frequency: 'off', mandatory: false },
      ],
    },
  ]);
  expect(await acts()).toEqual([]);
});

it('sets a team, a stream and how often it comes, tells unknown names, and leaves its lines once', async () => {
  const { set, acts } = await ada();
  const change = { person: sid, team: 'Paymnets', role: 'boss', streams: { 'engineering-digest': 'monthly', 'sev1-alerts': 'on' } };
  expect(await set(change)).toMatchObject({
    status: 200,
    body: {
      ...{ sid, added: false, changed: ['team', 'role', 'engineering-digest.frequency', 'sev1-alerts.frequency'] },
      unknownTeams: [{ name: 'Paymnets', meant: 'Payments' }],
      unknownRoles: [{ name: 'boss' }],
      person: { team: 'Paymnets', streams: [{ frequency: 'monthly' }, { on: true, grant: { way: 'import' } }] },
    },
  });
  expect(await acts()).toEqual(['person changed', 'subscription changed', 'subscription changed']);
  expect((await set(change)).body.changed).toEqual([]);
  expect(await acts()).toHaveLength(3);
});

it('adds nobody unless it is asked to, and then by the rules of an import', async () => {
  const { set, acts, ask } = await ada();
  const bob = { person: 'bob@example.com', name: 'Bob', role: 'leader' };
  expect(await set(bob)).toMatchObject({ status: 404, body: { detail: expect.stringContaining('--add') } });
  expect(await set({ ...bob, person: 'bob@elsewhere.com', add: true })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'person' }] },
  });
  expect(await set({ ...bob, person: 'f'.repeat(32), add: true })).toMatchObject({ status: 422, body: { errors: [{ field: 'person' }] } });
  expect(await acts()).toEqual([]);

  const weekly = { 'engineering-digest': 'monthly' };
  expect(await set({ ...bob, add: true, streams: weekly })).toMatchObject({
    status: 200,
    body: { sid: sidOf(bob.person), added: true, person: { name: 'Bob', streams: [{ frequency: 'monthly' }, { on: false }] } },
  });
  expect(await set({ person: 'cleo@example.com', role: 'leader', add: true })).toMatchObject({
    body: { added: true, person: { streams: [{ on: false }, { on: true, grant: { way: 'import' } }] } },
  });
  expect((await ask('GET', '/operator/people?role=LEADER')).body.people).toHaveLength(2);
});

it.each([
  ['a field that is none', { person: sid, teem: 'x' }, 'teem'],
  ['a stream that is none', { person: sid, streams: { 'engineering-digets': 'on' } }, 'streams.engineering-digets'],
  ['a value that is none', { person: sid, streams: { 'engineering-digest': 'hourly' } }, 'streams.engineering-digest'],
  ['what the stream does not offer', { person: sid, streams: { 'sev1-alerts': 'weekly' } }, 'streams.sev1-alerts'],
  ['no zone', { person: sid, zone: 'Mars' }, 'zone'],
])('refuses %s at its field', async (_what, body, field) => {
  const { set, acts } = await ada();
  expect(await set(body)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  expect(await acts()).toEqual([]);
});

it('suspends a person with a reason until an operator ends it, each once', async () => {
  const { ask, acts, show, audit } = await ada();
  const suspend = (suspended: boolean, reason = 'on leave until March') =>
    ask('POST', '/operator/people/suspension', { person: 'ada@example.com', suspended, reason });
  const rows = [{ line: 2, address: 'Ada@example.com', team: 'Payments' }];
  const sessions = dynamoSessionStore(table);
  await sessions.put(aSession({ sid }));

  expect(await suspend(true, 'x@example.com asked')).toMatchObject({ status: 422, body: { errors: [{ field: 'reason' }] } });
  expect(await suspend(true)).toEqual({ status: 200, body: { people: [{ sid, realm: 'staff', changed: true }] } });
  expect(await sessions.list(sid)).toEqual([]);
  expect((await suspend(true)).body.people).toMatchObject([{ changed: false }]);
  expect((await ask('POST', '/operator/people/import', { rows })).body).toMatchObject({ restored: 0, linesSuspended: [2] });
  expect((await show({ person: sid })).body.people[0].suspended).toEqual({ at: '2026-11-19T15:00:00Z', by: 'operator' });
  expect((await ask('GET', '/operator/people?suspended=true')).body.people).toMatchObject([{ sid, zone: 'Asia/Kolkata' }]);

  expect((await suspend(false)).body.people).toMatchObject([{ changed: true }]);
  expect((await suspend(false)).body.people).toMatchObject([{ changed: false }]);
  expect((await show({ person: sid })).body.people[0]).not.toHaveProperty('suspended');
  expect(await acts()).toEqual(['person suspended', 'person unsuspended']);
  expect(await audit()).toContainEqual(
    expect.objectContaining({ facts: { subscriber: sid, realm: 'staff', reason: 'on leave until March' } }),
  );
});

it('takes over a suspension by a file, which the next import then does not end', async () => {
  const { ask } = await ada();
  await ask('POST', '/operator/people/suspend', { people: [{ sid, revision: 1 }] });
  await ask('POST', '/operator/people/suspension', { person: sid, suspended: true, reason: 'left for good' });
  const rows = [{ line: 2, address: 'ada@example.com' }];
  expect((await ask('POST', '/operator/people/import', { rows })).body).toMatchObject({ restored: 0, linesSuspended: [2] });
});

it('refuses a filter that is none, and wants the scope for people everywhere', async () => {
  const { ask, keyWith } = await ada();
  for (const [query, field] of [
    ['stream=engineering-digets', 'stream'],
    ['suspended=maybe', 'suspended'],
  ]) {
    expect(await ask('GET', `/operator/people?${query}`)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  }
  expect((await ask('GET', '/operator/people?team=&stream=&suspended=')).body.people).toHaveLength(1);
  await keyWith('read', 'send', 'configure', 'publish', 'keys');
  for (const act of ['show', 'set', 'suspension'])
    expect((await ask('POST', `/operator/people/${act}`, { person: sid }, 'read+send+configure+publish+keys')).status).toBe(403);
});
