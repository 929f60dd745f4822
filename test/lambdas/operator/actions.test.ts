import { beforeEach, expect, it } from 'vitest';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { actWords } from '../../../core/audit/act-words.ts';
import { AuditedAct } from '../../../core/audit/audit.ts';
import type { ShownAction } from '../../../core/operator/actions-api.ts';
import { aHomeWorld } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

/** It is Monday 23 November 2026. */
async function aWorld() {
  const world = await aHomeWorld(table);
  const publish = (id: string, actionItems: object[], change: object = {}, asked = {}) =>
    world.publish({ id, services: ['checkout'], actionItems, ...change }, { asked });
  const operator = await anOperator(table, { now: () => '2026-11-23T10:00:00Z' });
  const list = async (query = '', key = 'local'): Promise<{ actions: ShownAction[]; notLookedAt: string[]; cursor?: string }> => {
    const { status, body } = await operator.ask('GET', `/operator/actions${query}`, undefined, key);
    expect(status).toBe(200);
    return body;
  };
  const titles = async (query = '', key?: string) => (await list(query, key)).actions.map(({ title }) => title);
  return { ...world, ...operator, publish, list, titles };
}

it('lists what was promised by what became of it, and finds it by state, team, owner, service and day', async () => {
  const { publish, list, titles } = await aWorld();
  await publish('pool', [
    { title: 'Late', owner: 'Ada Lovelace', due: '2026-11-22' },
    { title: 'Today', team: 'Payments', due: '2026-11-23' },
    { title: 'Sometime', status: 'in-progress' },
    { title: 'Kept', status: 'done' },
    { title: 'Declined', status: 'declined' },
  ]);
  await publish('search', [{ title: 'Reindex' }], { owningTeam: 'Search', services: ['search'] });

  const { actions, notLookedAt } = await list();
  expect(Object.fromEntries(actions.map(({ title, state }) => [title, state]))).toEqual({
    ...{ Late: 'overdue', Today: 'open', Sometime: 'open', Reindex: 'open', Kept: 'kept', Declined: 'declined' },
  });
  expect(actions.find(({ title }) => title === 'Late')).toMatchObject({
    ...{ owner: 'Ada Lovelace', due: '2026-11-22', status: 'open', promisedAt: '2026-11-18T10:00:00Z', severity: 'sev2' },
    ...{ postmortem: 'pool', postmortemTitle: 'About pool', services: ['checkout'] },
  });
  expect(notLookedAt).toEqual([
    'Not looked at: actions that were closed before 2025-11-22; those of drafts, restricted or retracted postmortems, history that did not change since 2025-11-22. Name an earlier day as since to include them.',
  ]);
  expect((await list('?since=2026-11-01')).notLookedAt).toEqual([]);
  expect((await list('?since=earliest')).notLookedAt).toEqual([]);

  expect(await titles('?state=overdue')).toEqual(['Late']);
  expect((await titles('?state=open')).slice(0, 2)).toEqual(['Late', 'Today']);
  expect(await titles('?state=kept')).toEqual(['Kept']);
  expect(await titles('?state=declined')).toEqual(['Declined']);
  expect(await titles('?state=open&team=payments')).toEqual(['Today']);
  expect(await titles('?state=open&team=SEARCH')).toEqual(['Reindex']);
  expect(await titles('?state=open&owner=love%20ada')).toEqual(['Late']);
  expect(await titles('?state=open&service=Search')).toEqual(['Reindex']);
  expect(await titles('?state=open&dueBefore=2026-11-23')).toEqual(['Late']);
  expect((await titles('?since=2026-11-18')).length).toBe(6);
  expect(await titles('?since=2026-11-19')).toEqual([]);
  expect(await titles('?postmortem=pool')).toEqual(['Late', 'Today', 'Sometime', 'Declined', 'Kept'].toSorted(byPlace));
});
const places = ['Late', 'Today', 'Sometime'];
const byPlace = (a: string, b: string) => (places.indexOf(a) + 1 || 9) - (places.indexOf(b) + 1 || 9);

it('shows operators what nobody is told of as such, and history as history', async () => {
  const { publish, list, titles } = await aWorld();
  await publish('draft', [{ title: 'Of a draft' }], { status: 'draft' });
  await publish('vault', [{ title: 'Of keys', due: '2026-11-01' }], { restricted: true });
  await publish('gone', [{ title: 'Taken back' }], { status: 'retracted' });
  await publish('old', [{ title: 'Long ago', due: '2019-01-01' }], { publishedAt: undefined, startedAt: '2018-12-01' }, { history: true });
  await publish('new', [{ title: 'Told' }]);
  const { actions } = await list();
  expect(Object.fromEntries(actions.map(({ title, state, hidden }) => [title, [state, hidden]]))).toEqual({
    'Of a draft': ['open', 'draft'],
    'Of keys': ['overdue', 'restricted'],
    'Taken back': ['open', 'retracted'],
    'Long ago': ['history', undefined],
    Told: ['open', undefined],
  });
  expect(await titles('?state=overdue')).toEqual(['Of keys']);
  expect(await titles('?state=history')).toEqual(['Long ago']);
  expect(await titles('?postmortem=old')).toEqual(['Long ago']);
});

