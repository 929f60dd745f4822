import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HttpAnswer } from '../../lambdas/shared/http-answer.ts';
import { launchBrowser } from '../support/browser.ts';
import { aHouse, formOf, katharina, later, limit, reason, region, sofia } from '../support/deciding.ts';
import { oneEngine } from '../support/one-engine.ts';
import { faultsIn } from '../support/page-faults.ts';

const freshTable = oneEngine();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const hebrew = { title: `סוף ${'ק'.repeat(250)}`, owner: 'צוות תשלומים', cost: 'שבועיים', consequence: 'זה יקרה שוב' };
const long = { title: `x${'supercalifragilistic'.repeat(14)}`, owner: 'Platform' };

/** Each page by its name. */
async function pages(): Promise<Record<string, string>> {
  const texts = { summary: 'A new index slowed the payments database.', rootCauses: ['Three layers each tried again.'] };
  const actionItems = [limit, region, hebrew, long, { title: 'Alert on lag', status: 'done' }];
  const world = await aHouse(freshTable, { pm: { ...texts, startedAt: '2026-11-17T12:05:00Z', services: ['checkout'], actionItems } });
  const found: Record<string, string> = {};
  const add = (name: string, wanted: number, { statusCode, body = '' }: HttpAnswer) => {
    expect(statusCode, name).toBe(wanted);
    found[name] = body;
    return body;
  };
  add('list', 200, await world.get(`/decisions/${world.link()}`));
  const body = add('review', 200, await world.get(world.url()));
  const stale = formOf(body, { [limit.title]: { what: 'fund' }, [region.title]: { what: 'defer', until: '2020-01-01' } }, { sign: 'yes' });
  await world.decide({ [limit.title]: { what: 'accept the risk', reason } }, {}, sofia);
  add('refused', 200, await world.press(stale));
  add(
    'decided',
    200,
    await world.decide({ [region.title]: { what: 'defer', until: '2027-03-01', reason } }, { sign: 'yes', leave: 'yes' }),
  );
  const receipt = `/receipts/${world.link(katharina, 'receipt', world.mails.findLast(({ kind }) => kind === 'receipt')?.about)}`;
  add('receipt', 200, await world.get(receipt));
  add('undone', 200, await world.post(receipt, { press: 'undo' }));
  const url = world.url();
  later(world, '2026-12-02T10:00:00Z');
  add('expired', 410, await world.get(url));
  add('new link', 200, await world.post(url, { press: 'new-link' }));
  return found;
}

/** With `PNG=folder` it leaves a picture of each there, light and narrow. */
it('no page of reviewers keeps anybody out, by axe or by its width', async () => {
  const glass = await browser.newPage();
  const folder = process.env.PNG;
  if (folder) mkdirSync(folder, { recursive: true });
  const faults: string[] = [];
  for (const [name, html] of Object.entries(await pages())) {
    expect(html).not.toContain('<script');
    faults.push(...(await faultsIn(html, name, glass)));
    if (!folder) continue;
    await glass.screenshot({ path: join(folder, `${name.replace(/\W+/g, '-')}-320.png`), fullPage: true });
    await glass.emulateMedia({ colorScheme: 'light' });
    await glass.setViewportSize({ width: 800, height: 900 });
    await glass.screenshot({ path: join(folder, `${name.replace(/\W+/g, '-')}.png`), fullPage: true });
  }
  expect(faults).toEqual([]);
});

it('shows two hundred actions, thirty a page, where a press moves nothing', async () => {
  const actionItems = Array.from({ length: 200 }, (_, n) => ({ title: `Action number ${n} of this incident`, owner: `Team ${n}` }));
  const world = await aHouse(freshTable, { pm: { actionItems } });
  const at = async (page: number) => (await world.get(`${world.url()}?page=${page}`)).body ?? '';
  const titles = (body: string) => [...body.matchAll(/id="t-[^>]*>([^<]+)</g)].map(([, title]) => title);
  expect(titles(await at(1))).toEqual(actionItems.slice(0, 30).map(({ title }) => title));
  const many = Object.fromEntries(
    actionItems.slice(30, 60).map(({ title }) => [title, { what: 'accept the risk', reason: '危'.repeat(500) }]),
  );
  const { body } = await world.post(`${world.url()}?page=2`, formOf(await at(2), many));
  expect(body).toContain('30 decisions taken.');
  expect(titles(body ?? '')).toEqual(actionItems.slice(30, 60).map(({ title }) => title));
  expect(titles(await at(7))).toHaveLength(20);
  expect(titles(await at(99))).toHaveLength(20);
  expect(titles(await at(Number.NaN))).toHaveLength(30);
});
