import { expect, it } from 'vitest';
import { createUser } from '../../../core/directory/change-user.ts';
import { groupRoutes } from '../../../lambdas/scim/group-routes.ts';
import { directoryInMemory } from '../../support/directory-in-memory.ts';

/** Lambda gives back no more bytes than these. */
const mostBytes = 6 * 1024 * 1024;

it('lists groups with all their members over as many answers as Lambda can give', async () => {
  const { deps, profiles } = directoryInMemory();
  const at = '2026-11-19T10:00:00Z';
  const groups = Array.from({ length: 100 }, (_, n) => `g${n}`);
  for (const id of groups) await deps.directory.writeGroup({ id, displayName: id, at, changedAt: at, version: 1 }, 0);
  const { sid } = await createUser({ userName: 'ada@example.com', active: true }, deps);
  const one = profiles.get(sid);
  for (let n = 0; n < 600 && one?.directory; n += 1)
    profiles.set(`s${n}`, { ...one, sid: `s${n}`, directory: { ...one.directory, id: `0f0b7e0c-0000-4000-8000-${n}`, groups } });
  const scim = {
    ...deps,
    applied: { read: async () => ({ distribution: deps.distribution, appliedAt: at, hash: '' }) },
    audit: { record: async () => {} },
    identitySecret: async () => deps.secrets.identity,
    suppressionSecret: async () => deps.secrets.suppression,
    base: 'https://lessons.example.com/scim/v2',
  };
  const list = groupRoutes(scim as never).find(({ method, path }) => method === 'GET' && path.endsWith('/Groups'));
  const seen: string[] = [];
  for (let answers = 0; seen.length < groups.length && answers < 10; answers += 1) {
    const query = new URLSearchParams({ startIndex: String(seen.length + 1) });
    const { body = '' } = (await list?.answer({ query, params: {}, event: { headers: {} }, caller: { id: 'entra' } } as never)) ?? {};
    expect(Buffer.byteLength(body)).toBeLessThan(mostBytes);
    const { Resources, totalResults, itemsPerPage } = JSON.parse(body);
    expect([totalResults, itemsPerPage]).toEqual([groups.length, Resources.length]);
    seen.push(...Resources.map(({ id }: { id: string }) => id));
  }
  expect(seen.toSorted()).toEqual(groups.toSorted());
});
