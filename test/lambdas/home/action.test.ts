import { beforeEach, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../../adapters/dynamodb/action-ledger.ts';
import { dynamoPeopleStore } from '../../../adapters/dynamodb/profile-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { actionKeyOf } from '../../../core/action/action-key.ts';
import { aHomeWorld, sids } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

/** It is Monday 23 November 2026. */
async function aWorld() {
  const world = await aHomeWorld(table);
  const publish = (actionItems: object[], by: string = sids.author, change: object = {}) =>
    world.publish({ id: 'pool', actionItems, ...change }, { by });
  const rows = () => dynamoActionLedger(table).list('pool');
  const path = async (title: string) => {
    const row = (await rows()).find(({ reported }) => reported.title === title);
    return `/home/actions/pool/${row ? actionKeyOf(row) : 'none'}`;
  };
  return { ...world, publish, rows, path };
}

it('shows operators and authors of its postmortem one action, and takes what they say of it once', async () => {
  const { publish, path, open, press, audit } = await aWorld();
  await publish([{ title: 'Lower <b>it</b>', due: '2026-11-20', cost: 'two weeks', link: 'https://tracker.example/1' }]);
  const url = await path('Lower <b>it</b>');
  const looked = String((await open(url, { as: 'author' })).body);
  expect(looked).toContain('<h1 dir="auto">Lower &lt;b&gt;it&lt;/b&gt;</h1>');
  expect(looked).toContain('two weeks');
  expect(looked).toContain('Nobody did anything with it.');
  expect((await open('/home/mine/pool', { as: 'author' })).body).toContain(`<a href="${url}" dir="auto">`);
  expect((await open('/home/actions')).body).toContain(`<a href="${url}">History and changes`);

  const day = { press: 'reschedule', due: '2026-12-24', reason: 'Parts are late.' };
  expect(await press(url, day, { as: 'author' })).toMatchObject({ statusCode: 303, headers: { location: `${url}?done=reschedule` } });
  expect(await press(url, day)).toMatchObject({ headers: { location: `${url}?done=same` } });
  expect(await press(url, { press: 'hand-over', to: 'ada' })).toMatchObject({ headers: { location: `${url}?done=hand-over` } });
  expect(await press(url, { press: 'done' })).toMatchObject({ headers: { location: `${url}?done=done` } });

  const shown = String((await open(`${url}?done=done`)).body);
  expect(shown).toContain('It is done.');
  expect(shown).toContain('Due on 2026-12-24: Parts are late.');
  expect(shown).toContain('ada@example.com');
  expect(shown).toContain('Reopen it');
  const own = String((await open(url, { as: 'author' })).body);
  expect(own).not.toContain('ops@example.com');
  expect(own).toMatch(/you · <time/);
  expect((await audit()).filter(({ act }) => String(act).startsWith('action '))).toMatchObject([
    { who: sids.author, act: 'action rescheduled', facts: { postmortem: 'pool', due: '2026-12-24' } },
    { who: sids.operator, act: 'action handed over', facts: { to: 'ada' } },
    { who: sids.operator, act: 'action done' },
  ]);
  expect((await open('/home/audit?postmortem=pool')).body).toContain(`action done: pool/${url.split('/').at(-1)}`);
});

it('says beside a field what is wrong with it, and why something is not possible, and changes nothing', async () => {
  const { publish, path, press, rows } = await aWorld();
  await publish([{ title: 'Lower it' }, { title: 'Kept', status: 'done' }]);
  const url = await path('Lower it');
  const wrong = await press(url, { press: 'reschedule', due: '2026-11-22', reason: 'Parts are late.' });
  expect(wrong.statusCode).toBe(422);
  expect(wrong.body).toContain('Lies in the past. Name 2026-11-23 or a later day.');
  expect(wrong.body).toContain('value="Parts are late."');
  const unnamed = await press(url, { press: 'hand-over', to: 'ada@example.com' });
  expect(unnamed).toMatchObject({ statusCode: 422, body: expect.stringContaining('aria-invalid="true"') });
  const closed = await press(await path('Kept'), { press: 'hand-over', to: 'ada' });
  expect(closed).toMatchObject({
    statusCode: 409,
    body: expect.stringContaining('Nothing was changed. It is done or declined. Reopen it first.'),
  });
  expect(await press(url, { press: 'bless' })).toMatchObject({ statusCode: 303 });
  expect((await rows()).flatMap(({ events }) => events)).toEqual([]);
});

it('gives what people did to the action that a reworded one is now, by one press', async () => {
  const { publish, path, open, press, rows } = await aWorld();
  await publish([{ title: 'Lower the limit of connections' }]);
  const url = await path('Lower the limit of connections');
  await press(url, { press: 'done' });
  await publish([{ title: 'Raise the limit of connections' }, { title: 'Rotate the keys' }]);
  const key = (await path('Raise the limit of connections')).split('/').at(-1) ?? '';
  expect((await open(url)).body).toContain(`<option value="${key}" selected="">`);
  expect(await press(url, { press: 'reattach', to: key })).toMatchObject({ headers: { location: `${url}?done=reattach` } });
  expect((await open(url)).body).toContain(`<a href="/home/actions/pool/${key}">Raise the limit of connections</a>`);
  expect((await rows()).map(({ reported, events }) => [reported.title, events.length])).toEqual(
    expect.arrayContaining([
      ['Lower the limit of connections', 0],
      ['Raise the limit of connections', 1],
    ]),
  );
});

it('is nowhere for an author whose postmortem it is not, and takes nothing of theirs', async () => {
  const { publish, path, open, press, rows } = await aWorld();
  await publish([{ title: 'Lower it' }], 'ci');
  const url = await path('Lower it');
  const { body: nothing } = await open('/home/nowhere', { as: 'author' });
  expect(await open(url, { as: 'author' })).toMatchObject({ statusCode: 404, body: nothing });
  expect(await press(url, { press: 'done' }, { as: 'author' })).toMatchObject({ statusCode: 404, body: nothing });
  expect(await open('/home/actions/pool/none')).toMatchObject({ statusCode: 404 });
  expect((await rows()).flatMap(({ events }) => events)).toEqual([]);
});

it('shows what is restricted to nobody who may be a namesake of its author, and says what to do', async () => {
  const { publish, path, open, press, rows, deps } = await aWorld();
  const name = async (sid: string, change: object) => {
    const [before] = await deps.people.readProfiles([{ realm: 'staff', sid }]);
    if (before) await dynamoPeopleStore(table).writeProfile({ ...before, ...change, revision: before.revision + 1 }, before.revision);
  };
  await name(sids.author, { name: 'Ada Lovelace', handles: ['countess'] });
  await publish([{ title: 'Rotate the keys' }], 'ci', { restricted: true, authors: ['Ada Lovelace'] });
  const url = await path('Rotate the keys');
  expect((await open(url, { as: 'author' })).body).toContain('Rotate the keys');
  expect((await open('/home/mine', { as: 'author' })).body).toContain('About pool');

  await name(sids.reader, { name: 'Ada Lovelace' });
  for (const address of [url, '/home/mine/pool', '/home/write?from=pool']) {
    const { statusCode, body } = await open(address, { as: 'author' });
    expect(statusCode).toBe(403);
    expect(body).toContain('It is not certain that this is yours');
    expect(body).not.toMatch(/Rotate|About pool/);
  }
  expect(await press(url, { press: 'done' }, { as: 'author' })).toMatchObject({ statusCode: 403 });
  expect((await rows()).flatMap(({ events }) => events)).toEqual([]);
  const mine = String((await open('/home/mine', { as: 'author' })).body);
  expect(mine).not.toContain('About pool');
  expect(mine).toContain('One more of which nobody is told names');
  const taken = await press(
    '/home/write',
    { press: 'check', text: '---\nid: pool\n---\n# Mine\n\n## Summary\n\nText.\n' },
    { as: 'author' },
  );
  expect(taken.body).toContain('names an author who may be you');
  expect((await open('/home/postmortems/pool')).body).toContain('Nobody of the staff is Ada Lovelace for certain');

  await publish([{ title: 'Rotate the keys' }], 'ci', { restricted: true, authors: ['@countess'] });
  expect((await open(url, { as: 'author' })).body).toContain('Rotate the keys');
});

it('shows a team nothing that was dropped from its postmortem while it was restricted', async () => {
  const { publish, path, open } = await aWorld();
  await publish([{ title: 'Name the customer' }], 'ci', { restricted: true, authors: ['ada'] });
  const url = await path('Name the customer');
  await publish([{ title: 'Lower it' }], 'ci', { authors: ['ada'] });
  const { body } = await open('/home/mine/pool', { as: 'author' });
  expect(body).toContain('Name the customer');
  expect((await open('/home/actions', { as: 'author' })).body).toContain(`<a href="${await path('Lower it')}">History and changes`);
  // A first name alone may be anybody's.
  await publish([{ title: 'Lower it' }], 'ci', { authors: ['Ada'] });
  expect((await open('/home/mine/pool', { as: 'author' })).body).not.toContain('Name the customer');
  expect(await open(url, { as: 'author' })).toMatchObject({ statusCode: 404 });
});
