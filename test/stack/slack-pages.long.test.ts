import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoPostLinks } from '../../adapters/dynamodb/post-links.ts';
import { dynamoSlackPace } from '../../adapters/dynamodb/slack-workspace.ts';
import { linkHash, newCapabilityLink } from '../../core/slack/capability-link.ts';
import { type Audience, audiences } from '../../core/stream/audience.ts';
import type { HttpAnswer } from '../../lambdas/shared/http-answer.ts';
import { pageRoutes } from '../../lambdas/web/routes.ts';
import { launchBrowser } from '../support/browser.ts';
import { aDistribution } from '../support/distribution.ts';
import { aHomeWorld, homeYaml } from '../support/home.ts';
import { oneEngine } from '../support/one-engine.ts';
import { faultsIn } from '../support/page-faults.ts';
import { publish } from '../support/published.ts';
import { aPostRow, inSlack, payments, slackYaml, support } from '../support/slack.ts';
import { aPageEvent, aWebWorld } from '../support/web.ts';

const freshTable = oneEngine();
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const since = '2026-11-19T14:00:00Z';
const incident = {
  ...{ id: 'checkout', title: 'Checkout was slow for everybody who paid by card', services: ['checkout', 'ledger'] },
  ...{ summary: 'The **pool** ran dry.', rootCauses: ['A leak of connections'], startedAt: '2026-11-18T09:00:00Z' },
  customerImpact: { text: 'Payments took a minute.', customersAffected: 1200 },
  support: { say: ['It is fixed.'], doNotSay: ['Who caused it.'] },
};
const text =
  '---\nid: pool\nseverity: sev2\nservices: [checkout]\nstart: 2026-11-23 10:00\n---\n# Pool ran dry\n\n## Summary\n\nNo orders.\n';

/** Each page by its name. */
async function pages(): Promise<Record<string, string>> {
  const table = await freshTable();
  const now = () => new Date('2026-11-23T10:00:00Z');
  const web = await aWebWorld(table, { distribution: aDistribution() });
  const home = await aHomeWorld(table, { distribution: `${homeYaml}${slackYaml}` });
  await publish(table, incident);
  await inSlack(table, [
    aPostRow(),
    aPostRow({ channel: payments.id, post: { state: 'refused', code: 'is_archived', hash: 'h', since } }),
    aPostRow({ channel: support.id, audience: 'cross-functional', post: { state: 'unconfirmed', since } }),
  ]);
  await dynamoSlackPace(table, now).holdUntil('2026-11-23T10:20:00Z', 'token_revoked');
  const ask = web.serve(pageRoutes(web.deps));
  const linkFor = async (audience: Audience, n: number) => {
    const link = newCapabilityLink(new Uint8Array(20).fill(n));
    const about = { postmortem: aPostRow().postmortem, audience, channel: 'C0000000001', channelName: 'incident-pms' };
    await dynamoPostLinks(table, now).put(linkHash(link), { ...about, expiresAt: '2027-12-24T14:00:00Z' });
    return link;
  };
  const found: Record<string, string> = {};
  const add = (name: string, wanted: number, { statusCode, body = '' }: HttpAnswer) => {
    expect(statusCode, name).toBe(wanted);
    found[name] = body;
  };
  for (const [n, audience] of audiences.entries())
    add(`post of ${audience}`, 200, await ask(aPageEvent('GET', `/s/${await linkFor(audience, 30 + n)}`)));
  add('no post', 404, await ask(aPageEvent('GET', '/s/nothing')));
  add('first', 200, await home.open('/home'));
  for (const more of ['', '/repost', '/links']) add(`postmortem${more}`, 200, await home.open(`/home/postmortems/checkout${more}`));
  add('mine', 200, await home.open('/home/mine/checkout'));
  add('write', 200, await home.press('/home/write', { press: 'check', text }));
  add('ask', 200, await home.press('/home/write', { press: 'ask', text }));
  return found;
}

/** With `PNG=folder` it leaves a picture of each there, light and narrow. */
it('no page about Slack keeps anybody out, by axe or by its width', async () => {
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
    await glass.setViewportSize({ width: 1100, height: 900 });
    await glass.screenshot({ path: join(folder, `${name.replace(/\W+/g, '-')}.png`), fullPage: true });
  }
  expect(faults).toEqual([]);
});
