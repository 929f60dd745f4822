import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import { sessionCookie } from '../../lambdas/shared/pages/current-session.ts';
import { begunSession } from '../support/begun-session.ts';
import { launchBrowser } from '../support/browser.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

const dayMs = 24 * 3600 * 1000;
/** A week after the stack's clock starts. */
const tuesday = new Date('2026-12-15T10:00:00Z');
const daysLater = (days: number) => `${new Date(tuesday.getTime() + days * dayMs).toISOString().slice(0, 19)}Z`;

const distribution = readFileSync('samples/distribution.yaml', 'utf8');
let stack: TestStack;
let browser: Browser;
beforeAll(async () => {
  [stack, browser] = await Promise.all([aRunningStack({ startsAt: new Date(daysLater(-7)) }), launchBrowser()]);
  await stack.call('PUT', '/operator/configuration', distribution, { 'content-type': 'text/yaml' });
  const person = { team: 'Storefront', role: 'engineering', zone: 'Europe/Berlin' };
  await stack.importPeople(['sara', 'ravi', 'mia'].map((name) => ({ ...person, address: `${name}@example.com` })));
  for (const [id, title, service] of [
    ['cart-outage', 'The cart forgot what was in it', 'cart'],
    ['dns-outage', 'A name led nowhere', 'dns'],
    ['ledger-outage', 'A ledger counted twice', 'ledger'],
  ])
    await stack.call('PUT', `/postmortems/${id}`, {
      title,
      severity: 'sev3',
      services: [service],
      tags: ['Redis'],
      // It matters to those who run the service.
      owningTeam: 'Platform',
      publishedAt: daysLater(-6),
      summary: 'It failed **twice**.\n\n| when | what |\n|---|---|\n| 9:00 | it failed |\n\n```\nlog\n```',
    });
  await advance('P7D');
  await stack.drain();
});
/** Rejects where a role denied a function anything. */
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

interface Mail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
const mailsTo = async (name: string): Promise<Mail[]> => (await stack.call('GET', `/_local/inbox?to=${name}@example.com`)).body;
/** The address of this kind in the newest mail to somebody, or in one of theirs. */
async function linkTo(name: string, kind: 'p' | 'u' | 'r' | 'view', mail?: Mail): Promise<string> {
  const newest = mail ?? (await mailsTo(name))[0];
  const path = new RegExp(`https?://[^/\\s"]+(/${kind}/v1\\.[^\\s"<]+)`).exec(newest?.text ?? '')?.[1];
  if (!path) throw new Error(`no mail to ${name} has such a link`);
  return `${stack.url}${path}`;
}
const advance = (duration: string) => stack.call('POST', '/_local/clock', { advance: duration });
const settingsOf = async (name: string) => {
  const { items } = { items: [] as Record<string, unknown>[] };
  for (const d of '0123456789abcdef') items.push(...(await stack.table.query(`PEOPLE#${d}`, { index: true })).items);
  const item = items.find(({ listed }) => (listed as { address?: string }).address === `${name}@example.com`);
  return stack.table.read({ pk: String(item?.pk), sk: 'PROFILE' });
};

/** A browser in which pages may run nothing of their own; the test still looks in from outside. */
async function aVisit<T>(options: Parameters<Browser['newContext']>[0], visit: (page: Page) => Promise<T>): Promise<T> {
  const context: BrowserContext = await browser.newContext(options);
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}
const withoutScript = { javaScriptEnabled: false };
/** Gives the browser of a page a session of this person. */
async function signIn(name: string, page: Page): Promise<void> {
  const profile = (await settingsOf(name)) as { sid: string; role?: string };
  const value = await begunSession(dynamoSessionStore(stack.table), profile, stack.now());
  // Browsers take this host for a safe one, though it has no certificate.
  const url = stack.url.replace('http:', 'https:');
  await page.context().addCookies([{ name: sessionCookie, value, url, secure: true, httpOnly: true, sameSite: 'Lax' }]);
}

