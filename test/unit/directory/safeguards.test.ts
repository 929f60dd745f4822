import { expect, it } from 'vitest';
import { changeUser, createUser } from '../../../core/directory/change-user.ts';
import { followMapping } from '../../../core/directory/follow-mapping.ts';
import { createGroup } from '../../../core/directory/groups.ts';
import type { DirectoryDeps } from '../../../core/directory/ports.ts';
import { directoryInMemory } from '../../support/directory-in-memory.ts';
import { aDistribution } from '../../support/distribution.ts';

const create = (userName: string, deps: DirectoryDeps) => createUser({ userName, active: true }, deps);
const leave = (id: string, deps: DirectoryDeps) =>
  changeUser(
    id,
    (before) => ({ ...before, active: false }),
    () => {},
    deps,
  );

it('lets a raised limit work on the same day, however often the directory sent what was refused', async () => {
  const { deps } = directoryInMemory();
  const limited = (leaversADay: number) => ({ ...deps, distribution: aDistribution({ directory: { leaversADay } }) });
  const [ada, bob] = [await create('ada@example.com', deps), await create('bob@example.com', deps)];
  await leave(ada.directory.id, limited(1));
  for (let i = 0; i < 3; i += 1) await expect(leave(bob.directory.id, limited(1))).rejects.toMatchObject({ status: 429 });

  expect(await leave(bob.directory.id, limited(2))).toMatchObject({ suspendedBy: 'directory' });
});

it('follows a changed mapping past somebody whose domain is no longer one of the organisation', async () => {
  const { deps, profiles } = directoryInMemory();
  const wide = {
    ...deps,
    distribution: aDistribution({ organisation: { name: 'Example Ltd', zone: 'Europe/Berlin', domains: ['example.com', 'old.example'] } }),
  };
  const [gone, ada] = [await create('bob@old.example', wide), await create('ada@example.com', wide)];
  await createGroup({ displayName: 'Leads', members: [gone, ada].map(({ directory }) => ({ kind: 'add', id: directory.id })) }, wide);

  await followMapping(deps);

  expect(profiles.get(ada.sid)).toMatchObject({ role: 'leader' });
  expect(profiles.get(gone.sid)?.role).toBeUndefined();
});

it('moves nobody to the address of somebody who was erased', async () => {
  const { deps, profiles } = directoryInMemory();
  const ada = await create('ada@example.com', deps);
  const erased: DirectoryDeps['suppressed'] = {
    listed: async (hashes) => new Map(hashes.map((hash) => [hash, { erasedAt: '2026-11-01T00:00:00Z' }])),
  };
  const move = changeUser(
    ada.directory.id,
    (before) => ({ ...before, userName: 'bob@example.com' }),
    () => {},
    { ...deps, suppressed: erased },
  );

  await expect(move).rejects.toMatchObject({ status: 403 });
  expect([...profiles.values()].map(({ address }) => address)).toEqual(['ada@example.com']);
});
