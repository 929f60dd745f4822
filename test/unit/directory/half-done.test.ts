import { beforeEach, expect, it } from 'vitest';
import { changeGroupsOf, changeUser, createUser, removeUser } from '../../../core/directory/change-user.ts';
import { changedGroup, readGroup } from '../../../core/directory/group-draft.ts';
import { changeGroup, createGroup, removeGroup } from '../../../core/directory/groups.ts';
import { DirectoryBusy } from '../../../core/directory/lease.ts';
import { readOperations } from '../../../core/directory/operation.ts';
import { type DirectoryDeps, readGroupNames } from '../../../core/directory/ports.ts';
import { importPeople } from '../../../core/people/import-people.ts';
import { InDirectory } from '../../../core/subscriber/directory.ts';
import { directoryInMemory } from '../../support/directory-in-memory.ts';
import { aDistribution } from '../../support/distribution.ts';

let world: ReturnType<typeof directoryInMemory>;
beforeEach(() => {
  world = directoryInMemory();
});

const create = (userName: string, deps: DirectoryDeps = world.deps) => createUser({ userName, active: true }, deps);
const add = (id: string) => ({ kind: 'add', id }) as const;
const active = (id: string, isActive: boolean) =>
  changeUser(
    id,
    (before) => ({ ...before, active: isActive }),
    () => {},
    world.deps,
  );

it('suspends somebody of a domain that was given up, and changes their group with all others', async () => {
  const organisation = { name: 'Example Ltd', zone: 'Europe/Berlin', domains: ['example.com', 'old.example'] };
  const wide = { ...world.deps, distribution: aDistribution({ organisation, directory: world.deps.distribution.directory }) };
  const [gone, ada] = [await create('bob@old.example', wide), await create('ada@example.com', wide)];
  const ids = [gone, ada].map(({ directory }) => directory.id);
  const leads = await createGroup({ displayName: 'Leads', members: [add(gone.directory.id)] }, wide);

  // Nothing new is given there, and what the directory withdraws goes.
  const payments = await createGroup({ displayName: 'Eng Payments', members: ids.map(add) }, world.deps);
  expect(world.profiles.get(ada.sid)).toMatchObject({ team: 'Payments' });
  expect(world.profiles.get(gone.sid)).toMatchObject({ directory: { groups: expect.arrayContaining([payments.id]) } });
  expect(world.profiles.get(gone.sid)?.team).toBeUndefined();
  expect(Object.keys(world.profiles.get(gone.sid)?.streams ?? {})).not.toContain('engineering-digest');
  await removeGroup(leads.id, () => {}, world.deps);
  expect(world.profiles.get(gone.sid)?.role).toBeUndefined();

  await expect(active(gone.directory.id, true)).rejects.toMatchObject({
    status: 400,
    detail: expect.stringContaining('organisation.domains'),
  });
  expect(await active(gone.directory.id, false)).toMatchObject({ suspendedBy: 'directory', directory: { active: false } });
});

it('two requests at once put nobody into more than 200 groups, and a profile that has more can be read', async () => {
  const { sid, directory } = await create('ada@example.com');
  const fill = (count: number) => {
    const one = world.profiles.get(sid);
    const groups = Array.from({ length: count }, (_, n) => `g${String(n).padStart(3, '0')}`);
    if (one?.directory) world.profiles.set(sid, { ...one, directory: { ...one.directory, groups }, revision: one.revision + 1 });
  };
  fill(199);
  const [one, other] = ['One', 'Other'].map((displayName) => createGroup({ displayName, members: [add(directory.id)] }, world.deps));
  const done = await Promise.allSettled([one, other]);
  expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(done).toContainEqual({ status: 'rejected', reason: expect.objectContaining({ status: 400, scimType: 'invalidValue' }) });
  expect(world.profiles.get(sid)?.directory?.groups).toHaveLength(200);

  // What an earlier release let through can be read, and shrinks.
  fill(201);
  expect(InDirectory.safeParse(world.profiles.get(sid)?.directory).success).toBe(true);
  await changeGroupsOf(directory.id, (groups) => groups.slice(1), await readGroupNames(world.deps), world.deps);
  expect(world.profiles.get(sid)?.directory?.groups).toHaveLength(200);
});

it('adds somebody again to one of their 200 groups', async () => {
  const { sid, directory } = await create('ada@example.com');
  const group = await createGroup({ displayName: 'Leads', members: [add(directory.id)] }, world.deps);
  const one = world.profiles.get(sid);
  const groups = [...Array.from({ length: 199 }, (_, n) => `g${n}`), group.id];
  if (one?.directory) world.profiles.set(sid, { ...one, directory: { ...one.directory, groups } });
  const again = changeGroup(
    group.id,
    (before) => ({ ...before, members: [add(directory.id)] }),
    () => {},
    world.deps,
  );
  await expect(again).resolves.toMatchObject({ displayName: 'Leads' });
});