describe('a reader without script', () => {
  it('goes from the mail to their choices, changes all of them, and the next digest obeys', async () => {
    await aVisit(withoutScript, async (page) => {
      await page.goto(await linkTo('sara', 'p'));
      expect(await page.textContent('main')).toMatch(/Your next mail is the weekly digest on Monday [\w ]+ at 09:00, Berlin time\./);

      await page.fill('input[name=find]', 'cart');
      await page.click('button[value=find]');
      await page.getByLabel('Follow cart, service').check();
      await page.fill('input[name=find]', 'dns');
      await page.click('button[value=find]');
      await page.getByLabel('Leave out dns, service').check();
      await page.selectOption('select[name="engineering-digest.weekday"]', '3');
      await page.selectOption('select[name="engineering-digest.hour"]', '7');
      await page.selectOption('select[name=zone]', 'Asia/Kathmandu');
      await page.selectOption('select[name=format]', 'text');
      await page.uncheck('input[name=tracking]');
      await page.click('button[value=save]');

      const said = await page.textContent('[role=status]');
      for (const words of [
        'on Wednesday at 07:00, Kathmandu time',
        'You follow cart.',
        'except Sev-1: dns',
        'plain text',
        'no longer count when you open a mail',
      ])
        expect(said).toContain(words);
      expect(await page.textContent('main')).toMatch(/Your next mail is the weekly digest on Wednesday .* at 07:00, Kathmandu time/);
    });
    expect(await settingsOf('sara')).toMatchObject({
      format: 'text',
      tracking: false,
      streams: { 'engineering-digest': { follow: ['service:cart'], leaveOut: ['service:dns'] } },
    });

    await advance('P2D');
    for (const [id, title, service] of [
      ['dns-again', 'A name led nowhere again', 'dns'],
      ['ledger-again', 'A ledger counted three times', 'ledger'],
      ['cart-again', 'The cart forgot itself', 'cart'],
    ])
      await stack.call('PUT', `/postmortems/${id}`, { title, severity: 'sev3', services: [service], publishedAt: daysLater(1) });
    await advance('P5D');
    await stack.drain();
    expect(await mailsTo('sara')).toHaveLength(1);
    expect(await mailsTo('ravi')).toHaveLength(2);
    await advance('P3D');
    await stack.call('POST', '/_local/schedules/sweep/run', {});
    await stack.drain();
    const [{ html, text } = { html: '', text: '' }] = await mailsTo('sara');
    expect(html).toBe('');
    expect(text).not.toContain('A name led nowhere again');
    expect(text.indexOf('The cart forgot itself')).toBeGreaterThan(0);
    expect(text.indexOf('The cart forgot itself')).toBeLessThan(text.indexOf('A ledger counted three times'));
  });

  it('leaves by the link of the mail, and comes back', async () => {
    await aVisit(withoutScript, async (page) => {
      await page.goto(await linkTo('ravi', 'u'));
      await page.getByRole('button', { name: 'Unsubscribe' }).click();
      expect(await page.textContent('h1')).toBe('You no longer get Engineering digest');
      expect(await settingsOf('ravi')).toMatchObject({ streams: { 'engineering-digest': { on: false } } });
      await page.getByRole('button', { name: 'Undo' }).click();
    });
    expect(await settingsOf('ravi')).toMatchObject({ streams: { 'engineering-digest': { on: true } } });
  });

  it('whose link is too old has a new one sent, and it works', async () => {
    const old = await linkTo('mia', 'p');
    await advance('P91D');
    await aVisit(withoutScript, async (page) => {
      await page.goto(old);
      await page.getByRole('button', { name: 'Send me a new link' }).click();
      expect(await page.textContent('h1')).toBe('Check your email');
      await stack.drain();
      const [mail] = await mailsTo('mia');
      await page.goto(await linkTo('mia', 'p', mail));
      expect(await page.textContent('h1')).toBe('What you get');
    });
  });

  it('reads the mail, what it tells of and everything else in the browser', async () => {
    await aVisit(withoutScript, async (page) => {
      const digest = (await mailsTo('mia')).at(-1);
      await page.goto(await linkTo('mia', 'view', digest));
      expect(await page.textContent('body')).toContain('The cart forgot what was in it');
      await page.goto((await linkTo('mia', 'r', digest)).replace(/\/[^/]+$/, ''));
      await page.getByRole('link', { name: 'The cart forgot what was in it' }).click();
      expect(await page.textContent('#why')).toContain('You run cart, which this is about.');
      await page.getByRole('button', { name: 'Not relevant to us' }).click();
      expect(await page.textContent('[role=status]')).toContain('not relevant to you');
      expect((await settingsOf('mia'))?.streams).toMatchObject({ 'engineering-digest': { notRelevant: ['runs cart'] } });
      const [newest] = (await mailsTo('mia')).filter(({ text }) => text.includes('/p/v1.'));
      await page.goto((await linkTo('mia', 'p', newest)).replace('/p/', '/muted/'));
      await page.getByRole('button', { name: 'Undo What you run: cart' }).click();
      expect(await page.textContent('[role=status]')).toContain('Taken back');
      expect(JSON.stringify(await settingsOf('mia'))).not.toContain('notRelevant');
      await page.goto((await linkTo('mia', 'r', digest)).replace(/\/[^/]+$/, '/cart-outage'));
      await page.getByRole('button', { name: 'Take back what I said' }).click();
      await page.getByRole('button', { name: 'We discussed it' }).click();
      await page.getByRole('link', { name: 'See what this mail told' }).click();
      await page.getByRole('link', { name: 'sign in to the archive' }).click();
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      await signIn('mia', page);
      await page.goto(`${stack.url}/archive`);
      await page.fill('input[name=q]', 'ledger');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('link', { name: 'A ledger counted twice' }).click();
      expect(await page.textContent('strong')).toBe('twice');
    });
  });
});

