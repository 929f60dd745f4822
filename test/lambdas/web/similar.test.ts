import { describe, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../../adapters/dynamodb/action-ledger.ts';
import { dynamoSimilar } from '../../../adapters/dynamodb/similar-store.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { mailed } from '../../support/mailed.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aSimilar } from '../../support/similar-in-memory.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const on = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const streams = { 'engineering-digest': on, 'leadership-brief': on, 'customer-impact': on };
const ada = aProfile({ sid: aSid(1), streams });
const before = { id: 'earlier', title: 'A failover logged everybody out', publishedAt: '2025-03-02T10:00:00Z' };
const promise = { title: 'Canary of a promise', status: 'open' };

/** Two postmortems of the same failure, and the pages of both as its reader sees them. */
async function aPair() {
  const world = await aWebWorld(await freshTable(), { people: [ada] });
  const ask = world.serve(pageRoutes(world.deps));
  const session = await world.begin(ada.sid);
  await publish(world.table, { ...before, actionItems: [promise] });
  await publish(world.table, { id: 'later', title: 'Everybody was logged out again', publishedAt: '2026-11-10T10:00:00Z' });
  const [row] = await dynamoActionLedger(world.table).list('earlier');
  const similar = dynamoSimilar(world.table);
  await similar.find(aSimilar({ promises: [{ aid: row?.aid ?? '', caught: true }] }));
  const edition = 'engineering-digest_2026-W47';
  await mailed(world.table, { edition, to: [ada.sid], cards: ['later', 'earlier'] });
  const token = world.token({ scope: 'read', subscriber: ada.sid, about: edition });
  const get = async (url: string) => (await ask(aPageEvent('GET', url, { session }))).body ?? '';
  const pages = (id: string) => Promise.all([`/r/${token}/${id}`, `/archive/engineering/${id}`, `/archive/leadership/${id}`].map(get));
  return { ...world, similar, get, pages };
}

describe('the same failure before and again', () => {
  it('stands on both pages of whoever may read of actions, with what became of the promise', async () => {
    const { pages, get } = await aPair();
    for (const body of await pages('later')) {
      expect(body).toMatch(/It happened before.*Looks like.*A failover logged everybody out.*of March 2025/s);
      expect(body).toMatch(/“Canary of a promise” is still open, \d+ days after it was promised\. It would have caught this\./);
    }
    for (const body of await pages('earlier')) expect(body).toMatch(/It happened again.*Everybody was logged out again/s);
    const ofOthers = await get('/archive/cross-functional/later');
    expect(ofOthers).not.toMatch(/A failover logged|Canary of a promise/);
  });

  it('names the same failure once somebody confirmed it, and nothing once it was dismissed', async () => {
    const { similar, pages } = await aPair();
    const [found] = await similar.of('later');
    if (!found) return expect.unreachable();
    await similar.put({ ...found, state: 'confirmed' });
    for (const body of await pages('later')) expect(body).toContain('The same failure as');
    await similar.put({ ...found, version: 2, state: 'dismissed' });
    for (const body of [...(await pages('later')), ...(await pages('earlier'))]) expect(body).not.toMatch(/It happened (before|again)/);
  });

  it.each([{ restricted: true }, { status: 'retracted' }, { status: 'draft', publishedAt: undefined }])(
    'names neither once it may not be told: %o',
    async (change) => {
      const { table, pages } = await aPair();
      await publish(table, { ...before, actionItems: [promise], ...change });
      for (const body of await pages('later')) {
        expect(body).toContain('Everybody was logged out again');
        expect(body).not.toMatch(/A failover logged|Canary of a promise|It happened before/);
      }
      await publish(table, { ...before, actionItems: [promise] });
      await publish(table, { id: 'later', title: 'Everybody was logged out again', ...change });
      for (const body of await pages('earlier')) expect(body).not.toMatch(/logged out again|It happened again/);
    },
  );
});
