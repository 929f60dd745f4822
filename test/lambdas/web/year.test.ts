import { beforeEach, expect, it } from 'vitest';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { mailed } from '../../support/mailed.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const on = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const ada = aProfile({ sid: aSid(1), streams: { 'engineering-digest': on } });
const edition = 'engineering-digest_2026-W47';

let world: Awaited<ReturnType<typeof aWebWorld>>;
let get: (url: string, session?: string) => ReturnType<ReturnType<typeof world.serve>>;
beforeEach(async () => {
  world = await aWebWorld(await freshTable(), { people: [ada] });
  const ask = world.serve(pageRoutes(world.deps));
  get = async (url, session) => ask(aPageEvent('GET', url, session === undefined ? {} : { session }));
  await publish(world.table);
});

it('a link of a mail leads to the page in the archive, which asks who comes', async () => {
  await mailed(world.table, { edition, to: [ada.sid], cards: ['pm-1'] });
  const mail = await get(`/r/${world.token({ scope: 'read', subscriber: ada.sid, about: edition })}/~2026`);
  expect(mail).toMatchObject({ statusCode: 303, headers: { location: '/archive/engineering/~2026' } });
  expect((await get('/archive/engineering/~2026')).body).not.toContain('A failover logged');
});

it('shows the year to who signed in, without what may not be told any more', async () => {
  const session = await world.begin(ada.sid);
  const shown = await get('/archive/engineering/~2026', session);
  expect(shown.statusCode).toBe(200);
  expect(shown.body).toMatch(/The year 2026 in incidents[\s\S]*1 postmortem[\s\S]*A failover logged/);

  await publish(world.table, { restricted: true });
  const after = await get('/archive/engineering/~2026', session);
  expect(after.body).toContain('No postmortem was published in 2026');
  expect(after.body).not.toContain('A failover logged');
});
