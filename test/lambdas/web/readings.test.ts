import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { mailed } from '../../support/mailed.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36';
const since = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const ada = aProfile({ sid: aSid(1), team: 'Payments ', streams: { 'engineering-digest': since } });
const cards = ['pm-1', 'pm-2', 'pm-3', 'pm-4', 'pm-5'];

/** Ada, ten minutes after a mail that links to five postmortems. */
async function aReader({
  who = {},
  distribution = aDistribution(),
}: {
  who?: Partial<Profile>;
  distribution?: ReturnType<typeof aDistribution>;
} = {}) {
  const world = await aWebWorld(await freshTable(), { people: [{ ...ada, ...who }], distribution });
  await mailed(world.table, { edition: 'engineering-digest_2026-W47', to: [ada.sid], cards });
  for (const id of cards) await publish(world.table, { id });
  const ask = world.serve(pageRoutes(world.deps));
  const link = world.token({ scope: 'read', subscriber: ada.sid, about: 'engineering-digest_2026-W47' });
  const session = await world.begin(ada.sid);
  world.clock.now = new Date('2026-11-23T10:10:00Z');
  const get = async (path: string, { userAgent = browser, method = 'GET' } = {}) => {
    const event = aPageEvent(method, path, { session });
    event.requestContext.http.userAgent = userAgent;
    return ask(event);
  };
  return {
    ...world,
    read: (path: string, how = {}) => get(`/r/${link}${path}`, how),
    archive: (path: string, how = {}) => get(`/archive/engineering${path}`, how),
    readings: (id = 'pm-1') => world.deps.readings.of(id),
  };
}

describe('that somebody read a postmortem', () => {
  it('is kept once with their team and the day, and without who they are', async () => {
    const { read, readings, clock } = await aReader();
    await read('/pm-1');
    clock.now = new Date('2026-11-25T10:10:00Z');
    await read('/pm-1');
    const [kept, ...others] = await readings();

    expect(others).toEqual([]);
    expect(kept).toEqual({ postmortem: 'pm-1', blinded: expect.any(String), team: 'team:payments', on: '2026-11-23', how: 'page' });
    expect(kept?.blinded).not.toBe(ada.sid);
  });

  it.each([
    ['a program looks', { how: { userAgent: 'python-requests/2.32' } }],
    ['only headers are asked for', { how: { method: 'HEAD' } }],
    ['the reader switched it off', { who: { tracking: false as const } }],
  ])('is not kept where %s', async (_, { how, who }: { how?: object; who?: Partial<Profile> }) => {
    const { read, archive, readings } = await aReader({ ...(who && { who }) });
    await read('/pm-1', how);
    if (who) await archive('/pm-1', how);
    expect(await readings()).toEqual([]);
  });

  it('is not kept where the stream is sent without it, from the archive either', async () => {
    const untracked = aDistribution();
    const digest = { ...untracked.streams['engineering-digest'], tracking: 'none' as const };
    const { read, archive, readings } = await aReader({
      distribution: { ...untracked, streams: { ...untracked.streams, 'engineering-digest': digest } } as typeof untracked,
    });
    await read('/pm-1');
    await archive('/pm-1');
    expect(await readings()).toEqual([]);
  });

  it('is kept from the archive, as one reading with that of the mail', async () => {
    const { read, archive, readings } = await aReader();
    await archive('/pm-1');
    await read('/pm-1');
    expect(await readings()).toMatchObject([{ how: 'page' }]);
    expect(await archive('/pm-unknown')).toMatchObject({ statusCode: 404 });
    expect(await readings('pm-unknown')).toEqual([]);
  });

  it('is taken back where the viewer shows itself a robot within the minute, and from then on', async () => {
    const { read, readings, clock } = await aReader();
    await read('/pm-1');
    clock.now = new Date('2026-11-23T10:12:00Z');
    for (const id of ['pm-2', 'pm-3', 'pm-4']) await read(`/${id}`);
    expect(await readings('pm-2')).toHaveLength(1);
    await read('/_');
    expect(await Promise.all(['pm-2', 'pm-3', 'pm-4'].map(readings))).toEqual([[], [], []]);
    expect(await readings('pm-1')).toHaveLength(1);
    await read('/pm-5');
    expect(await readings('pm-5')).toEqual([]);
  });
});
