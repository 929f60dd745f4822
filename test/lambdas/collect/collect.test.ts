import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { takePostmortem } from '../../../core/intake/take-postmortem.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { collect } from '../../../lambdas/collect/collect.ts';
import { tokenReader } from '../../../lambdas/collect/token-reader.ts';
import { answerHook } from '../../../lambdas/hooks/answer-hook.ts';
import { CollectMessage } from '../../../lambdas/shared/collect-message.ts';
import { localKeys, sign } from '../../../local/vendors/sign.ts';
import { aCollectWorld, type Behaviour, finishedAt, json } from '../../support/connector/collect-world.ts';
import { aDistribution } from '../../support/distribution.ts';

const half = (): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('{"incident": {"id": '));
        controller.error(new Error('the connection was reset'));
      },
    }),
  );
const hang: Behaviour = (signal) =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('it took too long')), { once: true }));

/** What goes wrong with an API for a while. */
const faults: Readonly<Record<string, Behaviour>> = {
  'is busy': () => json({}, 429, { 'retry-after': '7' }),
  'is busy, until a date': () => json({}, 503, { 'retry-after': 'Fri, 20 Nov 2026 10:02:00 GMT', date: 'Fri, 20 Nov 2026 10:00:00 GMT' }),
  'has an error of its own': () => json({}, 500),
  hangs: hang,
  'closes the connection': () => Promise.reject(new TypeError('fetch failed')),
  'answers half': half,
  'answers something else than JSON': () => new Response('<html>Maintenance</html>'),
  'answers JSON of another shape': () => json([]),
  'does not know it': () => json({}, 404),
};
const everyCall = (['incident-io', 'rootly'] as const).flatMap((source) =>
  Object.keys(finishedAt[source]).flatMap((path) => Object.keys(faults).map((fault) => [source, path, fault] as const)),
);
const twice = (fault: string): Behaviour[] => [faults[fault], faults[fault]].filter((one) => one !== undefined);
const shown = { title: 'Payments were refused', status: 'published', restricted: false, summary: 'A certificate had run out.' };

it.each(everyCall)('%s: publishes the whole once, after %s %s', async (source, path, fault) => {
  const world = aCollectWorld(source);
  world.faults.set(path, twice(fault));
  // A document without a text is held, and each poll asks about what is held.
  for (let polls = 0; polls < 3; polls += 1) {
    await world.collect({ ask: { source, ref: 'A1' } });
    expect(await world.drain()).toBe(true);
  }
  const told = world.revisions.filter(({ status }) => status === 'published');
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ ...shown, actionItems: [{ title: 'Renew certificates' }] });
});

it.each(everyCall)('%s: leaves what people know as it is, while %s %s', async (source, path, fault) => {
  const world = aCollectWorld(source);
  await world.collect({ ask: { source, ref: 'A1' } });
  world.faults.set(path, twice(fault));
  await world.collect({ ask: { source, ref: 'A1' } });
  expect(await world.drain()).toBe(true);
  expect(world.revisions).toHaveLength(1);
  expect([...world.stored.values()][0]?.postmortem).toMatchObject(shown);
});

it.each([
  ['is busy', 7],
  ['is busy, until a date', 120],
  ['has an error of its own', 60],
  ['does not know it', 900],
])('asks again when the vendor says, where it %s', async (fault, seconds) => {
  const world = aCollectWorld();
  world.faults.set('/v2/incidents/A1', twice(fault));
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  expect(world.queue).toEqual([{ message: { ask: { source: 'incident-io', ref: 'A1' } }, delay: seconds }]);
});

it('asks again while the secret with the token cannot be read, and polls again too', async () => {
  const world = aCollectWorld();
  world.token = () => Promise.reject(new Error('AccessDeniedException'));
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  await world.collect({ poll: 'incident-io' });
  expect(world.queue).toMatchObject([{ message: { ask: { ref: 'A1' } } }, { message: { poll: 'incident-io' } }]);
  world.token = async () => 'a token';
  world.answers['/v2/incidents'] = { incidents: [] };
  expect(await world.drain()).toBe(true);
  expect(world.stored.size).toBe(1);
});

