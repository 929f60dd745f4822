import { beforeEach, expect, it } from 'vitest';
import { dynamoInbound, dynamoIncidentPages, dynamoWatermarks } from '../../../adapters/dynamodb/inbound-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { inboundKey } from '../../../adapters/dynamodb/table-shape.ts';
import { factOf, type InboundIncident, newInbound } from '../../../core/connector/inbound-incident.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';
import { publish } from '../../support/published.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});
const now = () => new Date('2026-11-25T10:00:00Z');
const at = '2026-11-24T10:00:00Z';

async function aWorld() {
  const operator = await anOperator(table, { now: () => '2026-11-25T10:00:00Z' });
  const inbound = dynamoInbound(table, now);
  const hold = (ref: string, change: Partial<InboundIncident> = {}) =>
    inbound.put({ ...newInbound('rootly', ref), state: 'held', why: 'unmapped severity', since: at, ...change });
  const press = (ref: string, act: string, body: unknown, key?: string) =>
    operator.ask('POST', `/operator/held/rootly/${ref}/${act}`, body, key);
  const list = async () => (await operator.ask('GET', '/operator/held')).body.held;
  return { ...operator, inbound, hold, press, list };
}

it('lists what waits, the earliest first, and a title only of what is public', async () => {
  const { hold, list } = await aWorld();
  const title = factOf('Logins were slow', at, 'api');
  const severity = factOf('Odd', at, 'event');
  await hold('b', { facts: { title, severity, private: factOf(false, at, 'api') } });
  await hold('a', { facts: { title }, since: '2026-11-23T10:00:00Z', why: 'visibility unknown' });
  await hold('c', { state: 'published' });
  expect((await list()).map(({ words: _, ...one }: { words: object }) => one)).toEqual([
    { id: 'rootly/a', since: '2026-11-23T10:00:00Z', why: 'visibility unknown' },
    { id: 'rootly/b', since: at, why: 'unmapped severity', severity: 'Odd', title: 'Logins were slow' },
  ]);
});

it('lists more than one page, whatever signs an id has', async () => {
  const { hold, ask } = await aWorld();
  for (const ref of ['a#b', 'unreadable-1', 'c']) await hold(ref);
  const first = await ask('GET', '/operator/held?limit=2');
  const second = await ask('GET', `/operator/held?limit=2&cursor=${first.body.cursor}`);
  const ids = [first, second].map(({ body }) => body.held.map(({ id }: { id: string }) => id));
  expect(ids).toEqual([['rootly/a#b', 'rootly/c'], ['rootly/unreadable-1']]);
  expect((await ask('GET', '/operator/held?cursor=nonsense')).status).toBe(422);
});

it('has a poll look at what is gone, which is not listed as held', async () => {
  const { hold, list, inbound } = await aWorld();
  await hold('a', { state: 'hidden', why: 'gone' });
  await hold('b', { state: 'hidden', why: 'private', since: undefined });
  expect([await inbound.held('rootly'), await list()]).toEqual([['a'], []]);
});

it('keeps to which page a postmortem linked last, and whose page it is', async () => {
  const pages = dynamoIncidentPages(table, now);
  await pages.linked('one', 'from-git');
  expect(await pages.lastLinked('from-git')).toBeUndefined();
  await pages.of('one', { source: 'rootly', ref: 'a' });
  expect(await pages.lastLinked('from-git')).toEqual({ page: 'one', source: 'rootly', ref: 'a' });
  await pages.of('two', { source: 'rootly', ref: 'b' });
  expect(await pages.linked('two', 'from-git')).toEqual({ source: 'rootly', ref: 'b' });
  expect(await pages.lastLinked('from-git')).toMatchObject({ page: 'two', ref: 'b' });
});

