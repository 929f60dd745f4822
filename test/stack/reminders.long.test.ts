import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import type { HttpAnswer } from '../../lambdas/shared/http-answer.ts';
import { pageRoutes } from '../../lambdas/web/routes.ts';
import { launchBrowser } from '../support/browser.ts';
import { aProfile, aSid } from '../support/delivery.ts';
import { aDistribution } from '../support/distribution.ts';
import { mailed } from '../support/mailed.ts';
import { oneEngine } from '../support/one-engine.ts';
import { faultsIn } from '../support/page-faults.ts';
import { publish } from '../support/published.ts';
import { aPageEvent, aWebWorld } from '../support/web.ts';

const freshTable = oneEngine();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const rosa = aProfile({ sid: aSid(1), address: 'rosa@example.com', name: 'Rosa Lind' });
const edition = `service_reminders_${rosa.sid}_20261123`;
const hostile = [
  { title: `סוף ${'ק'.repeat(250)}`, owner: 'Rosa Lind', cost: 'שבועיים', consequence: 'זה יקרה שוב' },
  { title: `x${'supercalifragilistic'.repeat(14)}`, owner: 'Rosa Lind' },
];
/** More than a mail shows. */
const many = Array.from({ length: 30 }, (_, n) => ({
  title: `Action number ${n} of this incident`,
  owner: 'Rosa Lind',
  due: '2026-11-20',
}));

/** Rosa was mailed about all these actions, as their owner. */
async function aHouse() {
  const table = await freshTable();
  const distribution = aDistribution({ teams: [{ name: 'Payments' }, { name: 'Search' }] });
  const world = await aWebWorld(table, { people: [rosa], distribution });
  await publish(table, { title: 'Out of disk', actionItems: [...many, ...hostile] }, distribution);
  const rows = () => dynamoActionLedger(table).list('pm-1');
  const entries = (await rows()).map(({ aid }) => ({ kind: 'action', as: 'owner', postmortem: 'pm-1', aid }) as const);
  const service = { kind: 'reminders', about: '20261123', reminders: { entries, more: 0 } };
  const at = { composedAt: '2026-11-23T07:00:00Z', cutoff: '2026-11-23T07:00:00Z' };
  const audience = { kind: 'list' as const, subscribers: [rosa.sid] };
  await mailed(table, { edition, to: [rosa.sid], cards: ['pm-1'], change: { stream: 'service', service, audience, ...at } });
  const ask = world.serve(pageRoutes(world.deps));
  const url = `/reminders/${world.token({ scope: 'reminders', subscriber: rosa.sid, about: edition })}`;
  return {
    ...world,
    rows,
    get: async () => ask(aPageEvent('GET', url)),
    press: (form: Record<string, string>) => ask(aPageEvent('POST', url, { form })),
  };
}

it('shows everything that the mail asked, also what the mail itself only counts, and changes nothing by it', async () => {
  const world = await aHouse();
  const before = await world.rows();
  const { statusCode, body = '' } = await world.get();
  expect(statusCode).toBe(200);
  const titles = [...body.matchAll(/<h2 id="t\d+" dir="auto">([^<]+)</g)].map(([, title]) => title);
  expect(titles.toSorted()).toEqual([...many, ...hostile].map(({ title }) => title).toSorted());
  await world.get();
  expect(await world.rows()).toEqual(before);
  expect([await world.auditLines(), world.mails]).toEqual([[], []]);
});

it('keeps nobody out, by axe or by its width, as it is, refused and expired', async () => {
  const world = await aHouse();
  const [first] = await world.rows();
  const action = `pm-1/${first?.aid}`;
  const pages: Record<string, HttpAnswer> = {
    open: await world.get(),
    refused: await world.press({ action, press: 'rescheduled', due: '2020-01-01', reason: '' }),
  };
  await world.press({ action, press: 'done' });
  pages.taken = await world.get();
  world.clock.now = new Date('2027-01-10T10:00:00Z');
  pages.expired = await world.get();
  pages['new link'] = await world.press({ press: 'new-link' });
  expect(Object.values(pages).map(({ statusCode }) => statusCode)).toEqual([200, 422, 200, 410, 200]);
  const glass = await browser.newPage();
  const faults: string[] = [];
  for (const [name, { body = '' }] of Object.entries(pages)) faults.push(...(await faultsIn(body, name, glass)));
  expect(faults).toEqual([]);
});

it('is answered in a browser that runs no script', async () => {
  const world = await aHouse();
  const { body = '' } = await world.get();
  expect(body).not.toContain('<script');
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const sent: URLSearchParams[] = [];
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (request.method() === 'POST') sent.push(new URLSearchParams(request.postData() ?? ''));
    await route.fulfill({ body, contentType: 'text/html' });
  });
  await page.goto('https://news.example.com/reminders');
  await page.getByText('It needs another day').first().click();
  await page.getByLabel('The new day').first().fill('2026-12-04');
  await page.getByLabel(/Why/).first().fill('The parts are late.');
  await page.getByRole('button', { name: 'Promise this day' }).first().click();
  const [form] = sent;
  expect(form && Object.fromEntries(form)).toMatchObject({ press: 'rescheduled', due: '2026-12-04', reason: 'The parts are late.' });
  expect((await world.press(Object.fromEntries(form ?? []))).statusCode).toBe(303);
});