it.each([
  ['at once where we may not read it', 'AccessDeniedException', ['urgent']],
  ['later where its store is busy', 'ThrottlingException', [undefined]],
])('rings for a secret that cannot be read %s, and asks again', async (_, name, held) => {
  const world = aCollectWorld();
  world.token = tokenReader('incident-io', () => Promise.reject(Object.assign(new Error('no'), { name })), world.deps.log);
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  expect(world.warnings).toMatchObject([{ message: 'secret not read' }]);
  expect(world.warnings.map((line) => line.held)).toEqual(held);
  expect(world.queue).toMatchObject([{ message: { ask: { ref: 'A1' } } }]);
});

/** 264 KB that no packing makes shorter. */
const noise = Array.from({ length: 6000 }, (_, n) => createHash('sha256').update(`${n}`).digest('base64')).join('');
it('hides by the poll at once what became private by an event that is too large for a message', async () => {
  const world = aCollectWorld();
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  const { incident } = finishedAt['incident-io']['/v2/incidents/A1'] as { incident: object };
  const hidden = { ...incident, visibility: 'private', updated_at: '2026-11-20T10:00:00Z' };
  Object.assign(world.answers, { '/v2/incidents/A1': { incident: hidden }, '/v2/incidents': { incidents: [hidden] } });
  const type = 'private_incident.incident_updated_v2';
  const body = JSON.stringify({ event_type: type, [type]: { id: 'A1', padding: noise } });
  const { headers } = sign('incident-io', body, { now: world.now });
  const event = { headers, body, isBase64Encoded: false, rawPath: '/hooks/incident-io/good', rawQueryString: '' };
  const answered = await answerHook(
    { ...event, requestContext: { requestId: 'r1', http: { method: 'POST' } } },
    {
      authenticate: async () => ({ id: '0', label: 'l', scopes: ['hook'] }),
      secret: async () => JSON.stringify({ 'incident-io': { keys: [localKeys['incident-io']] } }),
      send: (message) => world.deps.send([message]),
      now: () => world.now,
      log: world.deps.log,
    },
  );
  expect([answered.statusCode, world.queue]).toEqual([202, [{ message: { poll: 'incident-io' }, delay: 0 }]]);
  expect(await world.drain()).toBe(true);
  expect(world.stored.get('incident-io-a1')?.postmortem.restricted).toBe(true);
  // It took no hour: the clock stands where it stood.
  expect(toInstant(world.now)).toBe('2026-11-20T10:00:00Z');
});

it('holds what has no token, and publishes it by the poll after the secret has one', async () => {
  const world = aCollectWorld();
  world.token = async () => undefined;
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  await world.collect({ poll: 'incident-io' });
  expect([...world.rows.values()]).toMatchObject([{ state: 'held', why: 'refused' }]);
  expect(world.warnings).toMatchObject([
    { message: 'incident held', held: 'urgent' },
    { message: 'poll not finished', held: 'urgent', outcome: 'refused', status: 401 },
  ]);
  world.token = async () => 'a token';
  world.answers = { ...world.answers, '/v2/incidents': { incidents: [] }, '/v1/postmortem_documents': { postmortem_documents: [] } };
  const { '/v1/postmortem_documents': documents } = finishedAt['incident-io'];
  // The list of the second poll, then a look by each of the two polls.
  const look = () => json(documents);
  world.faults.set('/v1/postmortem_documents', [() => json({ postmortem_documents: [] }), look, look]);
  await world.collect({ poll: 'incident-io' });
  expect(await world.drain()).toBe(true);
  expect([...world.rows.values()]).toMatchObject([{ state: 'published' }]);
});

it('holds an event that is too large, and polls its source', async () => {
  const world = aCollectWorld();
  const event = world.event(JSON.stringify({ padding: ' '.repeat(6_000_000) }));
  await world.collect(event);
  await world.collect(event);
  expect([...world.rows.values()]).toMatchObject([{ state: 'held', why: 'too large' }]);
  expect(world.warnings).toHaveLength(1);
  expect(world.queue).toEqual(Array.from({ length: 2 }, () => ({ message: { poll: 'incident-io' }, delay: 0 })));
});

