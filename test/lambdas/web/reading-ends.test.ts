import { describe, expect, it } from 'vitest';
import type { StreamSettings } from '../../../core/subscriber/subscriber.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const at = '2026-11-01T00:00:00Z';
const row = (change: Partial<StreamSettings> = {}): StreamSettings => ({
  on: true,
  since: at,
  slots: [{ slot: 'default', at }],
  ...change,
});
const schedule = { every: 'week', on: 'monday', at: '09:00' };
const streams = { 'engineering-digest': { schedule }, 'leadership-brief': { schedule }, 'sev1-alerts': { severities: ['sev1'] } };

async function aReader(settings: NonNullable<Parameters<typeof aProfile>[0]>['streams'], distribution = aDistribution({ streams })) {
  const lea = aProfile({ sid: aSid(1), streams: settings ?? {} });
  const world = await aWebWorld(await freshTable(), { people: [lea], distribution });
  await publish(world.table);
  const ask = world.serve(pageRoutes(world.deps));
  const token = (scope: 'read' | 'feed' | 'preferences', about = '', issuedAt = world.clock.now.getTime() / 1000) =>
    world.token({ scope, subscriber: lea.sid, about, issuedAt });
  const get = (url: string) => ask(aPageEvent('GET', url));
  const status = async (url: string) => (await get(url)).statusCode;
  /**
   * What the archive, a postmortem and the feed of an audience answer, and the archive by the link
   * of a mail.
   */
  const reads = async (audience: 'engineering' | 'leadership', stream: string) => [
    await status(`/r/${token('read', audience)}`),
    await status(`/r/${token('read', audience)}/pm-1`),
    await status(`/r/${token('read', `${stream}_2026-W47`)}`),
    await status(`/feed/${token('feed', audience)}`),
  ];
  return { ...world, get, token, status, reads };
}

const all = [200, 200, 200, 200];
const none = [403, 403, 403, 404];

describe('a leader', () => {
  it('reads what leadership reads, while they get a stream of it', async () => {
    const { reads } = await aReader({ 'leadership-brief': row() });
    expect(await reads('leadership', 'leadership-brief')).toEqual(all);
    expect(await reads('engineering', 'engineering-digest')).toEqual(none);
  });

  it.each<[string, NonNullable<Parameters<typeof aReader>[0]>]>([
    ['left it', { 'leadership-brief': row({ on: false, leftAt: at }), 'engineering-digest': row() }],
    ['stood in for somebody until yesterday', { 'sev1-alerts': row({ until: '2026-11-22T23:00:00Z' }), 'engineering-digest': row() }],
  ])('who %s reads it no more, and what they get still', async (_, settings) => {
    const { reads } = await aReader(settings);
    expect(await reads('leadership', 'leadership-brief')).toEqual(none);
    expect(await reads('engineering', 'engineering-digest')).toEqual(all);
  });
});

it('who left what everybody may switch on reads on', async () => {
  const distribution = aDistribution({ streams: { 'engineering-digest': { schedule, signUp: 'organisation' } } });
  const { reads } = await aReader({ 'engineering-digest': row({ on: false, leftAt: at }) }, distribution);
  expect(await reads('engineering', 'engineering-digest')).toEqual(all);
});

it('no page that is passed on hands out a feed; the reader’s own page does', async () => {
  const { get, token, status } = await aReader({ 'engineering-digest': row() });
  for (const path of ['', '/pm-1']) expect((await get(`/r/${token('read', 'engineering')}${path}`)).body).not.toContain('/feed/');
  const feed = /href="(\/feed\/[^"]+)"/.exec((await get(`/p/${token('preferences')}`)).body ?? '')?.[1] ?? '';
  expect(await status(feed)).toBe(200);
});

it('a feed of years ago reads while its holder gets the mails, and mints nothing afterwards', async () => {
  const years = Date.parse('2016-11-23T10:00:00Z') / 1000;
  const here = await aReader({ 'engineering-digest': row() });
  expect((await here.get(`/feed/${here.token('feed', 'engineering', years)}`)).body).toContain('/r/v1.');
  const gone = await aReader({ 'engineering-digest': row({ on: false, leftAt: at }) });
  expect(await gone.get(`/feed/${gone.token('feed', 'engineering', years)}`)).toEqual(await gone.get('/feed/nothing'));
});
