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
async function aHouse(leads: readonly string[] = []) {
  const table = await freshTable();
  const distribution = aDistribution({ teams: [{ name: 'Payments' }, { name: 'Search', leads }] });
  const world = await aWebWorld(table, { people: [rosa], distribution });
  await publish(table, { title: 'Out of disk', actionItems: [...many, ...hostile] }, distribution);
  const ledger = dynamoActionLedger(table);
  const rows = () => ledger.list('pm-1');
  const nameOf = ({ aid }: { readonly aid: string }) => `pm-1/${aid}`;
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
    /** The names of the first two actions: leadership asked about one, and Rosa hands over the other. */
    async twoAnswerable() {
      const [asked, other] = await rows();
      if (!asked || !other) throw new Error('there are more than two');
      const decided = { kind: 'decided', what: 'need more', reason: 'How long?', as: 'VP Engineering', by: aSid(2), basis: 'b' };
      const at = '2026-11-20T10:00:00Z';
      await ledger.put({ ...asked, events: [{ ...decided, at, effectiveAt: '2026-11-23T07:00:00Z' }] }, at);
      return [nameOf(asked), nameOf(other)] as const;
    },
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

it('asks for an answer, and takes a hand-over back, in a browser that runs no script and by no look alone', async () => {
  const world = await aHouse(['sam@example.com']);
  const [asked, other] = await world.twoAnswerable();
  expect((await world.press({ action: other, press: 'handed over', to: 'Search' })).statusCode).toBe(303);
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const glass = await browser.newPage();
  const faults: string[] = [];
  const sent: Record<string, string>[] = [];
  let shown: HttpAnswer | undefined;
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (request.method() === 'POST') {
      sent.push(Object.fromEntries(new URLSearchParams(request.postData() ?? '')));
      shown = await world.press(sent.at(-1) ?? {});
      if (shown.statusCode === 303) shown = await world.get();
    } else shown = await world.get();
    await route.fulfill({ body: shown.body ?? '', status: shown.statusCode ?? 200, contentType: 'text/html' });
  });
  const look = async (name: string) => faults.push(...(await faultsIn(shown?.body ?? '', name, glass)));

  const before = await world.rows();
  await page.goto('https://news.example.com/reminders');
  await page.reload();
  expect(await world.rows()).toEqual(before);
  expect(await page.getByRole('button', { name: /^Send the answer/ }).count()).toBe(1);
  await look('asked, and handed over');

  await page.getByLabel(/^Your answer/).fill('  x  ');
  await page.getByRole('button', { name: /^Send the answer/ }).click();
  expect(sent.at(-1)).toMatchObject({ action: asked, press: 'answered' });
  expect(await page.textContent('[role=alert]')).toContain('Mend what is marked');
  await look('an answer that says too little');
  expect(await world.rows()).toEqual(before);

  await page.getByLabel(/^Your answer/).fill('Two weeks.\nSam can start on Monday.');
  await page.getByRole('button', { name: /^Send the answer/ }).click();
  expect(await page.textContent('main')).toContain('Sam can start on Monday.');
  await look('answered');

  await page.getByRole('button', { name: /^Take it back/ }).click();
  expect(sent.at(-1)).toEqual({ action: other, press: 'taken back' });
  expect(await page.getByRole('button', { name: /^Take it back/ }).count()).toBe(0);
  await look('taken back');
  expect(faults).toEqual([]);
});
