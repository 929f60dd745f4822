import { beforeEach, expect, it } from 'vitest';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { aHomeWorld, homeYaml } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

async function aWorld(distribution = homeYaml) {
  const world = await aHomeWorld(table, { distribution });
  const store = (id: string, actionItems: object[], change: object = {}) => world.store({ id, actionItems, ...change });
  const publish: typeof store = (id, actionItems, change = {}) => world.publish({ id, actionItems, ...change });
  const page = async (query = '', as: 'operator' | 'author' = 'operator') => {
    const { statusCode, body = '' } = await world.open(`/home/actions${query}`, { as });
    expect(statusCode).toBe(200);
    return String(body);
  };
  return { ...world, store, publish, page };
}

it('shows what is open, overdue first, with its postmortem, and nothing of a document as HTML', async () => {
  const { publish, page } = await aWorld();
  await publish('pool', [
    { title: 'Due <b>soon</b>', due: '2026-12-04', owner: 'Ada' },
    { title: 'Late', due: '2026-11-20', link: 'https://tracker.example/1' },
    { title: 'Pool drained', status: 'done' },
  ]);
  const body = await page();
  expect(body).toContain('2 actions');
  expect(body.indexOf('Late')).toBeLessThan(body.indexOf('Due &lt;b&gt;soon'));
  expect(body).toContain('<a href="https://tracker.example/1" rel="noreferrer" dir="auto">Late</a>');
  expect(body).toContain('<a href="/home/postmortems/pool">About pool</a>');
  expect(body).toContain('<span class="pill sev1">Overdue</span>');
  expect(body).not.toContain('Pool drained');
  expect(await page('?state=overdue')).toContain('1 action<');
  expect(await page('?state=all&since=2026-11-01')).toContain('3 actions');
  expect(await page('?owner=ADA')).toContain('1 action<');
  expect(await page('?owner=nobody')).toContain('Nothing matches that');
  expect(await page('?state=gone&page=x&dueBefore=never&postmortem=A%20B')).toContain('2 actions');
  expect(await page('?state=open', 'author')).toContain('<a href="/archive/engineering/pool">About pool</a>');
});

it('shows 50 on a page, and keeps the filters on the way to the next', async () => {
  const { publish, page } = await aWorld();
  await publish(
    'pool',
    Array.from({ length: 60 }, (_, n) => ({ title: `Action ${n}`, owner: 'Ada' })),
  );
  const first = await page('?owner=ada');
  expect(first).toContain('1 to 50, overdue ones first');
  expect(first).toMatch(/href="\/home\/actions\?state=open&amp;[^"]*owner=ada[^"]*page=2"/);
  expect(await page('?owner=ada&page=9')).toContain('51 to 60');
});

it('shows authors nothing of what may not be told, in any state of it, and no address', async () => {
  const { publish, store, page } = await aWorld();
  await publish('told', [{ title: 'Told', owner: 'Ada <ada@example.com>' }]);
  await publish('draft', [{ title: 'Secret of a draft' }], { status: 'draft' });
  await publish('vault', [{ title: 'Secret of keys' }], { restricted: true });
  await publish('gone', [{ title: 'Secret taken back' }], { status: 'retracted' });
  // Dropped while the postmortem was restricted.
  await publish('cleaned', [{ title: 'Secret of a customer' }], { restricted: true });
  await publish('cleaned', [{ title: 'Something else' }]);
  // Restricted, then released with another text: rows and lists do not know of it yet.
  await publish('late', [{ title: 'Secret of before' }]);
  await publish('late', [{ title: 'Secret of then' }], { restricted: true });
  await store('late', [{ title: 'Clean by now' }]);
  // Restricted a moment ago.
  await publish('now', [{ title: 'Secret of now' }]);
  await store('now', [{ title: 'Secret of now' }], { restricted: true });

  for (const query of ['?state=withdrawn', '?state=open&postmortem=late', '?state=open&postmortem=now'])
    expect(await page(query, 'author')).not.toMatch(/Secret/);
  const body = await page('?state=all', 'author');
  expect(body).not.toMatch(/Secret/);
  expect(body).toContain('Something else');
  expect(body).toContain('Ada &lt;(address left out)&gt;');

  const all = await page('?state=all');
  for (const title of ['of a draft', 'of keys', 'taken back', 'of a customer', 'of now']) expect(all).toContain(`Secret ${title}`);
  expect(all).toContain('<span class="pill sev1">Restricted</span>');
  expect(all).toContain('Ada &lt;ada@example.com&gt;');
});

it('shows what a revision lost with what it perhaps is now', async () => {
  const { publish, page } = await aWorld();
  await publish('pool', [{ title: 'Lower the limit of connections' }]);
  await publish('pool', [{ title: 'Raise the limit of connections' }]);
  expect(await page('?state=withdrawn', 'author')).toMatch(/Lower the limit.*Perhaps it is now: Raise the limit of connections/s);
});