it('keeps what an operator says, with an audit line, for the next poll', async () => {
  const { hold, press, inbound, audit } = await aWorld();
  await hold('b', { facts: { severity: factOf('Odd', at, 'api') } });
  expect(await press('b', 'release', { severity: 'sev2', public: true })).toMatchObject({
    status: 200,
    body: { id: 'rootly/b', state: 'held', does: expect.stringContaining('waits until its document is finished') },
  });
  const by = { at: '2026-11-25T10:00:00Z', seen: 'operator' };
  expect((await inbound.read('rootly', 'b'))?.facts).toMatchObject({
    countsAs: { value: { name: 'Odd', severity: 'sev2' }, ...by },
    private: { value: false, ...by },
  });
  expect(await press('b', 'map', { postmortem: 'pm-2' })).toMatchObject({ status: 422, body: { errors: [{ field: 'postmortem' }] } });
  await publish(table, { id: 'pm-1' });
  await press('b', 'map', { postmortem: 'pm-1' });
  expect((await inbound.read('rootly', 'b'))?.facts.joins?.value).toBe('pm-1');
  expect((await audit()).map(({ act }) => act)).toEqual(expect.arrayContaining(['held released', 'held mapped']));
});

it('tells nobody of what is ignored, and does not ask about it again', async () => {
  const { hold, press, list } = await aWorld();
  await hold('b');
  expect(await press('b', 'ignore', { reason: 'a drill' })).toMatchObject({ body: { state: 'ignored' } });
  expect(await list()).toEqual([]);
  expect((await press('b', 'ignore', { reason: 'a drill' })).status).toBe(404);
});

it('refuses what says nothing, what is not held, and what is no source', async () => {
  const { hold, press, ask } = await aWorld();
  await hold('b');
  expect((await press('b', 'release', {})).status).toBe(422);
  expect((await press('b', 'release', { public: false })).status).toBe(422);
  expect((await press('x', 'ignore', { reason: 'r' })).status).toBe(404);
  expect((await ask('POST', '/operator/held/jira/b/ignore', { reason: 'r' })).status).toBe(404);
});

it('puts a row only if nobody else wrote it, and reads one of a later release with care', async () => {
  const { hold, inbound } = await aWorld();
  expect([await hold('b'), await hold('b')]).toEqual([true, false]);
  const facts = { private: { value: 'perhaps', at, seen: 'api' }, weather: { value: 'fair' } };
  const incident = { source: 'rootly', ref: 'l', facts, state: 'postponed', version: 3, later: 1 };
  await table.put({ ...inboundKey('rootly', 'l'), incident, version: 3 });
  const read = await inbound.read('rootly', 'l');
  expect(read).toMatchObject({ state: 'waiting', facts: { weather: { value: 'fair' } }, later: 1 });
  expect(read?.facts.private).toBeUndefined();
});

it('moves a watermark forward alone', async () => {
  const watermarks = dynamoWatermarks(table);
  await watermarks.advance('rootly', at);
  await watermarks.advance('rootly', '2026-11-23T10:00:00Z');
  expect(await watermarks.read('rootly')).toBe(at);
});

it('shows all of one, in whatever state, and the remedy where there is none', async () => {
  const { hold, ask } = await aWorld();
  await hold('b', { facts: { severity: factOf('Odd', at, 'event') } });
  await hold('c', { state: 'hidden', why: 'private' });
  expect(await ask('GET', '/operator/held/rootly/b')).toMatchObject({
    status: 200,
    body: { id: 'rootly/b', state: 'held', postmortem: 'rootly-b', facts: [{ name: 'severity', value: 'Odd', at, seen: 'event' }] },
  });
  expect(await ask('GET', '/operator/held/rootly/c')).toMatchObject({ body: { state: 'hidden', acts: [] } });
  const remedy = expect.stringContaining('afterword held list');
  expect(await ask('GET', '/operator/held/rootly/x')).toMatchObject({ status: 404, body: { detail: remedy } });
  expect(await ask('GET', `/operator/held/rootly/${'x'.repeat(3000)}`)).toMatchObject({ status: 404, body: { detail: remedy } });
  expect(await ask('GET', '/operator/held/jira/b')).toMatchObject({ status: 404, body: { detail: remedy } });
});

it('waits for an operator in the status, the earliest first, as many as fit', async () => {
  const { hold, ask } = await aWorld();
  expect((await ask('GET', '/operator/status')).body.held).toBeUndefined();
  for (const n of [1, 2, 3, 4, 5, 6]) await hold(`h${n}`, { since: `2026-11-2${n}T10:00:00Z` });
  const { first, more } = (await ask('GET', '/operator/status')).body.held;
  expect([more, first.map(({ id }: { id: string }) => id)]).toEqual([true, [1, 2, 3, 4, 5].map((n) => `rootly/h${n}`)]);
});