it('holds an event that cannot be read, once, and passes over one of something else', async () => {
  const world = aCollectWorld();
  for (const text of ['{"event_type": 1,}', '{"event_type": 1,}', '{"event_type":"x","x":{}}']) await world.collect(world.event(text));
  expect([...world.rows.values()]).toMatchObject([{ state: 'held', why: 'unreadable' }]);
  expect([world.warnings.length, world.queue.length]).toEqual([1, 0]);
});

it('holds what cannot be read once a day and kind, with a count, and rings once', async () => {
  const world = aCollectWorld();
  const unread = async (n: number) => {
    for (let i = 0; i < n; i += 1) await world.collect(world.event(`{"event_type": ${i},}`));
  };
  await unread(1001);
  const held = () => [...world.rows.values()].map(({ ref, state, detail, events, version }) => ({ ref, state, detail, events, version }));
  const detail = 'It is not JSON. 1000 or more such events on 2026-11-20.';
  expect(held()).toEqual([{ ref: 'unreadable-2026-11-20', state: 'held', detail, events: 1000, version: 1000 }]);
  expect(world.warnings).toHaveLength(1);
  world.now = new Date('2026-11-21T00:00:00Z');
  await unread(2);
  expect(held()[1]).toMatchObject({ ref: 'unreadable-2026-11-21', detail: 'It is not JSON. 2 such events on 2026-11-21.' });
  expect(world.warnings).toHaveLength(2);
  // What an operator put away stays so for its day.
  const [key, row] = [...world.rows.entries()][1] ?? [];
  if (key && row) world.rows.set(key, { ...row, state: 'ignored', since: undefined });
  await unread(1);
  expect(held()[1]).toMatchObject({ state: 'ignored', events: 3 });
});

it('only logs what cannot be read where nobody signs, so that a stranger fills no list', async () => {
  const world = aCollectWorld();
  const body = gzipSync('no JSON').toString('base64');
  await world.collect({ event: { source: 'statuspage', at: toInstant(world.now), body } });
  expect([world.rows.size, world.warnings]).toMatchObject([0, [expect.anything()]]);
});

it('joins by the next poll what a producer published meanwhile, in either order', async () => {
  const link = 'https://app.incident.io/example/incidents/7';
  const world = aCollectWorld();
  const { incident } = finishedAt['incident-io']['/v2/incidents/A1'] as { incident: object };
  const noDocument = { postmortem_documents: [] };
  Object.assign(world.answers, {
    '/v2/incidents/A1': { incident: { ...incident, permalink: link } },
    '/v2/incidents': { incidents: [] },
    '/v1/postmortem_documents': noDocument,
  });
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  world.putByKey({ id: 'from-git', links: [{ url: link }] });
  await world.collect({ poll: 'incident-io' });
  expect(await world.drain()).toBe(true);
  expect(world.stored.get('incident-io-a1')?.postmortem).toMatchObject({ status: 'retracted', mergedInto: 'from-git' });

  world.putByKey({ id: 'from-git-2', links: [{ url: `${link}0/` }] });
  await world.collect({ poll: 'incident-io' });
  world.answers['/v2/incidents/A2'] = { incident: { ...incident, id: 'A2', permalink: `${link}0` } };
  await world.collect({ ask: { source: 'incident-io', ref: 'A2' } });
  expect([world.stored.has('incident-io-a2'), world.rows.get('incident-io/A2')?.state]).toEqual([false, 'joined']);
});

it('polls each source that the file names, in a message of its own', async () => {
  const world = aCollectWorld();
  await world.collect({ poll: 'all' });
  expect(world.queue.map(({ message }) => message)).toEqual([{ poll: 'incident-io' }, { poll: 'rootly' }]);
});

