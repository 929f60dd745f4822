import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import { launchBrowser } from '../support/browser.ts';
import { faultsIn } from '../support/page-faults.ts';
import { aNotice } from '../support/public-notices.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';
import { signedInCookie } from '../support/signed-in.ts';
import { waitedFor } from '../support/waited-for.ts';

const distribution = readFileSync('samples/distribution.yaml', 'utf8');
const operator = 'katharina.vogel@example.com';
const edition = 'engineering-digest_2026-W49';
let stack: TestStack;
let browser: Browser;
beforeAll(async () => {
  [stack, browser] = await Promise.all([aRunningStack(), launchBrowser()]);
  await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
  await stack.importPeople([
    { address: operator, team: 'Platform', role: 'platform' },
    ...['sara', 'ravi', 'mia'].map((name) => ({ address: `${name}@example.com`, team: 'Storefront', role: 'engineering' })),
  ]);
  await stack.call('PUT', '/postmortems/cart-outage', {
    title: 'The cart forgot what was in it',
    severity: 'sev3',
    publishedAt: '2026-12-03T10:00:00Z',
    summary: 'It failed twice.',
  });
});
/** Rejects where a role denied a function anything. */
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

it('an operator’s hour, without script, in part by keyboard', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const glass = await browser.newPage();
  const faults: string[] = [];
  const look = async () => faults.push(...(await faultsIn(await page.content(), page.url(), glass)));
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const main = () => page.textContent('main');

  await page.goto(`${stack.url}/home`);
  expect(page.url()).toBe(`${stack.url}/sign-in?to=%2Fhome`);
  await context.addCookies([await signedInCookie(stack, operator)]);
  await page.goto(`${stack.url}/home`);
  // The sample names a lead and a deputy whom nobody imported here.
  expect(await main()).toContain('david.rosen@example.com, a lead of Payments, gets no mail');
  await look();

  // The lane is held before the digest is made, so that it stays under way.
  await page.getByRole('link', { name: 'Lanes', exact: true }).click();
  await look();
  await page.getByRole('link', { name: 'Pause Bulk' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.textContent('h1')).toBe('Pause the lane Bulk?');
  await look();
  await page.getByRole('button', { name: 'Pause it' }).focus();
  await page.keyboard.press('Enter');
  expect(await page.textContent('[role=status]')).toContain('stops within seconds');
  await stack.runDigest('2026-12-07T08:00:00Z');
  await stack.drain();

  await page.getByRole('link', { name: 'Editions', exact: true }).click();
  expect(await main()).toContain('The lane Bulk lets no mail through.');
  await look();
  await press(`Pause ${edition}`);
  expect(await page.textContent('[role=status]')).toBe('It is paused. Sending stops within seconds.');
  await look();
  await page.goto(`${stack.url}/home`);
  await page
    .getByRole('button', { name: `Resume ${edition}` })
    .first()
    .click();
  expect(await page.textContent('[role=status]')).toBe('It continues within a minute.');
  await page.getByRole('link', { name: 'Recall' }).click();
  expect(await main()).toContain('Nobody is known to have it so far.');
  await look();
  await page.getByRole('link', { name: 'Keep it' }).click();
  await page.getByRole('link', { name: 'Recall' }).click();
  await press('Recall it');
  expect(await page.textContent('[role=status]')).toContain('will not get it');
  await page.goto(`${stack.url}/home/lanes`);
  await press('Resume Bulk');
  await stack.drain();
  expect((await stack.call('GET', `/_local/inbox?to=sara@example.com`)).body).toEqual([]);

  await page.getByRole('link', { name: 'In force', exact: true }).click();
  await page.fill('textarea', distribution.replace('name: Northwind', 'name: Southwind'));
  await press('Show what it would change');
  expect(await main()).toContain('It would change 1 value');
  await look();
  await press('Apply 1 change');
  expect(await main()).toContain('The file is applied.');
  await page.fill('textarea', 'organisation: []');
  await press('Show what it would change');
  expect(await page.textContent('[role=alert]')).toContain('Line 1');
  await look();

  await page.getByRole('link', { name: 'Audit', exact: true }).click();
  for (const words of ['edition recalled', 'lane resumed: lane bulk', 'applied the distribution file, 1 change', operator])
    expect(await main()).toContain(words);
  await look();
  await page.getByRole('link', { name: 'Reach', exact: true }).click();
  await look();
  await page.locator('main li a').first().click();
  expect(await main()).toContain('SES has not reported anything');
  await look();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${stack.url}/home`);
  expect(page.url()).toContain('/sign-in?to=');
  expect(faults).toEqual([]);
  await Promise.all([context.close(), glass.close()]);
});

it('an operator’s people and postmortems, without script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies([await signedInCookie(stack, operator)]);
  const page = await context.newPage();
  const glass = await browser.newPage();
  const faults: string[] = [];
  const look = async () => faults.push(...(await faultsIn(await page.content(), page.url(), glass)));
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).click();
  const status = () => page.textContent('[role=status]');

  await page.goto(`${stack.url}/home/people`);
  await look();
  await page.fill('[name=text]', 'sara@example.com');
  await press('Find');
  expect(await page.textContent('h1')).toBe('sara@example.com');
  expect(page.url()).toMatch(/\/home\/people\/[0-9a-f]{32}$/);
  await look();
  await page.fill('[name=zone]', 'Mars');
  await page.getByLabel('How often Engineering digest comes').selectOption('monthly');
  await press('Save');
  expect(await page.textContent('.flaw')).toContain('Europe/Berlin');
  await look();
  await page.fill('[name=zone]', 'Asia/Tokyo');
  await press('Save');
  expect(await status()).toContain('Saved.');
  expect(await page.getByLabel('How often Engineering digest comes').inputValue()).toBe('monthly');
  await follow('Suspend');
  await look();
  await page.fill('[name=reason]', 'on leave');
  await press('Suspend');
  expect(await status()).toContain('Suspended.');
  await follow('End the suspension');
  await page.fill('[name=reason]', 'back');
  await press('End the suspension');
  await follow('Erase');
  await page.fill('[name=reason]', 'asked for it');
  await press('Erase for good');
  expect(await status()).toContain('erased');

  await follow('Postmortems');
  await look();
  await follow('The cart forgot what was in it');
  await look();
  await follow('Restrict');
  await look();
  await page.fill('[name=reason]', 'names a customer');
  await press('Restrict it');
  expect(await status()).toContain('Restricted.');
  await stack.call('PUT', '/postmortems/cart-outage', { title: 'The cart forgot everything', severity: 'sev3', summary: 'It failed.' });
  await page.reload();
  expect(await page.textContent('main')).toContain('Held by an operator');
  await look();
  await follow('Engineering');
  expect(await page.textContent('main')).toContain('Nobody can read this now.');
  await look();
  await page.goBack();
  await follow('Release');
  await page.fill('[name=reason]', 'the name is gone');
  await press('Release it');
  expect(await status()).toContain('Released.');
  expect(faults).toEqual([]);
  await Promise.all([context.close(), glass.close()]);
});

it('what postmortems promised, without script, to an operator and to an author', async () => {
  const glass = await browser.newPage();
  const faults: string[] = [];
  const publish = (id: string, actionItems: object[], more: object = {}) =>
    stack.call('PUT', `/postmortems/${id}`, {
      ...{ title: `About ${id}`, severity: 'sev2', publishedAt: '2026-12-03T10:00:00Z', summary: 'It failed.' },
      ...{ actionItems, ...more },
    });
  await publish('promises', [
    { title: 'Late, and behind a link', due: '2026-11-20', owner: 'Ada Vogel', link: 'https://tracker.example.com/PAY-1' },
    { title: `Say ${'what nobody breaks anywhere '.repeat(9)}`, owner: 'x'.repeat(90), team: 'Payments' },
    { title: 'y'.repeat(120), due: '2027-01-31' },
    { title: 'Kept', status: 'done' },
    { title: 'Declined', status: 'declined' },
    ...Array.from({ length: 55 }, (_, n) => ({ title: `Check the pool of shard ${n}`, owner: 'Storefront' })),
  ]);
  await publish('revised', [{ title: 'Alert on the pool', owner: 'Ada Vogel' }]);
  await publish('revised', [{ title: 'Alert on the pool and on its queue', owner: 'Ada Vogel' }]);
  await publish('held', [{ title: 'Rotate the key' }], { restricted: true });
  await stack.drain();

  for (const [address, isOperator] of [
    [operator, true],
    ['ravi@example.com', false],
  ] as const) {
    const context = await browser.newContext({ javaScriptEnabled: false });
    await context.addCookies([await signedInCookie(stack, address)]);
    const page = await context.newPage();
    const main = () => page.textContent('main');
    const look = async () => faults.push(...(await faultsIn(await page.content(), `${page.url()} ${address}`, glass)));
    const find = () => page.getByRole('button', { name: 'Find', exact: true }).click();

    await page.goto(`${stack.url}/home/actions`);
    expect(await main()).toContain('Late, and behind a link');
    expect((await main())?.includes('Rotate the key'), 'what is held').toBe(isOperator);
    await look();
    await page.getByRole('link', { name: 'After', exact: true }).click();
    await look();
    await page.getByLabel('State').selectOption('all');
    await find();
    await look();
    await page.getByLabel('Owner').fill('Ada Vogel');
    await page.getByLabel('State').selectOption('overdue');
    await find();
    expect(await main()).toContain('1 action');
    await look();
    if (isOperator) {
      await page.getByRole('link', { name: /^History and changes/ }).click();
      expect(page.url()).toMatch(/\/home\/actions\/promises\/[^/]+$/);
      await look();
      await page.getByLabel('Team, or a person by name').fill('Nobody Here');
      await page.getByRole('button', { name: 'Hand it over', exact: true }).click();
      await page.locator('.flaw').first().waitFor();
      await look();
      await page.getByRole('button', { name: 'It is done', exact: true }).click();
      expect(await page.textContent('[role=status]')).toContain('It is done.');
      await look();
      await page.getByLabel('Why').fill('It came back.');
      await page.getByRole('button', { name: 'Reopen it', exact: true }).click();
      expect(await page.textContent('[role=status]')).toContain('open');
      await look();
    } else expect(await page.getByRole('link', { name: /^History and changes/ }).count(), 'of another’s postmortem').toBe(0);
    await page.goto(`${stack.url}/home/actions`);
    await page.getByLabel('Owner').fill('nobody');
    await find();
    expect(await main()).toContain('Nothing matches that');
    await look();
    await context.close();
  }
  expect(faults).toEqual([]);
  await glass.close();
});

it('an author’s hour, without script, in part by keyboard', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  await context.addCookies([await signedInCookie(stack, 'ravi@example.com')]);
  const page = await context.newPage();
  const glass = await browser.newPage();
  const faults: string[] = [];
  const look = async (of = page) => faults.push(...(await faultsIn(await of.content(), of.url(), glass)));
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const inNewTab = async (name: string) => {
    const [opened] = await Promise.all([context.waitForEvent('page'), press(name)]);
    await opened.waitForLoadState();
    return opened;
  };
  const main = () => page.textContent('main');

  await page.goto(`${stack.url}/home/write`);
  await look();
  await page.setInputFiles('input[type=file]', {
    name: 'pool.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from('\u00ff\u00fe', 'latin1'),
  });
  await press('Check');
  expect(await page.textContent('[role=alert]')).toContain('is not text in UTF-8');
  await page.setInputFiles('input[type=file]', { name: 'pool.md', mimeType: 'text/markdown', buffer: Buffer.from(pool) });
  await page.getByRole('button', { name: 'Check' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'The pool ran dry' }).waitFor();
  expect(await page.inputValue('textarea')).toBe(pool);
  expect(await main()).toContain('It needs one of these:');
  await look();

  const mail = await inNewTab('As a mail: The weekly digest');
  expect(await mail.textContent('body')).toContain('No orders for an hour.');
  expect(await mail.textContent('body')).not.toContain('The cart forgot');
  await mail.close();
  const leaders = await inNewTab('As a page: Leadership');
  expect(await leaders.textContent('main')).toContain('A draft, as Leadership would see it.');
  await look(leaders);
  await leaders.close();
  await page.getByLabel('The mail to test').selectOption('engineering-digest weekly');
  await press('Send me a test');
  expect(await page.textContent('[role=status]')).toContain('is on its way to ravi@example.com');
  await stack.drain();
  const [test] = (await stack.call('GET', '/_local/inbox?to=ravi@example.com')).body;
  expect(test.subject).toMatch(/^Test: .*The pool ran dry/);
  expect((await stack.call('GET', '/postmortems/pool-ran-dry')).status).toBe(404);

  await press('Publish …');
  expect(await page.textContent('h1')).toBe('Publish “The pool ran dry”?');
  expect(await main()).toContain('that line will say that it is published');
  await look();
  await press('Publish it');
  expect(page.url()).toBe(`${stack.url}/home/mine/pool-ran-dry?done=published`);
  expect(await page.textContent('[role=status]')).toBe('It is published.');
  await look();
  await page.getByRole('link', { name: 'Revise it' }).click();
  expect(await page.inputValue('textarea')).toBe(pool.replace('status: draft', 'status: published'));
  await page.getByRole('link', { name: 'Mine', exact: true }).click();
  expect(await main()).toContain('You sent it');
  await look();
  await page.getByRole('link', { name: 'Template', exact: true }).click();
  await look();
  await page.getByRole('link', { name: 'Runbook', exact: true }).click();
  await page.getByRole('link', { name: 'What to do', exact: true }).click();
  expect(page.url()).toBe(`${stack.url}/home/runbook#what-to-do`);
  await look();

  expect(faults).toEqual([]);
  await Promise.all([context.close(), glass.close()]);
});

