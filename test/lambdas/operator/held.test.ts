import { beforeEach, expect, it } from 'vitest';
import { dynamoAuditLog } from '../../../adapters/dynamodb/audit-log.ts';
import { dynamoDistributionStore } from '../../../adapters/dynamodb/distribution-store.ts';
import { dynamoInbound, dynamoIncidentPages, dynamoWatermarks } from '../../../adapters/dynamodb/inbound-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { inboundKey } from '../../../adapters/dynamodb/table-shape.ts';
import { factOf, type InboundIncident, newInbound } from '../../../core/connector/inbound-incident.ts';
import type { CollectMessage } from '../../../lambdas/shared/collect-message.ts';
import { aDistribution } from '../../support/distribution.ts';
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

async function aWorld({ hasQueue = true } = {}) {
  const distribution = aDistribution({ connectors: { rootly: { severities: {} } } });
  await dynamoDistributionStore(table).write({ distribution, hash: 'as it stands' }, undefined, at);
  const sent: CollectMessage[] = [];
  const collect = async (message: CollectMessage) => hasQueue && sent.push(message) > 0;
  const operator = await anOperator(table, { now: () => '2026-11-25T10:00:00Z', collect });
  const inbound = dynamoInbound(table, now);
  const hold = (ref: string, change: Partial<InboundIncident> = {}) =>
    inbound.put({ ...newInbound('rootly', ref), state: 'held', why: 'unmapped severity', since: at, ...change });
  const press = (ref: string, act: string, body: unknown, key?: string) =>
    operator.ask('POST', `/operator/held/rootly/${ref}/${act}`, body, key);
  const list = async () => (await operator.ask('GET', '/operator/held')).body.held;
  return { ...operator, inbound, hold, press, list, sent };
}