it('goes through all of them page by page, each once', async () => {
  const { publish, list } = await aWorld();
  const some = (name: string, status = 'open') =>
    Array.from({ length: 3 }, (_, n) => ({ title: `${name} ${n}`, id: `${name}'s #${n}`, status }));
  await publish('pool', [...some('Lower'), ...some('Done', 'done')]);
  await publish('vault', some('Secret'), { restricted: true });
  await publish('draft', some('Draft'), { status: 'draft' });
  for (const limit of [2, 3, 100]) {
    const seen: string[] = [];
    let cursor: string | undefined;
    let calls = 0;
    do {
      const page = await list(`?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      expect(page.actions.length).toBeLessThanOrEqual(limit);
      seen.push(...page.actions.map(({ title }) => title));
      cursor = page.cursor;
      calls += 1;
    } while (cursor && calls < 60);
    expect(cursor).toBeUndefined();
    expect(seen).toHaveLength(12);
    expect(new Set(seen).size).toBe(12);
  }
});

it('shows what a revision lost, and what it perhaps became', async () => {
  const { publish, list, ask, titles } = await aWorld();
  await publish('pool', [{ title: 'Lower the limit of connections', owner: 'Ada' }]);
  await publish('pool', [{ title: 'Raise the limit of connections', owner: 'Ada' }]);
  const { actions } = await list('?state=withdrawn');
  const [lost] = actions;
  if (!lost?.perhaps) throw new Error('nothing was lost');
  expect(lost).toMatchObject({ title: 'Lower the limit of connections', perhaps: { title: 'Raise the limit of connections' } });
  expect(await titles('?state=open')).toEqual(['Raise the limit of connections']);
  expect((await ask('GET', `/operator/actions/${lost.perhaps.id}`)).body).toMatchObject({
    state: 'open',
    perhapsWas: [{ id: lost.id, title: 'Lower the limit of connections' }],
  });
  expect((await ask('GET', `/operator/actions/${lost.id}`)).body).toMatchObject({ state: 'withdrawn', perhaps: lost.perhaps });
});

it('leaves addresses out unless the key may see people, and cannot be asked for them', async () => {
  const { publish, list, titles, keyWith } = await aWorld();
  await keyWith('read');
  await publish('pool', [{ title: 'Ask ada@example.com', owner: 'Ada <ada@example.com>', link: 'https://ada@example.com/1' }]);
  expect((await list('', 'read')).actions[0]).toMatchObject({ title: 'Ask (address left out)', owner: 'Ada <(address left out)>' });
  expect(JSON.stringify(await list('', 'read'))).not.toContain('ada@');
  expect((await list()).actions[0]).toMatchObject({ owner: 'Ada <ada@example.com>', link: 'https://ada@example.com/1' });
  expect(await titles('?owner=ada@example', 'read')).toEqual([]);
});

it('refuses what it does not understand, by field, and needs the scope read', async () => {
  const { ask, keyWith } = await aWorld();
  await keyWith('publish', 'people');
  for (const [query, field] of [
    ['state=late', 'state'],
    ['dueBefore=2026-02-30', 'dueBefore'],
    ['since=soon', 'since'],
    ['since=2020-01-01', 'since'],
    ['postmortem=A%20B', 'postmortem'],
    ['limit=0', 'limit'],
    ['cursor=open', 'cursor'],
    [`cursor=${Buffer.from('closed#0001').toString('base64url')}`, 'cursor'],
  ])
    expect(await ask('GET', `/operator/actions?${query}`)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  expect(await ask('GET', '/operator/actions?postmortem=none')).toMatchObject({ status: 404 });
  expect(await ask('GET', '/operator/actions/none/0123456789ab')).toMatchObject({ status: 404 });
  expect(await ask('GET', '/operator/actions?state=&team=&owner=&service=&since=')).toMatchObject({ status: 200 });
  expect(await ask('GET', '/operator/actions', undefined, 'publish+people')).toMatchObject({ status: 403 });
});

it('does what is asked of several actions, each by itself, and tells what each was', async () => {
  const { publish, list, ask, audit } = await aWorld();
  await publish('pool', [
    { title: 'Late', due: '2026-11-22' },
    { title: 'Today', due: '2026-11-23' },
    { title: 'Kept', status: 'done' },
  ]);
  const { actions } = await list('?postmortem=pool');
  const key = (title: string) => actions.find((one) => one.title === title)?.id.split('/')[1] ?? '';
  const post = (events: object[], query = '') => ask('POST', `/operator/actions/pool/events${query}`, { events });
  const events = [
    { action: key('Late'), kind: 'done' },
    { action: key('Today'), kind: 'rescheduled', due: '2026-12-24', reason: 'Parts are late.' },
    { action: key('Kept'), kind: 'handed over', to: 'Serach', anyway: true },
    { action: 'ffffffffffff', kind: 'done' },
    { action: key('Today'), kind: 'reattached', to: key('Late') },
  ];
  const outcomes = ['stored', 'stored', 'refused', 'refused', 'refused'];
  expect((await post(events, '?dryRun=true')).body.actions.map(({ outcome }: { outcome: string }) => outcome)).toEqual(outcomes);
  expect(await audit()).not.toContainEqual(expect.objectContaining({ act: 'action done' }));

  const { status, body } = await post(events);
  expect(status).toBe(200);
  expect(body.actions).toMatchObject([
    { outcome: 'stored', now: { title: 'Late', state: 'kept', status: 'done' } },
    { outcome: 'stored', now: { title: 'Today', due: '2026-12-24' } },
    { outcome: 'refused', why: 'closed' },
    { outcome: 'refused', why: 'unknown' },
    { outcome: 'refused', why: 'there' },
  ]);
  const again = await post(events);
  expect(again.body.actions.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['same', 'same', ...outcomes.slice(2)]);
  expect((await audit()).filter(({ act }) => String(act).startsWith('action '))).toMatchObject([
    { act: 'action done', facts: { postmortem: 'pool', action: key('Late') } },
    { act: 'action rescheduled', facts: { postmortem: 'pool', due: '2026-12-24' } },
  ]);
  expect((await ask('GET', `/operator/actions/pool/${key('Today')}`)).body).toMatchObject({
    history: [{ kind: 'rescheduled', says: 'Due on 2026-12-24: Parts are late.' }],
  });
});

it('keeps one line for what a tracker said, and calls a team as the file does', async () => {
  const { publish, list, ask, audit } = await aWorld();
  await publish('pool', [{ title: 'Late' }, { title: 'Today' }]);
  const keys = (await list('?postmortem=pool')).actions.map(({ id }) => id.split('/')[1]);
  const imported = keys.map((action) => ({ action, kind: 'imported', status: 'done', from: 'Jira' }));
  await ask('POST', '/operator/actions/pool/events', { events: imported });
  expect((await audit()).filter(({ act }) => act === 'actions imported')).toMatchObject([
    { facts: { postmortem: 'pool', action: keys.join(' '), actions: 2, from: 'Jira' } },
  ]);
  const [line] = (await audit()).filter(({ act }) => act === 'actions imported');
  expect(actWords(AuditedAct.parse({ at: '2026-11-23T10:00:00Z', ...line }))).toBe(
    `actions imported: pool/${keys[0]} pool/${keys[1]}, from Jira`,
  );
});

it('refuses a press by field, without doing any of them, and needs the scope actions', async () => {
  const { publish, list, ask, keyWith, audit } = await aWorld();
  await publish('pool', [{ title: 'Late' }]);
  const action = (await list('?postmortem=pool')).actions[0]?.id.split('/')[1];
  await keyWith('read', 'people', 'publish');
  const post = (event: object, key?: string) =>
    ask('POST', '/operator/actions/pool/events', { events: [{ action, kind: 'done' }, event] }, key);
  for (const [event, field] of [
    [{ action: 'pool/1', kind: 'done' }, 'events.1.action'],
    [{ action, kind: 'finished' }, 'events.1.kind'],
    [{ action, kind: 'reopened' }, 'events.1.reason'],
    [{ action, kind: 'reopened', reason: 'ask ada@example.com' }, 'events.1.reason'],
    [{ action, kind: 'rescheduled', due: '2026-11-22', reason: 'Parts are late.' }, 'events.1.due'],
    [{ action, kind: 'rescheduled', due: '2206-11-22', reason: 'Parts are late.' }, 'events.1.due'],
    [{ action, kind: 'handed over', to: 'ada@example.com' }, 'events.1.to'],
    [{ action, kind: 'handed over', to: 'Paymnts' }, 'events.1.to'],
    [{ action, kind: 'reattached', to: action }, 'events.1.to'],
    [{ action, kind: 'imported', status: 'closed', from: 'Jira' }, 'events.1.status'],
  ] as const)
    expect(await post(event)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  expect(await post({ action, kind: 'done' }, 'read+people+publish')).toMatchObject({ status: 403 });
  expect(await ask('POST', '/operator/actions/none/events', { events: [{ action, kind: 'done' }] })).toMatchObject({ status: 404 });
  expect((await audit()).filter(({ act }) => String(act).startsWith('action '))).toEqual([]);
});

it('tells a key that may only press what became of the press, and nothing of what it pressed', async () => {
  const { publish, list, ask, keyWith } = await aWorld();
  await publish('pool', [{ title: 'Late' }], { restricted: true });
  const action = (await list('?postmortem=pool')).actions[0]?.id.split('/')[1];
  await keyWith('actions');
  const events = [
    { action, kind: 'done' },
    { action, kind: 'done' },
  ];
  const { status, body } = await ask('POST', '/operator/actions/pool/events', { events }, 'actions');
  expect(status).toBe(200);
  expect(body.actions).toEqual([
    { id: `pool/${action}`, outcome: 'stored' },
    { id: `pool/${action}`, outcome: 'same' },
  ]);
});