const pool = `---
id: pool-ran-dry
severity: sev2
services: [checkout]
startedAt: 2026-12-07T08:00:00Z
status: draft
---
# The pool ran dry

## Summary

No orders for an hour.

## Root cause

Nobody watched the pool.
`;

it('the reviews, without script: where each stands, and a waiver that asks first', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const glass = await browser.newPage();
  const faults: string[] = [];
  const look = async () => faults.push(...(await faultsIn(await page.content(), page.url(), glass)));
  const main = () => page.textContent('main');
  const publish = (id: string, change: object) =>
    stack.call('PUT', `/postmortems/${id}`, { title: `About ${id}`, severity: 'sev1', ...change });
  await publish('declared', { status: 'draft' });
  await publish('reviewed-soon', { publishedAt: '2026-12-03T10:00:00Z', summary: 'It failed.' });
  await publish('kept-back', { publishedAt: '2026-12-03T10:00:00Z', summary: 'It failed.', restricted: true });
  await stack.drain();
  await context.addCookies([await signedInCookie(stack, operator)]);

  await page.goto(`${stack.url}/home/reviews`);
  expect(await main()).toContain('Awaiting postmortem');
  // Lists tell nothing of a restricted one but its id.
  expect(await main()).toMatch(/kept-back.*Restricted/);
  await look();
  await page.getByLabel('Show').selectOption('reviewed');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  expect(await main()).toContain('Nothing matches that');
  await look();
  await page.goto(`${stack.url}/home/postmortems/reviewed-soon`);
  expect(await main()).toContain('Leadership’s review');
  await look();
  await page.getByRole('link', { name: 'Waive it', exact: true }).click();
  await look();
  await page.getByLabel('Why, for the audit log').fill('was a drill');
  await page.getByRole('button', { name: 'Waive it', exact: true }).click();
  expect(await page.textContent('[role=status]')).toContain('Waived.');
  await look();
  expect(faults).toEqual([]);
  await glass.close();
  await context.close();
});

