import { expect, it } from 'vitest';
import { testEditionId } from '../../../core/edition/test-mail.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { mailed } from '../../support/mailed.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const ada = aProfile({ sid: aSid(1) });

/**
 * What the link of a test mail of this stream shows to Ada, who gets the digest, and what was
 * counted.
 */
async function linkOf(stream: 'engineering-digest' | 'leadership-brief') {
  const world = await aWebWorld(await freshTable(), { people: [ada] });
  const looks: unknown[] = [];
  const recordView: typeof world.deps.recordView = async (...all) => {
    looks.push(all);
    return [];
  };
  const deps: typeof world.deps = { ...world.deps, recordView };
  await publish(world.table, {});
  const about = testEditionId({ shows: { stream }, subscriber: ada.sid, at: new Date('2026-11-26T12:00:30Z') });
  for (const edition of [about, 'engineering-digest_2026-W47']) await mailed(world.table, { edition, to: [ada.sid], cards: ['pm-1'] });
  const link = (of: string) => world.token({ scope: 'read', subscriber: ada.sid, about: of });
  const get = (of: string) => world.serve(pageRoutes(deps))(aPageEvent('GET', `/r/${link(of)}/pm-1`));
  return { page: await get(about), counted: looks.length, real: await get('engineering-digest_2026-W47'), countedOfReal: looks.length };
}

it('the links of a test mail show what those of the edition show, and looking counts nowhere', async () => {
  const { page, counted, real, countedOfReal } = await linkOf('engineering-digest');
  expect(page).toMatchObject({ statusCode: 200, body: expect.stringContaining('A failover logged everyone out') });
  expect(real.statusCode).toBe(200);
  expect([counted, countedOfReal]).toEqual([0, 1]);
});

it('the links of a test mail open nothing that its reader may not read', async () => {
  const { page } = await linkOf('leadership-brief');
  expect(page.body).not.toContain('A failover logged everyone out');
});
