import { describe, expect, it } from 'vitest';
import type { StreamSettings } from '../../../core/subscriber/subscriber.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { mailed } from '../../support/mailed.ts';
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
  const session = await world.begin(lea.sid);
  const feed = await world.begin(lea.sid, { kind: 'feed' });
  for (const stream of ['engineering-digest', 'leadership-brief'])
    await mailed(world.table, { edition: `${stream}_2026-W47`, to: [lea.sid], cards: ['pm-1'] });
  const get = (url: string) => ask(aPageEvent('GET', url, { session }));
  const status = async (url: string) => (await get(url)).statusCode;
  /** What a mail, its postmortem, the archive, a postmortem there and the feed of an audience answer. */
  const reads = async (audience: 'engineering' | 'leadership', stream: string) => [
    await status(`/r/${token('read', `${stream}_2026-W47`)}`),
    await status(`/r/${token('read', `${stream}_2026-W47`)}/pm-1`),
    await status(`/archive/${audience}`),
    await status(`/archive/${audience}/pm-1`),
    await status(`/feed/f1.${feed}?audience=${audience}`),
  ];
  return { ...world, get, token, status, reads };
}

const all = [200, 200, 200, 200, 200];
const none = [403, 403, 404, 404, 404];

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

it('no page hands out the address of a feed, those of a session neither', async () => {
  const { get, token } = await aReader({ 'engineering-digest': row() });
  const mail = `/r/${token('read', 'engineering-digest_2026-W47')}`;
  for (const path of [mail, `${mail}/pm-1`, `/p/${token('preferences')}`, '/archive/engineering', '/archive/engineering/pm-1', '/feeds'])
    expect((await get(path)).body).not.toMatch(/\/feed\/|f1\./);
});

describe('an address of an earlier release', () => {
  it('of a feed says what to do, the same however often it is read, and shows nothing', async () => {
    const years = Date.parse('2016-11-23T10:00:00Z') / 1000;
    const { get, token, clock } = await aReader({ 'engineering-digest': row() });
    const { body = '', headers, statusCode } = await get(`/feed/${token('feed', 'engineering', years)}`);
    expect({ statusCode, headers }).toMatchObject({ statusCode: 200, headers: { 'content-type': 'application/atom+xml; charset=utf-8' } });
    expect(body.match(/<entry>/g)).toHaveLength(1);
    expect(body).toContain('https://news.example.com/feeds');
    expect(body).not.toMatch(/pm-1|A failover|\/r\//);
    clock.now = new Date('2027-11-23T10:00:00Z');
    expect((await get(`/feed/${token('feed', 'engineering', years)}`)).body).toBe(body);
  });

  it('of an archive leads there, which needs a session', async () => {
    const { get, token } = await aReader({ 'engineering-digest': row() });
    for (const [path, to] of [
      ['', '/archive/engineering'],
      ['/pm-1', '/archive/engineering/pm-1'],
      ['/%2F%2Fexample.com', '/archive/engineering'],
    ] as const)
      expect(await get(`/r/${token('read', 'engineering')}${path}`)).toMatchObject({ statusCode: 303, headers: { location: to } });
  });
});
