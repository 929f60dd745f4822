/** What a stranger can do with the link to somebody's choices, which each mail to staff has. */
import { describe, expect, it } from 'vitest';
import { subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const since = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const person = (name: string) => {
  const address = `${name}@example.com`;
  const sid = subscriberId('staff', { normalised: address }, 'identity');
  return aProfile({ sid, address, streams: { 'engineering-digest': since, 'sev1-alerts': since } });
};
const [ada, bob, grace] = [person('ada'), person('bob'), person('grace')];
/** Ada has to get the alerts. */
const distribution = aDistribution({ teams: [{ name: 'Payments', deputies: ['ada@example.com'] }] });

async function aHouse() {
  const world = await aWebWorld(await freshTable(), { people: [ada, bob, grace], distribution });
  const ask = world.serve(pageRoutes(world.deps));
  const link = `/p/${world.token({ scope: 'preferences', subscriber: ada.sid })}`;
  const get = (url: string, session?: string) => ask(aPageEvent('GET', url, { session }));
  const led = async (url: string, session?: string) => String((await get(url, session)).headers?.location);
  const post = (url: string, form: Record<string, string>, session?: string) => ask(aPageEvent('POST', url, { form, session }));
  const later = (ms: number) => {
    world.clock.now = new Date(world.clock.now.getTime() + ms);
  };
  return { ...world, ask, link, get, led, post, later, ada: () => world.profile(ada.sid) };
}

describe('the link that a session gives', () => {
  it('copied from a tab or a history: it is valid for an hour', async () => {
    const { get, led, begin, later } = await aHouse();
    const session = await begin(ada.sid);
    expect((await get('/', session)).body).not.toContain('/p/v1');
    const link = await led('/preferences', session);
    expect(link).toMatch(/^\/p\/v1\.[\w.-]+$/);
    later(59 * 60_000);
    expect((await get(link)).statusCode).toBe(200);
    later(2 * 60_000);
    expect((await get(link)).statusCode).toBe(410);
  });

  it('is its own person’s, leads to no other page, and comes to nobody without a session', async () => {
    const { get, led, begin } = await aHouse();
    const session = await begin(bob.sid);
    expect((await get(await led('/preferences', session))).body).toContain('b…@example.com');
    expect(await led('/preferences?go=erase', session)).toMatch(/\/erase$/);
    expect(await led('/preferences?go=//evil.example', session)).toMatch(/^\/p\/v1\.[\w.-]+$/);
    expect(await led('/preferences?go=erase')).toBe('/sign-in?to=%2Fpreferences%3Fgo%3Derase');
  });
});
