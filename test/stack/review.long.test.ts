import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../core/approval/approval-request.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import type { HttpAnswer } from '../../lambdas/shared/http-answer.ts';
import { scanners } from '../faults/scanners.ts';
import { launchBrowser } from '../support/browser.ts';
import { oneEngine } from '../support/one-engine.ts';
import { faultsIn } from '../support/page-faults.ts';
import {
  ana,
  approvedBy,
  aReviewHouse,
  cause,
  firstText,
  head,
  legal,
  noticeStream,
  ruth,
  ruthElsewhere,
  secondText,
  tom,
} from '../support/reviewing.ts';
import { aPageEvent } from '../support/web.ts';

const freshTable = oneEngine();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const long = `x${'supercalifragilistic'.repeat(14)}`;
const remarks = [cause, { ...cause, id: 'long', rule: 'Words like hosts', found: long }, { ...cause, id: 'rtl', found: 'הסיבה' }];
const text = {
  ...secondText,
  body: `${secondText.body}\n\n- ${long}\n- סוף ${'ק'.repeat(80)}\n\n> Quoted, with [a link](https://status.example.com).\n\n| a | b |\n|---|---|\n| 1 | 2 |`,
};

/** Each page by its name. */
async function pages(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const add = (name: string, { statusCode, body = '' }: HttpAnswer, wanted = 200) => {
    expect(statusCode, name).toBe(wanted);
    found[name] = body;
  };
  const first = await aReviewHouse(freshTable, { text: firstText });
  add('first', await first.get(first.url()));
  const house = await aReviewHouse(freshTable, { text, publicText: firstText, remarks });
  const { request } = house;
  const show = async (name: string, who: Profile = ruth, about?: string) => add(name, await house.get(house.url(who, about)));
  await show('asked');
  add('page', await house.get(`${house.url()}/page`));
  await show('writer', ana);
  add('not ticked', await house.press(ruth, 'approve', { tick: 'long', reason: long }));
  add('no reason', await house.press(ruth, 'send-back'));
  add('told', await house.get(house.url(head)));
  add('approved', await house.press(ruth, 'approve', { tick: remarks.map(({ id }) => id) }));
  await show('same person', ruthElsewhere);
  add('held', await house.press(tom, 'approve', { tick: remarks.map(({ id }) => id) }));
  add('stopped', await house.press(legal, 'stop', { reason: `${long} סוף` }));
  const { n, content, artefact } = request;
  const at = '2026-11-23T09:00:00Z';
  const states: readonly ApprovalRequest[] = [
    { state: 'releasing', n, content, artefact, at, approvals: [approvedBy(ruth, content), approvedBy(tom, content)] },
    { state: 'void', n, content, artefact, at, because: 'approver left' },
    { state: 'lapsed', n, content, artefact, at },
    { state: 'held', why: 'lint', at },
    { ...request, n: n + 1 },
  ];
  for (const state of states) {
    await house.put({ request: state });
    await show(state.state === 'open' ? 'other request' : state.state);
  }
  await show('public', ruth, 'checkout-down_1');
  add('withdrawn', await house.post(house.url(ruth, 'checkout-down_1'), { press: 'withdraw', version: '1', reason: 'It was wrong.' }));
  const url = house.url();
  house.file({ approvers: noticeStream.approvers.slice(1) });
  add('nobody', await house.get(url), 403);
  house.file({});
  house.later('2026-12-02T10:00:00Z');
  add('expired', await house.get(url), 410);
  add('new link', await house.post(url, { press: 'new-link' }));
  return found;
}

/** With `PNG=folder` it leaves a picture of each there: wide and light, narrow, and dark. */
it('no page of approvers keeps anybody out, by axe or by its width', async () => {
  const glass = await browser.newPage();
  const folder = process.env.PNG;
  if (folder) mkdirSync(folder, { recursive: true });
  const faults: string[] = [];
  for (const [name, html] of Object.entries(await pages())) {
    expect(html).not.toContain('<script');
    faults.push(...(await faultsIn(html, name, glass)));
    if (!folder) continue;
    for (const [look, colorScheme, width] of [
      ['wide', 'light', 800],
      ['narrow', 'light', 340],
      ['dark', 'dark', 800],
    ] as const) {
      await glass.emulateMedia({ colorScheme });
      await glass.setViewportSize({ width, height: 900 });
      await glass.screenshot({ path: join(folder, `${name.replace(/\W+/g, '-')}-${look}.png`), fullPage: true });
    }
  }
  expect(faults).toEqual([]);
});

