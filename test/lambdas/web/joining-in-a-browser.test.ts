import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAddress, subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { approvePage } from '../../../lambdas/web/pages/approve.tsx';
import { confirmPage } from '../../../lambdas/web/pages/confirm.tsx';
import { erasePage } from '../../../lambdas/web/pages/erase.tsx';
import { joinPage, joinStreamPage } from '../../../lambdas/web/pages/join.tsx';
import { oneEngine } from '../../adapters/one-engine.ts';
import { launchBrowser } from '../../browser.ts';
import { aProfile, aSid } from '../../builders/delivery.ts';
import { aDistribution } from '../../builders/distribution.ts';
import { aPageEvent, aWebWorld } from './web-world.ts';

const schedule = { every: 'week', on: 'monday', at: '09:00' };
const distribution = aDistribution({
  streams: {
    'engineering-digest': { schedule, signUp: 'organisation' },
    'leadership-brief': { schedule, signUp: 'approval', owner: 'olga@example.com' },
  },
});
const freshTable = oneEngine();
const olga = subscriberId('staff', parseAddress('olga@example.com') ?? expect.unreachable(), 'identity');

/** Each page of joining and leaving for good as somebody meets it. */
async function allPages(): Promise<Record<string, string>> {
  const ada = aProfile({ sid: aSid(1), address: 'ada@example.com', streams: {} });
  const people = [ada, aProfile({ sid: olga, address: 'olga@example.com' })];
  const { deps, serve, token, mails } = await aWebWorld(await freshTable(), { people, distribution });
  const ask = serve([joinPage, joinStreamPage, confirmPage, approvePage, erasePage].map((page) => page(deps)));
  const get = async (url: string) => (await ask(aPageEvent('GET', url))).body ?? '';
  const post = async (url: string, form: Record<string, string> = {}) => (await ask(aPageEvent('POST', url, { form }))).body ?? '';
  const confirm = `/c/${token({ scope: 'confirm', subscriber: ada.sid, about: 'engineering-digest' })}`;
  const brief = `/c/${token({ scope: 'confirm', subscriber: ada.sid, about: 'leadership-brief' })}`;
  const erase = `/p/${token({ scope: 'preferences', subscriber: ada.sid })}/erase`;
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
  const owner = { approve: await get(approve), approved: await post(approve) };
  return { ...pages, ...owner, erase: await get(erase), erased: await post(erase) };
}

let browser: Browser;
let page: Page;
let pages: Record<string, string>;
beforeAll(async () => {
  pages = await allPages();
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
    expect(Object.keys(pages)).toHaveLength(11);
  });
});