it('lists what waits, the earliest first, and a title only of what is public', async () => {
  const { hold, list } = await aWorld();
  const title = factOf('Logins were slow', at, 'api');
  const severity = factOf('Odd', at, 'event');
  await hold('b', { facts: { title, severity, private: factOf(false, at, 'api') } });
  await hold('a', { facts: { title }, since: '2026-11-23T10:00:00Z', why: 'visibility unknown' });
  await hold('c', { state: 'published' });
  expect((await list()).map(({ words: _, urgent: __, ...one }: { words: object; urgent: boolean }) => one)).toEqual([
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

it('keeps what an operator says, with an audit line, and has the tool asked', async () => {
  const { hold, press, inbound, audit } = await aWorld();
  await hold('b', { facts: { severity: factOf('Odd', at, 'api') } });
  expect(await press('b', 'release', { severity: 'sev2', public: true })).toMatchObject({
    status: 200,
    body: { id: 'rootly/b', state: 'held', does: 'it is declared: a draft that awaits its postmortem' },
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

it('has the tool asked once for each act, at once where the stage has connectors, and never about what was not read', async () => {
  const { hold, press, sent } = await aWorld();
  const ask = { ask: { source: 'rootly', ref: 'b', isOnce: true } };
  await hold('b');
  expect((await press('b', 'release', { public: true })).body.asked).toBe(true);
  expect((await press('b', 'undo', {})).body.asked).toBe(true);
  await hold('unreadable-1', { why: 'unreadable' });
  expect((await press('unreadable-1', 'ignore', { reason: 'a test event' })).body.asked).toBeUndefined();
  expect(sent).toEqual([ask, ask]);
});

it('says once what is said twice, in one audit line, and has it asked again', async () => {
  const { hold, press, audit, inbound, sent } = await aWorld();
  await hold('b');
  await publish(table, { id: 'pm-1' });
  const acts = [
    ['ignore', { reason: 'a drill' }],
    ['map', { postmortem: 'pm-1' }],
    ['release', { public: true }],
  ] as const;
  for (const [act, said] of acts) {
    expect((await press('b', act, said)).body.unchanged).toBeUndefined();
    const { version } = (await inbound.read('rootly', 'b')) ?? {};
    expect((await press('b', act, said)).body).toMatchObject({ unchanged: true, asked: true });
    expect((await inbound.read('rootly', 'b'))?.version).toBe(version);
  }
  await press('b', 'ignore', { reason: 'another drill' });
  expect((await audit()).filter(({ act }) => act !== 'postmortem stored')).toHaveLength(4);
  expect(sent).toHaveLength(7);
});

it('puts an event that was not read away without promising what no poll does', async () => {
  const { hold, press, ask } = await aWorld();
  await hold('unreadable-1', { why: 'unreadable' });
  const { body } = await press('unreadable-1', 'ignore', { reason: 'a test event' });
  expect(body).toEqual({ id: 'rootly/unreadable-1', state: 'ignored' });
  expect((await ask('GET', '/operator/held/rootly/unreadable-1')).body).toMatchObject({ missing: [], told: false });
});

it('takes no address for a reason, and says why', async () => {
  const { hold, press } = await aWorld();
  await hold('b');
  expect(await press('b', 'ignore', { reason: 'ask ada@example.com' })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'reason' }] },
  });
});

it('leaves it to the poll where nothing takes the message, and keeps what was said', async () => {
  const { hold, press, inbound } = await aWorld({ hasQueue: false });
  await hold('b');
  const { status, body } = await press('b', 'release', { public: true });
  expect([status, body.asked]).toEqual([200, undefined]);
  expect((await inbound.read('rootly', 'b'))?.facts.private?.value).toBe(false);
});

it('tells nobody of what is ignored, and does not ask about it again', async () => {
  const { hold, press, list } = await aWorld();
  await hold('b');
  expect(await press('b', 'ignore', { reason: 'a drill' })).toMatchObject({ body: { state: 'ignored' } });
  expect(await list()).toEqual([]);
  expect((await press('b', 'ignore', { reason: 'a drill' })).body).toMatchObject({ state: 'ignored' });
});

it('takes what an operator says of one that was declared or published, and has the next poll look at it', async () => {
  const { hold, press, inbound, list } = await aWorld();
  await publish(table, { id: 'pm-1' });
  const facts = { title: factOf('Down', at, 'api'), private: factOf(false, at, 'api'), severity: factOf('Odd', at, 'api') };
  await hold('d', { state: 'declared', since: undefined, facts });
  await hold('p', { state: 'published', since: undefined, facts });
  await hold('h', { state: 'hidden', since: undefined, facts: { ...facts, private: factOf(true, at, 'event') } });
  expect(await press('d', 'map', { postmortem: 'pm-1' })).toMatchObject({
    body: { id: 'rootly/d', state: 'declared', does: 'the other postmortem tells of it' },
  });
  expect((await press('p', 'ignore', { reason: 'a drill' })).body.state).toBe('ignored');
  expect((await press('h', 'ignore', { reason: 'a drill' })).body).toMatchObject({
    state: 'hidden',
    does: expect.stringContaining('is private'),
  });
  expect((await inbound.held('rootly')).toSorted()).toEqual(['d', 'h', 'p']);
  expect(await list()).toEqual([]);
});

it('finds one by the id of its postmortem, whose letters are small', async () => {
  const { hold, press, ask } = await aWorld();
  await hold('01FDAG', { state: 'declared', since: undefined });
  expect(await ask('GET', '/operator/held/rootly/01fdag')).toMatchObject({ body: { id: 'rootly/01FDAG', postmortem: 'rootly-01fdag' } });
  expect((await press('01fdag', 'ignore', { reason: 'a drill' })).body.id).toBe('rootly/01FDAG');
  // Of such signs the id of a postmortem is a hash, so another spelling is another incident.
  await hold('A B', { since: undefined });
  expect((await ask('GET', `/operator/held/rootly/${encodeURIComponent('a b')}`)).status).toBe(404);
});

it('refuses to map it to itself or to what was taken back, and says which one tells of that', async () => {
  const { hold, press } = await aWorld();
  await hold('b', { state: 'declared' });
  await publish(table, { id: 'rootly-b' }, undefined, 'rootly');
  await publish(table, { id: 'old', status: 'retracted', mergedInto: 'new' });
  const map = async (postmortem: string) => (await press('b', 'map', { postmortem })).body.errors?.[0];
  expect(await map('rootly-b')).toMatchObject({ problem: expect.stringContaining('this incident’s own') });
  expect(await map('old')).toMatchObject({ remedy: 'It was merged into new: name that one.' });
});

it('refuses to map it to one that is mapped or ignored itself, before a poll took its draft back', async () => {
  const { hold, press } = await aWorld();
  for (const ref of ['A', 'B', 'C']) await hold(ref, { state: 'declared' });
  for (const id of ['rootly-a', 'rootly-b', 'rootly-c']) await publish(table, { id, status: 'draft' }, undefined, 'rootly');
  expect((await press('A', 'map', { postmortem: 'rootly-b' })).status).toBe(200);
  await press('C', 'ignore', { reason: 'a drill' });
  const map = async (postmortem: string) => (await press('B', 'map', { postmortem })).body.errors?.[0];
  expect(await map('rootly-a')).toMatchObject({ problem: 'names rootly-a, which is mapped to rootly-b' });
  expect(await map('rootly-c')).toMatchObject({ problem: 'names rootly-c, whose incident is ignored' });
  // What a key stored stands, and so does what people know of one that is ignored.
  await publish(table, { id: 'rootly-c' }, undefined, 'rootly');
  await publish(table, { id: 'rootly-a' }, undefined, 'a-key');
  for (const postmortem of ['rootly-c', 'rootly-a']) expect((await press('B', 'map', { postmortem })).status).toBe(200);
});

it('refuses a release that says what is known, or is about no incident', async () => {
  const { hold, press, inbound } = await aWorld();
  await hold('b', { facts: { severity: factOf('Odd', at, 'api'), private: factOf(false, at, 'api') } });
  expect((await press('b', 'release', { public: true })).body.errors).toMatchObject([{ field: 'public' }]);
  expect((await press('b', 'release', { severity: 'sev2' })).status).toBe(200);
  // A second word on what nobody else said is taken.
  expect((await press('b', 'release', { severity: 'sev3' })).status).toBe(200);
  expect((await inbound.read('rootly', 'b'))?.facts.countsAs?.value.severity).toBe('sev3');
  await hold('unreadable-1', { why: 'unreadable' });
  expect((await press('unreadable-1', 'release', { severity: 'sev2' })).status).toBe(422);
  expect((await press('unreadable-1', 'ignore', { reason: 'a drill' })).body.state).toBe('ignored');
  expect(await inbound.held('rootly')).toEqual(['b']);
});

it('takes back all that operators said, once, with an audit line', async () => {
  const { hold, press, inbound, audit, list } = await aWorld();
  await hold('b', { facts: { severity: factOf('Odd', at, 'api') } });
  await press('b', 'release', { severity: 'sev2', public: true });
  await press('b', 'ignore', { reason: 'a drill' });
  expect(await press('b', 'undo', undefined)).toMatchObject({
    status: 200,
    body: { id: 'rootly/b', state: 'waiting', undone: ['release', 'ignore'], does: expect.stringContaining('it is held: ') },
  });
  expect((await inbound.read('rootly', 'b'))?.facts).toEqual({ severity: factOf('Odd', at, 'api') });
  expect(await inbound.held('rootly')).toEqual(['b']);
  expect((await press('b', 'undo', undefined)).body).toEqual({ id: 'rootly/b', state: 'waiting', undone: [] });
  expect((await audit()).filter(({ act }) => act === 'held undone')).toMatchObject([{ facts: { undone: 'release, ignore' } }]);
  await hold('unreadable-2026-11-20', { why: 'unreadable', detail: 'It is not JSON.' });
  await press('unreadable-2026-11-20', 'ignore', { reason: 'a drill' });
  expect(await list()).toEqual([]);
  await press('unreadable-2026-11-20', 'undo', undefined);
  const again = { id: 'rootly/unreadable-2026-11-20', since: '2026-11-20T00:00:00Z', why: 'unreadable', detail: 'It is not JSON.' };
  expect(await list()).toMatchObject([again]);
});

it('has it private again after an undo where only an event said so', async () => {
  const { hold, press, inbound } = await aWorld();
  const known = { severity: factOf('SEV1', at, 'event'), status: factOf('published' as const, at, 'api') };
  await hold('x', { state: 'hidden', why: 'private', since: undefined, facts: { ...known, private: factOf(true, at, 'event') } });
  const released = await press('x', 'release', { severity: 'sev1', public: true });
  expect(released.body.does).toBe('its postmortem is published, and whoever gets such mails is told');
  await press('x', 'release', { public: true });
  const { body } = await press('x', 'undo', {});
  expect(body.does).toContain('nobody is told of it');
  expect(await inbound.read('rootly', 'x')).toMatchObject({ state: 'hidden', facts: { private: { value: true, at, seen: 'event' } } });
});

it('leaves the audit line of an undo, whatever breaks off the first call', async () => {
  const log = dynamoAuditLog(table, () => 'line');
  let fails = true;
  const record: typeof log.record = async (...line) => {
    if (fails) throw new Error('throttled');
    return log.record(...line);
  };
  const { ask, audit } = await anOperator(table, { now: () => '2026-11-25T10:00:00Z', audit: { ...log, record } });
  const ignored = factOf('a drill', at, 'operator');
  await dynamoInbound(table, now).put({ ...newInbound('rootly', 'b'), state: 'ignored', facts: { ignored } });
  expect((await ask('POST', '/operator/held/rootly/b/undo')).status).toBe(500);
  fails = false;
  expect((await ask('POST', '/operator/held/rootly/b/undo')).body.undone).toEqual(['ignore']);
  expect(await audit()).toMatchObject([{ act: 'held undone', facts: { undone: 'ignore' } }]);
});

it('refuses what says nothing, what is not held, and what is no source', async () => {
  const { hold, press, ask } = await aWorld();
  await hold('b');
  expect((await press('b', 'release', {})).status).toBe(422);
  expect((await press('b', 'release', { public: false })).status).toBe(422);
  expect((await press('x', 'ignore', { reason: 'a drill' })).status).toBe(404);
  expect((await ask('POST', '/operator/held/jira/b/ignore', { reason: 'a drill' })).status).toBe(404);
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

it('keeps beside a watermark how far a poll came, until the watermark moves', async () => {
  const watermarks = dynamoWatermarks(table);
  const progress = { since: at, began: at, page: 'incidents:3', read: 2 };
  await watermarks.advance('firehydrant', at);
  await watermarks.keep('firehydrant', progress);
  expect([await watermarks.read('firehydrant'), await watermarks.kept('firehydrant')]).toEqual([at, progress]);
  await watermarks.keep('firehydrant', undefined);
  expect([await watermarks.read('firehydrant'), await watermarks.kept('firehydrant')]).toEqual([at, undefined]);
  await watermarks.keep('firehydrant', progress);
  await watermarks.advance('firehydrant', '2026-12-24T10:00:00Z');
  expect(await watermarks.kept('firehydrant')).toBeUndefined();
});

it('shows all of one, in whatever state, and the remedy where there is none', async () => {
  const { hold, ask } = await aWorld();
  await hold('b', { facts: { severity: factOf('Odd', at, 'event') } });
  await hold('c', { state: 'hidden', why: 'private' });
  expect(await ask('GET', '/operator/held/rootly/b')).toMatchObject({
    status: 200,
    body: { id: 'rootly/b', state: 'held', postmortem: 'rootly-b', facts: [{ name: 'severity', value: 'Odd', at, seen: 'event' }] },
  });
  expect(await ask('GET', '/operator/held/rootly/c')).toMatchObject({ body: { state: 'hidden', told: false } });
  const remedy = expect.stringContaining('afterword held list');
  expect(await ask('GET', '/operator/held/rootly/x')).toMatchObject({ status: 404, body: { detail: remedy } });
  expect(await ask('GET', `/operator/held/rootly/${'x'.repeat(3000)}`)).toMatchObject({ status: 404, body: { detail: remedy } });
  expect(await ask('GET', '/operator/held/jira/b')).toMatchObject({ status: 404, body: { detail: remedy } });
});

it('waits for an operator in the status, by reason, the urgent and then the latest, as many as fit', async () => {
  const { hold, ask } = await aWorld();
  expect((await ask('GET', '/operator/status')).body.held).toBeUndefined();
  for (const n of [1, 2, 3, 4, 5, 6])
    await hold(`h${n}`, { since: `2026-11-2${n}T10:00:00Z`, detail: `reason ${n}`, why: n < 6 ? 'published elsewhere' : 'no text' });
  const { first, more } = (await ask('GET', '/operator/status')).body.held;
  expect([more, first.map(({ id }: { id: string }) => id)]).toEqual([true, [6, 5, 4, 3, 2].map((n) => `rootly/h${n}`)]);
});