it('an import ends no suspension of the directory, also after it let go of the person', async () => {
  const { directory } = await create('ada@example.com');
  await removeUser(directory.id, () => {}, world.deps);
  const outcome = await importPeople([{ line: 2, address: 'ada@example.com', role: 'engineer' }], aDistribution({}), world.deps);
  expect(outcome).toMatchObject({ restored: 0, linesSuspended: [2] });
  expect([...world.profiles.values()]).toMatchObject([{ suspendedBy: 'directory' }]);
  expect(await create('ada@example.com')).not.toHaveProperty('suspended');
});

it('ends the sessions of whoever left, also where the request before broke off there', async () => {
  const { sid, directory } = await create('ada@example.com');
  const ended: string[] = [];
  const ending = { endAll: async (one: string) => void ended.push(one) };
  const crashing = { endAll: () => Promise.reject(new Error('crash')) };
  const leave = (sessions: DirectoryDeps['sessions']) =>
    changeUser(
      directory.id,
      (before) => ({ ...before, active: false }),
      () => {},
      { ...world.deps, sessions },
    );
  await expect(leave(crashing)).rejects.toThrow('crash');
  await leave(ending);
  expect([ended, world.counts.get('leavers 2026-11-19')]).toEqual([[sid], 1]);
});

it('ends the sessions of whoever was let go, also where the DELETE before broke off there', async () => {
  const { sid, directory } = await create('ada@example.com');
  const ended: string[] = [];
  const remove = (endAll: DirectoryDeps['sessions']['endAll']) =>
    removeUser(directory.id, () => {}, { ...world.deps, sessions: { endAll } });
  await expect(remove(() => Promise.reject(new Error('crash')))).rejects.toThrow('crash');
  await expect(remove(async (one) => void ended.push(one))).rejects.toMatchObject({ status: 404 });
  expect(ended).toEqual([sid]);
  await expect(remove(async (one) => void ended.push(one))).rejects.toMatchObject({ status: 404 });
  expect(ended).toEqual([sid]);
});

it('reads everybody once for a request that takes all out of a group a thousand times', async () => {
  const group = await createGroup({ displayName: 'Leads', members: [] }, world.deps);
  let lists = 0;
  const list: DirectoryDeps['list']['list'] = (...page) => {
    lists += 1;
    return world.deps.list.list(...page);
  };
  const members = Array.from({ length: 1000 }, () => ({ kind: 'all' }) as const);
  await changeGroup(
    group.id,
    (before) => ({ ...before, members }),
    () => {},
    { ...world.deps, list: { list } },
  );
  expect(lists).toBe(1);
});

it('a DELETE finishes a move that broke off: nobody stays behind at the earlier address', async () => {
  const { directory } = await create('ada@example.com');
  const broken: DirectoryDeps = {
    ...world.deps,
    people: {
      ...world.deps.people,
      removeProfile: async () => {
        throw new Error('crash');
      },
    },
  };
  const move = changeUser(
    directory.id,
    (before) => ({ ...before, userName: 'obi@example.com' }),
    () => {},
    broken,
  );
  await expect(move).rejects.toThrow('crash');
  expect(world.profiles.size).toBe(2);

  await removeUser(directory.id, () => {}, world.deps);
  expect([...world.profiles.values()]).toMatchObject([{ address: 'obi@example.com', suspendedBy: 'directory' }]);
});

it('a group made anew with a name that was there has nobody of the earlier one', async () => {
  const [ada, bob] = [await create('ada@example.com'), await create('bob@example.com')];
  const group = await createGroup({ displayName: 'Leads', members: [add(ada.directory.id)] }, world.deps);
  // The list of people lags: the group goes, and somebody stays behind in it.
  await removeGroup(group.id, () => {}, { ...world.deps, list: { list: async () => ({ people: [] }) } });
  expect(world.profiles.get(ada.sid)?.directory?.groups).toEqual([group.id]);

  const anew = await createGroup({ displayName: 'Leads', members: [add(bob.directory.id)] }, world.deps);
  expect(anew.id).toBe(group.id);
  expect([ada, bob].map(({ sid }) => world.profiles.get(sid)?.role)).toEqual([undefined, 'leader']);
});

it('a PUT of a group without members says nothing of them; an empty list says that there are none', () => {
  expect(readGroup({ displayName: 'Leads' })).toMatchObject({ displayName: 'Leads', members: [] });
  expect(readGroup({ displayName: 'Leads', members: [] }).members).toEqual([{ kind: 'all' }]);
});

it('takes a thousand members in one operation, and as many operations', async () => {
  world.fill(1000);
  const ids = [...world.profiles.values()].flatMap(({ directory }) => directory?.id ?? []);
  const { id } = await createGroup({ displayName: 'Everybody', members: [] }, world.deps);
  const apply = (...Operations: object[]) =>
    changeGroup(
      id,
      (before) => changedGroup(before, readOperations({ Operations })),
      () => {},
      world.deps,
    );
  const members = () => [...world.profiles.values()].filter(({ directory }) => directory?.groups.includes(id)).length;
  world.deps.directory.readPlace = async (one) =>
    [...world.profiles.values()].flatMap(({ sid, directory }) => (directory?.id === one ? [sid] : []));

  await apply({ op: 'Add', path: 'members', value: ids.map((value) => ({ value })) });
  expect(members()).toBe(1000);
  await apply(...ids.map((value) => ({ op: 'Remove', path: `members[value eq "${value}"]` })));
  expect(members()).toBe(0);
});