/** Dark pages differ from light ones in their colours alone. */
const ofColours = 'runOnly: ["color-contrast", "link-in-text-block"]';
describe.each([
  // The others take as long each, and `npm run test:walks` has the time.
  ...(inject('windows') === 'every'
    ? ([
        ['light', 900, ''],
        ['dark', 900, ofColours],
      ] as const)
    : []),
  ['light', 320, ''],
] as const)('in a window, %s, %i wide', (colorScheme, width, rules) => {
  it('no page keeps anybody out, by axe or by its width', async () => {
    const faults: string[] = [];
    await aVisit({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true }, async (page) => {
      const look = async (name: string) => {
        await page.evaluate(axe.source);
        const found = await page.evaluate<axe.AxeResults>(`axe.run(document, { resultTypes: ["violations"], ${rules} })`);
        faults.push(...found.violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(({ target }) => target).join(', ')}`));
        const wide = await page.evaluate<number>('document.scrollingElement.scrollWidth');
        if (wide > width) faults.push(`${name}: ${wide} wide`);
      };
      const [mail] = (await mailsTo('mia')).filter(({ text }) => text.includes('/p/v1.'));
      const digest = (await mailsTo('mia')).at(-1);
      const [choices, leaving, reading] = [
        await linkTo('mia', 'p', mail),
        await linkTo('mia', 'u', digest),
        await linkTo('mia', 'r', digest),
      ];
      await signIn('mia', page);
      for (const [name, url] of Object.entries({
        choices,
        muted: choices.replace('/p/', '/muted/'),
        leaving,
        postmortem: reading,
        'list of a mail': reading.replace(/\/[^/]+$/, ''),
        archive: `${stack.url}/archive/engineering`,
        'postmortem in the archive': `${stack.url}/archive/engineering/cart-outage`,
        feeds: `${stack.url}/feeds`,
        nothing: `${stack.url}/p/nothing`,
        'no post': `${stack.url}/s/nothing`,
        'a new link': `${stack.url}/new-link`,
        start: `${stack.url}/`,
        'sign in': `${stack.url}/sign-in?to=/sessions`,
        'too old': await linkTo('mia', 'p', digest),
      })) {
        await page.goto(url);
        await look(name);
      }
      await page.goto(choices);
      await page.click('button[value=find]');
      await look('found');
      await page.fill('input[name=pausedUntil]', daysLater(800).slice(0, 10));
      await page.evaluate('document.querySelector("input[name=pausedUntil]").max = ""');
      await page.click('button[value=save]');
      await look('refused');
      await page.goto(leaving);
      await page.click('button[value=leave]');
      await look('left');
      await page.click('button[value=undo]');
      await look('back');
    });
    expect(faults).toEqual([]);
  });
});

it('a reader signs in by mail: once, in one browser, which keeps the session to this host, until they sign out', async () => {
  const phone = { ...withoutScript, viewport: { width: 320, height: 800 } };
  const isNarrow = async (page: Page) => (await page.evaluate<number>('document.scrollingElement.scrollWidth')) <= 320;
  await aVisit(phone, async (page) => {
    await page.goto(`${stack.url.replace('localhost', '127.0.0.1')}/sessions`);
    expect(page.url()).toBe(`${stack.url}/sign-in?to=%2Fsessions`);
    await page.getByLabel('Your address at work').fill('ravi@example.com');
    await page.getByRole('button', { name: 'Mail me a link' }).click();
    expect(await page.textContent('h1')).toBe('Check your email');
    await stack.drain();
    const [mail] = await mailsTo('ravi');
    expect(mail?.subject).toBe('Sign in to Northwind incident lessons');
    const link = `${stack.url}${/https?:\/\/[^/\s]+(\/sign-in\/v1\.[\w.-]+)/.exec(mail?.text ?? '')?.[1]}`;
    await Promise.all(['GET', 'HEAD', 'OPTIONS'].map((method) => fetch(link, { method })));
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();

    expect(page.url()).toBe(`${stack.url}/sessions`);
    expect(await page.textContent('main')).toContain('Chrome on Linux');
    expect(await isNarrow(page)).toBe(true);
    const context = page.context();
    expect(await context.cookies()).toMatchObject([
      { name: '__Host-afterword', domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' },
    ]);
    const stolen = await context.storageState();
    await aVisit(phone, async (stranger) => {
      await stranger.goto(link);
      await stranger.getByRole('button', { name: 'Sign in' }).click();
      expect(await stranger.textContent('h1')).toBe('This link does not work any more');
    });
    await page.goto(`${stack.url}/`);
    expect(await isNarrow(page)).toBe(true);
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect([page.url(), await context.cookies()]).toEqual([`${stack.url}/`, []]);
    await aVisit({ ...phone, storageState: stolen }, async (thief) => {
      await thief.goto(`${stack.url}/sessions`);
      expect(thief.url()).toContain('/sign-in?to=');
    });
  });
});

/** The page, and whether it is about a part of what the token opens. */
const kindOf = (link: string): string => {
  const [, page, , ...part] = new URL(link).pathname.split('/');
  return `${page} ${part.length}`;
};

it('F23: whatever follows every link with every method, script included, changes nobody', async () => {
  const everybody = async () => Promise.all(['sara', 'ravi', 'mia'].map(settingsOf));
  const before = await everybody();
  const mails = (await Promise.all(['sara', 'ravi', 'mia'].map(mailsTo))).flat();
  // One of each kind in each part of each mail: links to several postmortems differ in their ends.
  const links = [
    ...new Set(
      mails.flatMap(({ html, text }) =>
        [html, text].flatMap((part) => {
          const all = part.match(/https?:\/\/[^\s"<>]+\/v1\.[^\s"<>]+/g) ?? [];
          return [...Map.groupBy(all, kindOf).values()].flatMap(([first = '']) => first.replace(/^https?:\/\/[^/]+/, stack.url));
        }),
      ),
    ),
  ];
  expect(links.length).toBeGreaterThan(15);
  const agents = ['Mozilla/5.0', 'python-requests/2.32', 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Edge/12.246'];
  // The agents take turns: each meets every kind of link, because each mail has one of each.
  for (const [n, link] of links.entries())
    await Promise.all(
      ['GET', 'HEAD', 'OPTIONS'].map((method, m) =>
        fetch(link, { method, headers: { 'user-agent': agents[(n + m) % agents.length] ?? '', purpose: 'prefetch' } }),
      ),
    );
  await aVisit({}, async (page) => {
    for (const link of links.filter((one) => /\/(p|u|c|a)\//.test(one))) await page.goto(link, { waitUntil: 'load' });
  });

  expect(await everybody()).toEqual(before);
});