it('reads a list to its last page, over several messages', async () => {
  const world = aCollectWorld();
  const pages = Array.from({ length: 11 }, (_, n) => () => {
    const incidents = [{ id: `N${n}`, updated_at: '2026-11-20T09:30:00Z' }];
    return json({ incidents, pagination_meta: { after: n < 10 ? `N${n}` : null } });
  });
  world.faults.set('/v2/incidents', pages);
  await world.collect({ poll: 'incident-io' });
  const asked = new Set<string>();
  let polls = 1;
  while (world.queue.some(({ message }) => 'poll' in message)) {
    const [next] = world.queue.splice(
      world.queue.findIndex(({ message }) => 'poll' in message),
      1,
    );
    for (const { message } of world.queue.splice(0)) if ('ask' in message) asked.add(message.ask.ref);
    expect(world.reached).toBe('2026-11-20T09:00:00Z');
    if (next) await world.collect(next.message);
    polls += 1;
  }
  for (const { message } of world.queue.splice(0)) if ('ask' in message) asked.add(message.ask.ref);
  expect([polls, asked.size, world.reached]).toEqual([3, 11, '2026-11-20T10:00:00Z']);
});

const page = 'https://app.incident.io/example/incidents/7';
/** A finished incident that has a page, whose vendor lists no change. */
function aLinkedWorld() {
  const world = aCollectWorld();
  const { incident } = finishedAt['incident-io']['/v2/incidents/A1'] as { incident: object };
  Object.assign(world.answers, { '/v2/incidents/A1': { incident: { ...incident, permalink: page } }, '/v2/incidents': { incidents: [] } });
  // Nothing of it changes at the vendor any more, so its lists name it no more.
  const { '/v1/postmortem_documents': documents } = world.answers;
  const poll = async () => {
    world.answers['/v1/postmortem_documents'] = { postmortem_documents: [] };
    await world.collect({ poll: 'incident-io' });
    world.answers['/v1/postmortem_documents'] = documents;
    expect(await world.drain()).toBe(true);
  };
  return Object.assign(world, { pollUnchanged: poll });
}

it.each([
  ['is taken back', { status: 'retracted', links: [{ url: page }] }],
  ['is restricted', { restricted: true, links: [{ url: page }] }],
  ['links to it no more', { links: [] }],
  ['links to another one', { links: [{ url: `${page}0` }] }],
])('tells of an incident by itself again, once the postmortem that it was joined to %s', async (_, change) => {
  const world = aLinkedWorld();
  world.putByKey({ id: 'from-git', links: [{ url: page }] });
  await world.pollUnchanged();
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  expect(world.rows.get('incident-io/A1')?.state).toBe('joined');
  world.putByKey({ id: 'from-git', ...change });
  await world.pollUnchanged();
  expect(world.stored.get('incident-io-a1')?.postmortem).toMatchObject(shown);
});

it('shows again what was restricted because a token saw it no more, once the token sees it', async () => {
  const world = aLinkedWorld();
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  world.faults.set(
    '/v2/incidents/A1',
    Array.from({ length: 6 }, () => () => json({}, 404)),
  );
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  expect(await world.drain()).toBe(true);
  expect(world.stored.get('incident-io-a1')?.postmortem.restricted).toBe(true);
  world.faults.set('/v2/incidents/A1', [() => json({}, 500)]);
  await world.pollUnchanged();
  await world.pollUnchanged();
  expect(world.stored.get('incident-io-a1')?.postmortem).toMatchObject(shown);
});

it('shows nothing of a tool that the file names no more, and hides what its events call private', async () => {
  const world = aCollectWorld();
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  const unnamed = { ...world.deps, distribution: async () => aDistribution({ severities: { sev2: { label: 'Major' } } }) };
  const { incident } = finishedAt['incident-io']['/v2/incidents/A1'] as { incident: object };
  world.answers['/v2/incidents/A1'] = { incident: { ...incident, name: 'Something else', updated_at: '2026-11-20T09:00:00Z' } };
  const type = 'public_incident.incident_updated_v2';
  await collect(world.event(JSON.stringify({ event_type: type, [type]: { id: 'A1' } })), unnamed);
  expect(world.revisions).toHaveLength(1);
  const hiding = 'private_incident.incident_updated_v2';
  await collect(world.event(JSON.stringify({ event_type: hiding, [hiding]: { id: 'A1' } })), unnamed);
  expect(world.stored.get('incident-io-a1')?.postmortem.restricted).toBe(true);
  expect(world.queue).toEqual([]);
});