it('notices to customers and the pack, without script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const glass = await browser.newPage();
  const faults: string[] = [];
  const look = async () => faults.push(...(await faultsIn(await page.content(), page.url(), glass)));
  const main = () => page.textContent('main');
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await stack.importPeople(['annika.bergstrom', 'paul.jansen'].map((name) => ({ address: `${name}@example.com`, role: 'support' })));
  // Applied again, now that they are there: a file knows the ids of approvers.
  await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
  const tell = (id: string, external: object) =>
    stack.call('PUT', `/postmortems/${id}`, {
      ...{ title: `Inside ${id}`, severity: 'sev2', publishedAt: '2026-12-03T10:00:00Z', summary: 'It failed.', services: ['checkout'] },
      external: { title: 'Orders were slow', body: 'Orders took minutes.', writtenBy: ['mia@example.com'], ready: true, ...external },
    });
  await tell('told-customers', {});
  await tell('held-for-lint', { body: 'It ran on 10.8.14.3.' });
  await stack.drain();

  await context.addCookies([await signedInCookie(stack, operator)]);
  await page.goto(`${stack.url}/home`);
  await page.getByRole('link', { name: 'Notices', exact: true }).click();
  // Each is looked at once its text rests.
  const reloaded = () => page.reload().then(main);
  await waitedFor('a notice that is held and one that is open', reloaded, (text) =>
    /held-for-lintHeld.*told-customersOpen/.test(text ?? ''),
  );
  expect(await main()).not.toContain('Orders were slow');
  await look();
  await page.getByLabel('Show').selectOption('releasing');
  await press('Show');
  expect(await main()).toContain('Nothing matches that');
  await look();
  await page.goto(`${stack.url}/home/notices`);
  await page.getByRole('link', { name: 'Stop told-customers' }).click();
  await look();
  await press('Stop it');
  await look();
  await page.getByLabel(/Why/).fill('Legal has to read it first.');
  await press('Stop it');
  expect(await page.textContent('[role=status]')).toContain('Stopped.');
  await look();

  const notices = dynamoPublicNotices(stack.table);
  const at = '2026-12-04T09:00:00Z';
  const body = `${'Orders took minutes. '.repeat(20)}\n\n## What is different\n\n${'x'.repeat(200)}\n\n| a | b |\n|---|---|\n| 1 | 2 |`;
  const content = aNotice({ publicId: 'k7p3wq9xzt', title: `Orders ${'were slow '.repeat(9)}`, products: ['Shop'], body });
  await notices.putVersion('k7p3wq9xzt', { version: 1, at, content });
  await notices.show({ publicId: 'k7p3wq9xzt', version: 1, standing: 'public', publishedAt: at, at }, undefined);
  await context.clearCookies();
  // Somebody who talks with customers, and has no other right here.
  await context.addCookies([await signedInCookie(stack, 'annika.bergstrom@example.com')]);
  await page.goto(stack.url);
  await look();
  await page.getByRole('link', { name: 'Pack for a customer' }).click();
  expect(page.url()).toBe(`${stack.url}/home/pack`);
  await look();
  await page.getByLabel('Product').selectOption('Shop');
  await page.getByLabel('Incidents since').fill('2026-01-01');
  await press('Show');
  expect(await main()).toContain('Orders were slow');
  await look();
  const file = await context.request.get(
    new URL((await page.getByRole('link', { name: /HTML/ }).getAttribute('href')) ?? '', page.url()).href,
  );
  expect(file.headers()['content-disposition']).toContain('shop-since-2026-01-01.html');
  faults.push(...(await faultsIn(await file.text(), 'pack.html', glass)));
  await page.getByLabel('Product').selectOption('Accounts');
  await press('Show');
  expect(await main()).toContain('No incident notice was published in this time.');
  await look();
  await page.goto(`${stack.url}/home/pack?product=Nothing&since=2026-01-01`);
  expect(await main()).toContain('There is no product of this name.');
  await look();
  await page.goto(`${stack.url}/home/notices`);
  expect(await main()).toContain('There is nothing here for you');
  expect(faults).toEqual([]);
  await glass.close();
  await context.close();
});