type House = Awaited<ReturnType<typeof aReviewHouse>>;

/** A window without scripts whose requests go to the house. */
async function windowOn({ ask }: House): Promise<Page> {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.route('**/*', async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const form = Object.fromEntries(
      [...new Set(new URLSearchParams(request.postData() ?? '').keys())].map((name) => [
        name,
        new URLSearchParams(request.postData() ?? '').getAll(name),
      ]),
    );
    const isPost = request.method() === 'POST';
    const {
      statusCode,
      headers = {},
      body = '',
    } = await ask(aPageEvent(request.method(), `${pathname}${search}`, { headers: { origin: 'null' }, ...(isPost && { form }) }));
    await route.fulfill({
      status: statusCode ?? 200,
      headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, String(v)])),
      body,
    });
  });
  return page;
}

it('two approvers answer at the same time in browsers without scripts, and a third stops it', async () => {
  const house = await aReviewHouse(freshTable, { text, publicText: firstText, remarks });
  const windows = await Promise.all([ruth, tom].map(async (who) => ({ who, page: await windowOn(house) })));
  for (const { who, page } of windows) {
    await page.goto(`https://news.example.com${house.url(who)}`);
    expect(await page.evaluate('getComputedStyle(document.querySelector("del")).textDecorationLine')).toBe('line-through');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Not every remark is ticked.').waitFor();
    for (const box of await page.getByRole('checkbox').all()) await box.check();
  }
  await Promise.all(windows.map(({ page }) => page.getByRole('button', { name: 'Approve' }).click()));
  for (const { page } of windows) await page.getByText('You approved it.').first().waitFor();
  const pressed = await house.row();
  expect(pressed.request).toMatchObject({ state: 'approved', approvals: [{}, {}] });
  // The next look mails the receipts.
  expect(pressed.acts?.map(({ by }) => by).toSorted()).toEqual([ruth.sid, tom.sid].toSorted());

  const page = await windowOn(house);
  await page.goto(`https://news.example.com${house.url(legal)}`);
  await page
    .getByLabel(/Reason/)
    .first()
    .fill('A customer is named.');
  await page.getByRole('button', { name: 'Stop it' }).click();
  await page.getByText('You stopped it.').waitFor();
  expect((await house.row()).request).toMatchObject({ state: 'stopped', reason: 'A customer is named.' });
  await page
    .getByLabel(/Reason/)
    .last()
    .fill('It was wrong.');
  await page.getByRole('button', { name: 'Withdraw version 1' }).click();
  await page.getByText('You withdrew it.').waitFor();
  expect(await house.row()).toMatchObject({ withdrawn: { reason: 'It was wrong.' } });
});

it('scanners that try every link of its pages, by every method, change nothing', async () => {
  const house = await aReviewHouse(freshTable, { text, publicText: firstText });
  const before = await house.row();
  const links = new Set([house.url(), `${house.url()}/mail`, `${house.url()}/page`]);
  for (const url of [...links])
    for (const [, link = ''] of ((await house.get(url)).body ?? '').matchAll(
      /(?:href|action)="(?:https:\/\/news\.example\.com)?(\/[^"]*)"/g,
    ))
      links.add(link);
  for (const link of links)
    for (const [, headers] of scanners)
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT']) {
        const { statusCode = 200 } = await house.ask(aPageEvent(method, link, { headers: { ...headers } }));
        expect(statusCode, `${method} ${link}`).toBeLessThan(500);
      }
  expect(await house.row()).toEqual(before);
  expect([house.mails, house.looks, await house.auditLines()]).toEqual([[], [], []]);
});