it('gives the team of a group whose name changed while somebody lost their department', async () => {
  const directory = { groups: [{ group: 'Eng Search', team: 'Search' }], departments: [{ department: 'Ledger', team: 'Search' }] };
  const deps = { ...world.deps, distribution: aDistribution({ directory }) };
  const ada = await createUser({ userName: 'ada@example.com', active: true, department: 'Ledger' }, deps);
  const group = await createGroup({ displayName: 'Canteen', members: [add(ada.directory.id)] }, deps);
  // The new name gave her nothing that she had not, so nothing was written of her.
  world.beforeNextWrite(() => void world.deps.directory.writeGroup({ ...group, displayName: 'Eng Search', version: 2 }, 1));
  await changeUser(
    ada.directory.id,
    ({ department: _, ...before }) => before,
    () => {},
    deps,
  );
  expect(world.profiles.get(ada.sid)?.team).toBe('Search');
});

/** Time for so many people. */
const timeFor = (people: number): DirectoryDeps => {
  let left = people;
  return { ...world.deps, hasTime: () => left-- > 0 };
};

it('lets go of the groups when the time is up, and the same request does the rest', async () => {
  const ids: string[] = [];
  for (const name of ['ada', 'bob', 'cy']) ids.push((await create(`${name}@example.com`)).directory.id);
  const { id } = await createGroup({ displayName: 'Leads', members: [] }, world.deps);
  const fill = (deps: DirectoryDeps) =>
    changeGroup(
      id,
      (before) => ({ ...before, members: ids.map(add) }),
      () => {},
      deps,
    );
  const roles = () => [...world.profiles.values()].map(({ role }) => role);
  await expect(fill(timeFor(2))).rejects.toMatchObject({ name: 'DirectoryUnfinished', left: 1 });
  expect(roles()).toEqual(['leader', 'leader', undefined]);
  // At the same instant: the lease did not have to end.
  await fill(world.deps);
  expect(roles()).toEqual(['leader', 'leader', 'leader']);
});

it('gives everybody the team of a new name, also where the request before had no time for all', async () => {
  const ids: string[] = [];
  for (const name of ['ada', 'bob', 'cy']) ids.push((await create(`${name}@example.com`)).directory.id);
  const { id } = await createGroup({ displayName: 'Leads', members: ids.map(add) }, world.deps);
  const rename = (deps: DirectoryDeps) =>
    changeGroup(
      id,
      (before) => ({ ...before, displayName: 'Eng Search' }),
      () => {},
      deps,
    );
  const teams = () => [...world.profiles.values()].map(({ team }) => team);
  const distribution = aDistribution({ directory: { groups: [{ group: 'Eng Search', team: 'Search' }] } });
  await expect(rename({ ...timeFor(1), distribution })).rejects.toMatchObject({ left: 2 });
  expect(teams()).toEqual(['Search', undefined, undefined]);
  await rename({ ...world.deps, distribution });
  expect(teams()).toEqual(['Search', 'Search', 'Search']);
  expect((await world.deps.directory.readGroups())[0]?.unsettled).toBeUndefined();
});

it('waits for a request that changes groups, and says so if that takes too long', async () => {
  await world.deps.directory.takeLease('another', '2026-11-19T15:00:00Z', '2026-11-19T15:00:45Z');
  const make = (change: Partial<DirectoryDeps> = {}) => createGroup({ displayName: 'Leads', members: [] }, { ...world.deps, ...change });
  await expect(make()).rejects.toBeInstanceOf(DirectoryBusy);
  // The other one crashed, and its lease ended.
  await expect(make({ now: () => '2026-11-19T15:00:46Z' })).resolves.toMatchObject({ displayName: 'Leads' });
  await world.deps.directory.takeLease('another', '2026-11-19T15:02:00Z', '2026-11-19T15:02:45Z');
  const wait = () => world.deps.directory.endLease('another');
  await expect(createGroup({ displayName: 'Others', members: [] }, { ...world.deps, wait })).resolves.toMatchObject({ version: 1 });
});

it('holds the lease until every member of a request that failed is written', async () => {
  const ids = [];
  for (const name of ['ada', 'bob', 'cy']) ids.push((await create(`${name}@example.com`)).directory.id);
  const order: string[] = [];
  const deps: DirectoryDeps = {
    ...world.deps,
    people: {
      ...world.deps.people,
      async writeProfile(profile, before) {
        if (profile.address.startsWith('ada')) throw new Error('crash');
        for (let n = 0; n < 20; n += 1) await Promise.resolve();
        order.push('member');
        return world.deps.people.writeProfile(profile, before);
      },
    },
    directory: { ...world.deps.directory, endLease: async () => void order.push('end') },
  };
  await expect(createGroup({ displayName: 'Leads', members: ids.map(add) }, deps)).rejects.toThrow('crash');
  expect(order).toEqual(['member', 'member', 'end']);
});
