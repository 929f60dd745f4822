/**
 * F23 on the running stack, with as many mails as a company of some size gets: viewing changes
 * nothing, and each press of a button changes one thing.
 */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { periodBefore } from '../../core/calendar/recurring.ts';
import { scheduledEditionId } from '../../core/edition/edition-id.ts';
import { launchBrowser } from '../support/browser.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';
import { addressesIn, auditLines, type ScannedMail, scan, scanners, whoGetsWhat } from './scanners.ts';
import { settle } from './settle.ts';

const readers = 500;
const sample = 10;
const abreast = 12;
const at = new Date('2025-03-10T10:00:00Z');
const digest = scheduledEditionId('engineering-digest', periodBefore('week', at, 'Europe/Berlin').id);

let stack: TestStack;
let browser: Browser;
/**
 * `digests`: the digest of each reader. `answers`: the mails that ask for a press, to confirm, to
 * approve, or with a new link.
 */
let digests: ScannedMail[];
let answers: ScannedMail[];
beforeAll(async () => {
  [stack, browser] = await Promise.all([aRunningStack(), launchBrowser()]);
  await stack.call('PUT', '/operator/configuration', await readFile('samples/distribution.yaml', 'utf8'), { 'content-type': 'text/yaml' });
  await stack.importPeople(
    Array.from({ length: readers }, (_, n) => ({
      address: `reader${n}@example.com`,
      team: n % 2 ? 'Payments' : 'Storefront',
      streams: 'engineering-digest sev1-alerts',
    })),
  );
  for (const n of [1, 2, 3])
    await stack.call('PUT', `/postmortems/pm-${n}`, {
      title: `Failover ${n} logged everyone out`,
      severity: 'sev2',
      summary: 'The replica was eleven minutes behind.',
      publishedAt: `2025-03-0${n + 3}T12:00:00Z`,
    });
  await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: 200 } });
  await stack.runSchedule('sweep', stack.now().toISOString());
  await stack.runDigest(at.toISOString());
  expect(await settle(stack, 300)).toBe(true);
  await askForAnswers();
  const mails: ScannedMail[] = (await stack.call('GET', '/_local/inbox')).body;
  digests = mails.filter(({ tags }) => tags.edition === digest);
  answers = mails.filter(({ tags }) => tags.edition?.startsWith('service_'));
  // After this, no view is early enough to be recognised as a machine's by its time alone.
  await advance('PT10M');
});
/** Rejects if a role denied a function anything. */
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const advance = (duration: string) => stack.call('POST', '/_local/clock', { advance: duration });
const post = (path: string, form: Record<string, string>) =>
  fetch(`${stack.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });
const pathIn = (mail: ScannedMail | undefined, kind: string) =>
  new RegExp(`https?://[^/\\s]+(/${kind}/v1\\.[\\w.-]+)`).exec(mail?.text ?? '')?.[1] ?? expect.unreachable();
const newestTo = async (address: string): Promise<ScannedMail> => (await stack.call('GET', `/_local/inbox?to=${address}&limit=1`)).body[0];

/**
 * One stranger who has not confirmed yet, one whom an owner has not approved yet, and one reader
 * who lost their link.
 */
async function askForAnswers(): Promise<void> {
  for (const [address, stream] of [
    ['new@example.com', 'engineering-digest'],
    ['asks@example.com', 'leadership-brief'],
  ] as const) {
    const form = await (await fetch(`${stack.url}/join/${stream}`)).text();
    await advance('PT5S');
    await post(`/join/${stream}`, { address, shown: /name="shown" value="([^"]+)"/.exec(form)?.[1] ?? '', website: '' });
  }
  await post('/new-link', { address: 'reader0@example.com' });
  await stack.drain();
  await post(pathIn(await newestTo('asks@example.com'), 'c'), { press: 'confirm' });
  await stack.drain();
}

const everybody = () => [...new Set([...digests, ...answers].flatMap(({ tags }) => tags.subscriber ?? []))];
const requests = () => answers.flatMap(({ tags }) => /leadership-brief_[0-9a-f]{32}/.exec(tags.edition ?? '')?.[0] ?? []);
const standing = async () => ({
  people: await whoGetsWhat(stack, everybody(), requests()),
  acts: await auditLines(stack, stack.now()),
  mails: (await stack.truth()).length,
});

describe('F23: whatever looks', () => {
  it(`with every method, at every address of ${readers} mails, as ${scanners.length} scanners and in a browser that runs scripts, changes nobody`, async () => {
    expect(digests).toHaveLength(readers);
    expect(answers.map(({ tags }) => tags.edition?.split('_')[1]).toSorted()).toEqual(['approval', 'confirm', 'confirm', 'new-link']);
    const [first] = digests;
    const kinds = new Set(addressesIn(first ?? expect.unreachable()).map((url) => new URL(url).pathname.split('/')[1]));
    expect([...kinds].toSorted()).toEqual(['_local', 'p', 'r', 'u', 'view']);
    const mails = [...digests, ...answers];
    expect(mails.flatMap(addressesIn).filter((url) => new URL(url).origin !== stack.url)).toEqual([]);
    const before = await standing();

    const statuses = await scan(mails, abreast);
    const looked = await lookInBrowser([...digests.slice(0, sample), ...answers]);
    await stack.drain();

    expect(looked).toBeGreaterThan(10 * sample);
    expect([...statuses.keys()].filter((status) => ![200, 204, 404, 405].includes(status))).toEqual([]);
    expect(await standing()).toEqual(before);
  });

  it('is counted as a machine, and nobody as a reader', async () => {
    const { body } = await stack.call('GET', `/operator/editions/${digest}/reach`);
    expect(body).toMatchObject({ mails: readers, opens: { machine: readers, 'likely human': 0, unknown: 0 } });
  });
});

/**
 * Visits every address of each mail and every link on the pages behind them, with scripts, pointer
 * and keyboard. Presses nothing.
 */
async function lookInBrowser(mails: readonly ScannedMail[]): Promise<number> {
  const context = await browser.newContext({ acceptDownloads: false });
  const page = await context.newPage();
  let looked = 0;
  const look = async (url: string) => {
    looked += 1;
    // A file offered for download ends the visit with an error. It is not a page.
    const isPage = await page.goto(url, { waitUntil: 'load' }).then(
      () => true,
      (error: Error) => /download|ERR_ABORTED/i.test(error.message) === false && Promise.reject(error),
    );
    if (!isPage) return [];
    await page.mouse.move(200, 200);
    await page.mouse.wheel(0, 2000);
    await page.keyboard.press('Tab');
    return page.evaluate<string[]>('[...document.querySelectorAll("a[href]")].map(({ href }) => href)');
  };
  for (const mail of mails) {
    await page.setContent(mail.html, { waitUntil: 'load' });
    const seen = new Set(addressesIn(mail));
    for (const url of [...seen])
      for (const next of await look(url))
        if (new URL(next).origin === stack.url && !seen.has(next)) {
          seen.add(next);
          await look(next);
        }
  }
  await context.close();
  return looked;
}

describe('F23: the one-click of a mail client', () => {
  const body = 'List-Unsubscribe=One-Click';
  const encodings: readonly (readonly [string, () => RequestInit])[] = [
    ['form-encoded', () => ({ body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })],
    [
      'multipart',
      () => {
        const form = new FormData();
        form.append('List-Unsubscribe', 'One-Click');
        return { body: form };
      },
    ],
  ];
  const linkOf = ({ headers }: ScannedMail) => /<(https?:[^>]+)>/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? expect.unreachable();
  const streamsOf = async (sid: string) => (await stack.table.read({ pk: `SUB#staff#${sid}`, sk: 'PROFILE' }))?.streams;
  const goodbyes = async (address: string) =>
    (await stack.truth()).filter(({ to, edition }) => to === address && edition.startsWith('service_goodbye_')).length;

  it.each(encodings)('changes one thing once, %s, however often it comes at once', async (name, sent) => {
    const mail = digests[name === 'multipart' ? 10 : 20] ?? expect.unreachable();
    const { subscriber = '' } = mail.tags;
    const [all, acts] = [
      await whoGetsWhat(
        stack,
        everybody().filter((sid) => sid !== subscriber),
      ),
      await auditLines(stack, stack.now()),
    ];

    const given = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const answer = await fetch(linkOf(mail), { method: 'POST', redirect: 'manual', ...sent() });
        const { status, headers } = answer;
        return JSON.stringify([status, await answer.text(), headers.get('location'), headers.getSetCookie()]);
      }),
    );
    await stack.drain();

    expect(new Set(given)).toEqual(new Set([JSON.stringify([200, '', null, []])]));
    expect(await streamsOf(subscriber)).toMatchObject({ 'engineering-digest': { on: false }, 'sev1-alerts': { on: true } });
    expect((await auditLines(stack, stack.now())).slice(acts.length)).toEqual([
      {
        act: 'subscription changed',
        who: 'reader',
        subscriber,
        stream: 'engineering-digest',
        field: 'frequency',
        after: 'off',
        way: 'one-click',
      },
    ]);
    expect(await goodbyes(mail.to)).toBe(1);
    const others = (items: readonly string[]) => items.filter((item) => !item.includes(subscriber));
    expect(
      others(
        await whoGetsWhat(
          stack,
          everybody().filter((sid) => sid !== subscriber),
        ),
      ),
    ).toEqual(others(all));
  });

  it('holds from the next edition on: who pressed gets none, everybody else gets it', async () => {
    const gone = [digests[10]?.to, digests[20]?.to];
    await stack.runDigest(new Date(at.getTime() + 7 * 86_400_000).toISOString());
    expect(await settle(stack, 300)).toBe(true);
    const got = (await stack.truth()).filter(({ edition }) => edition === 'engineering-digest_2025-W11').map(({ to }) => to);
    expect(got).toHaveLength(readers - gone.length);
    expect(got.filter((to) => gone.includes(to))).toEqual([]);
  });
});
