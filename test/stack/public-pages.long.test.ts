import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keptNotices } from '../../lambdas/web/published-notices.ts';
import { pageRoutes } from '../../lambdas/web/routes.ts';
import { launchBrowser } from '../support/browser.ts';
import { aDistribution } from '../support/distribution.ts';
import { oneEngine } from '../support/one-engine.ts';
import { faultsIn } from '../support/page-faults.ts';
import { publicNoticesInMemory } from '../support/public-notices.ts';
import { noticeInputs } from '../support/samples/notices.ts';
import { aPageEvent, aWebWorld } from '../support/web.ts';

const freshTable = oneEngine();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const distribution = aDistribution({
  organisation: { name: 'Northwind', zone: 'Europe/Berlin', domains: ['example.com'] },
  senders: {
    internal: { name: 'Afterword', address: 'afterword@example.com' },
    customers: { name: 'Northwind status', address: 'status@notices.example.com' },
  },
  streams: { 'customer-notices': { signUp: 'open', contact: 'https://example.com/support' } },
});
const [told, updated, lasting] = ['k7p3wq9xzt', 'bcdfghjkmn', 'npqrstvwxz'];

/** Each page by its name. */
async function pages(): Promise<Record<string, string>> {
  const { deps, clock, serve } = await aWebWorld(await freshTable(), { distribution, realm: 'customers' });
  const store = publicNoticesInMemory();
  const ask = serve(pageRoutes({ ...deps, notices: keptNotices(store, () => clock.now) }));
  const look = async (path: string) => (await ask(aPageEvent('GET', `/customers${path}`))).body ?? '';
  const found: Record<string, string> = { empty: await look('/incidents') };
  const { 'notice to customers': first, 'notice, updated': second, 'notice while it lasts': third } = noticeInputs;
  store.put(told, 1, '2026-11-20T09:00:00Z', { ...first.content, publicId: told, title: `${'W'.repeat(120)} was slow` });
  store.put(updated, 1, '2026-11-21T09:00:00Z', { publicId: updated });
  store.put(updated, 2, '2026-11-21T12:00:00Z', { ...second.content, publicId: updated });
  store.put(lasting, 1, '2026-11-22T09:00:00Z', { ...third.content, publicId: lasting, resolvedAt: undefined });
  store.put('zzzzzzzzzz', 1, '2026-11-22T10:00:00Z', {});
  store.put('zzzzzzzzzz', 2, '2026-11-22T11:00:00Z', 'withdrawn');
  for (let n = 0; n < 20; n += 1) store.put(`${'xxxxxxxx2'}${'bcdfghjkmnpqrstvwxz2'[n]}`, 1, '2026-10-22T10:00:00Z', {});
  clock.now = new Date(clock.now.getTime() + 60_000);
  found.list = await look('/incidents');
  for (const [name, id] of Object.entries({ told, updated, lasting, withdrawn: 'zzzzzzzzzz', missing: 'nothing' }))
    found[name] = await look(`/incidents/${id}`);
  return found;
}

/** With `PNG=folder` it leaves a picture of each there, light and narrow. */
it('no page of notices keeps anybody out, by axe or by its width', async () => {
  const glass = await browser.newPage();
  const folder = process.env.PNG;
  if (folder) mkdirSync(folder, { recursive: true });
  const faults: string[] = [];
  for (const [name, html] of Object.entries(await pages())) {
    expect(html).not.toContain('<script');
    faults.push(...(await faultsIn(html, name, glass)));
    if (!folder) continue;
    await glass.screenshot({ path: join(folder, `${name}-320.png`), fullPage: true });
    await glass.emulateMedia({ colorScheme: 'light' });
    await glass.setViewportSize({ width: 1100, height: 900 });
    await glass.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }
  expect(faults).toEqual([]);
});
