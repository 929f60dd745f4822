import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formProof, readSessionText } from '../../core/access/session.ts';
import { approvePage } from '../../lambdas/web/pages/approve.tsx';
import { confirmPage } from '../../lambdas/web/pages/confirm.tsx';
import { erasePage } from '../../lambdas/web/pages/erase.tsx';
import { joinPage, joinStreamPage } from '../../lambdas/web/pages/join.tsx';
import { pageRoutes } from '../../lambdas/web/routes.ts';
import { launchBrowser } from '../support/browser.ts';
import { aProfile, aSid } from '../support/delivery.ts';
import { aDistribution } from '../support/distribution.ts';
import { oneEngine } from '../support/one-engine.ts';
import { idOf, openHouse, owner } from '../support/sign-up.ts';
import { aPageEvent, aWebWorld, buttonOf } from '../support/web.ts';

const freshTable = oneEngine();
const olga = idOf(owner);

/** Each page of joining and leaving for good as somebody meets it. */
async function allPages(): Promise<Record<string, string>> {
  const ada = aProfile({ sid: aSid(1), address: 'ada@example.com', streams: {} });
  const people = [ada, aProfile({ sid: olga, address: owner })];
  const { deps, serve, token, mails, begin } = await aWebWorld(await freshTable(), { people, distribution: openHouse });
  const ask = serve([joinPage, joinStreamPage, confirmPage, approvePage, erasePage].map((page) => page(deps)));
  const get = async (url: string) => (await ask(aPageEvent('GET', url))).body ?? '';
  const post = async (url: string, form: Record<string, string> = buttonOf(url)) =>
    (await ask(aPageEvent('POST', url, { form }))).body ?? '';
  const confirm = `/c/${token({ scope: 'confirm', subscriber: ada.sid, about: 'engineering-digest' })}`;
  const brief = `/c/${token({ scope: 'confirm', subscriber: ada.sid, about: 'leadership-brief' })}`;
  const erase = `/p/${token({ scope: 'preferences', subscriber: ada.sid })}/erase`;
  const session = await begin(ada.sid);
  const proof = formProof({ hash: readSessionText(session)?.hash ?? '' });
  const signedIn = async (method: string, form?: Record<string, string>) =>
    (await ask(aPageEvent(method, erase, { session, ...(form && { form }) }))).body ?? '';
  const pages = {
    join: await get('/join'),
    form: await get('/join/leadership-brief'),
    'form with a flaw': await post('/join/engineering-digest', { address: 'ada' }),
    asked: await post('/join/engineering-digest', { address: 'ada@example.com', website: 'x' }),
    confirm: await get(confirm),
    confirmed: await post(confirm),
    'owner asked': await post(brief),
  };
  const approve = `/a/${token({ scope: 'approve', subscriber: olga, about: mails.find(({ kind }) => kind === 'approval')?.about ?? '' })}`;
  const owners = { approve: await get(approve), approved: await post(approve) };
  const signInFirst = await get(erase);
  return { ...pages, ...owners, signInFirst, erase: await signedIn('GET'), erased: await signedIn('POST', { press: 'erase', proof }) };
}

/** What a customer meets at their own pages. */
async function customersPages(): Promise<Record<string, string>> {
  const since = '2026-11-01T00:00:00Z';
  const streams = { 'customer-notices': { on: true, since, slots: [{ slot: 'default', at: since }] } };
  const cleo = aProfile({ sid: aSid(2), realm: 'customers', address: 'cleo@elsewhere.example', streams });
  const open = aDistribution({
    senders: {
      internal: { name: 'Afterword', address: 'afterword@example.com' },
      customers: { name: 'Example status', address: 'status@notices.example.com' },
    },
    streams: { 'customer-notices': { signUp: 'open', tracking: 'opens' } },
  });
  const { deps, serve, token } = await aWebWorld(await freshTable(), { people: [cleo], distribution: open, realm: 'customers' });
  const ask = serve(pageRoutes(deps));
  const get = async (path: string) => (await ask(aPageEvent('GET', `/customers${path}`))).body ?? '';
  const post = async (path: string, form = buttonOf(path)) => (await ask(aPageEvent('POST', `/customers${path}`, { form }))).body ?? '';
  const link = (scope: 'preferences' | 'unsubscribe' | 'confirm') =>
    token({ scope, subscriber: cleo.sid, about: scope === 'preferences' ? '' : 'customer-notices' });
  const leave = `/u/${link('unsubscribe')}`;
  return {
    'a customer’s choices': await get(`/p/${link('preferences')}`),
    'customers’ streams': await get('/join'),
    'customers’ form': await get('/join/customer-notices'),
    'a customer is asked whether to leave': await get(leave),
    'a customer left': await post(leave, { press: 'leave' }),
    'a customer confirms': await get(`/c/${link('confirm')}`),
    'customers’ new link': await get('/new-link'),
    'nothing for customers': await get('/p/nothing'),
  };
}

let browser: Browser;
let page: Page;
let pages: Record<string, string>;
beforeAll(async () => {
  pages = { ...(await allPages()), ...(await customersPages()) };
  browser = await launchBrowser();
  page = await browser.newPage();
});
afterAll(() => browser.close());

describe.each([
  ['light', 1000],
  ['dark', 320],
] as const)('in %s colours, %i wide', (colorScheme, width) => {
  it('no page keeps anybody from reading or pressing, and none is wider than the window', async () => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const found = [];
    for (const [name, html] of Object.entries(pages)) {
      await page.setContent(html);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
      found.push(...violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ target }) => target).join(', ')}`));
      if ((await page.evaluate<number>('document.scrollingElement.scrollWidth')) > width) found.push(`${name} is too wide`);
    }
    expect(found).toEqual([]);
    expect(Object.keys(pages)).toHaveLength(20);
  });
});