it('starts no second row of questions by a poll about what is held', async () => {
  const world = aLinkedWorld();
  const { incident } = finishedAt['incident-io']['/v2/incidents/A1'] as { incident: object };
  world.answers['/v2/incidents/A1'] = { incident: { ...incident, severity: { name: 'Cosmetic' } } };
  await world.collect({ ask: { source: 'incident-io', ref: 'A1' } });
  world.answers['/v2/incidents/A1'] = [];
  for (let polls = 0; polls < 3; polls += 1) {
    world.answers['/v1/postmortem_documents'] = { postmortem_documents: [] };
    await world.collect({ poll: 'incident-io' });
    await world.drain(1);
  }
  expect(world.queue).toEqual([]);
});

it('asks about nothing whose id is longer than any, and sends no page that nobody could read', async () => {
  const world = aCollectWorld();
  const incidents = ['x'.repeat(129), 'A1'].map((id) => ({ id, updated_at: '2026-11-20T09:30:00Z' }));
  const pages = Array.from({ length: 4 }, (_, n) => () => json({ incidents, pagination_meta: { after: `${n}${'y'.repeat(5000)}` } }));
  world.faults.set('/v2/incidents', pages);
  world.answers['/v1/postmortem_documents'] = { postmortem_documents: [] };
  await world.collect({ poll: 'incident-io' });
  for (const { message } of world.queue) expect(CollectMessage.safeParse(message).success).toBe(true);
});

it('reads the action items of Rootly to their last page', async () => {
  const world = aCollectWorld('rootly');
  const item = (n: number) => ({ id: `F${n}`, attributes: { summary: `Renew certificate ${n}`, status: 'open' } });
  world.faults.set('/v1/incidents/A1/action_items', [
    () => json({ data: [item(1)], links: { next: 'https://api.rootly.com/v1/incidents/A1/action_items?page[number]=2' } }),
    () => json({ data: [item(2)], links: { next: null } }),
  ]);
  await world.collect({ ask: { source: 'rootly', ref: 'A1' } });
  expect(world.stored.get('rootly-a1')?.postmortem.actionItems).toHaveLength(2);
});

it.each([
  ['by when it was declared', {}, ['alert', 'published']],
  ['but not where it was written up long afterwards', { mode: 'retrospective' }, []],
])('has the leaders told at once of a most severe incident without any time, %s', async (_, change, told) => {
  const world = aCollectWorld();
  const { incident } = finishedAt['incident-io']['/v2/incidents/A1'] as { incident: object };
  world.answers['/v2/incidents/A1'] = { incident: { ...incident, created_at: '2026-11-18T08:04:00.123Z', ...change } };
  const distribution = aDistribution({ connectors: { 'incident-io': { severities: { Major: 'sev1' } } } });
  const owed: string[] = [];
  const desk: typeof world.deps.desk = {
    readCurrent: async () => undefined,
    async take(read, { source: by, replaces }) {
      const postmortems = { readCurrent: async () => undefined, putRevision: async () => {}, putCurrent: async () => true };
      const rest = { clearOwed: async () => {}, noteMissed: async () => {} };
      const deps = { revisions: { note: async () => {} }, distribution, now: world.deps.now, by, replaces };
      owed.push(...(await takePostmortem(read, { ...deps, postmortems: { ...postmortems, ...rest } })).stored.owed);
    },
  };
  await collect({ ask: { source: 'incident-io', ref: 'A1' } }, { ...world.deps, desk, distribution: async () => distribution });
  expect(owed.filter((task) => task !== 'projections')).toEqual(told);
});
