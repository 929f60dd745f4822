import { beforeEach, expect, it } from 'vitest';
import { changeUser, createUser, removeUser } from '../../../core/directory/change-user.ts';
import { followMapping } from '../../../core/directory/follow-mapping.ts';
import type { GroupDraft, Membership } from '../../../core/directory/group-draft.ts';
import { changeGroup, createGroup, removeGroup } from '../../../core/directory/groups.ts';
import type { DirectoryDeps } from '../../../core/directory/ports.ts';
import type { UserDraft } from '../../../core/directory/user-draft.ts';
import { directoryInMemory } from '../../support/directory-in-memory.ts';
import { aDistribution } from '../../support/distribution.ts';

let world: ReturnType<typeof directoryInMemory>;
beforeEach(() => {
  world = directoryInMemory();
});

const groups = [{ group: 'Eng Payments', team: 'Payments', role: 'engineer' }];
const withDirectory = (directory: object): DirectoryDeps => ({
  ...world.deps,
  distribution: aDistribution({ directory }),
});

async function people(count: number) {
  const made = [];
  for (let n = 0; n < count; n += 1) made.push(await createUser({ userName: `p${n}@example.com`, active: true }, world.deps));
  return made.map(({ directory }) => directory.id);
}
const change = (id: string, said: Partial<UserDraft>, deps: DirectoryDeps = world.deps) =>
  changeUser(
    id,
    (before) => ({ ...before, ...said }),
    () => {},
    deps,
  );
const changeTo = (id: string, said: Partial<GroupDraft>, deps: DirectoryDeps = world.deps) =>
  changeGroup(
    id,
    (before) => ({ ...before, ...said }),
    () => {},
    deps,
  );
const all = (kind: 'add' | 'remove', ids: readonly string[]): Membership[] => ids.map((id) => ({ kind, id }));
const payments = async (ids: readonly string[]) =>
  (await createGroup({ displayName: 'Eng Payments', members: all('add', ids) }, world.deps)).id;
const inPayments = () => [...world.profiles.values()].filter(({ team }) => team === 'Payments').length;

it('moves twenty people a day and no more, tells it once, and goes on with a raised limit', async () => {
  const ids = await people(22);
  for (const id of ids.slice(0, 20)) await change(id, { userName: `${id}.new@example.com` });
  for (const id of ids.slice(20)) {
    await expect(change(id, { userName: `${id}.new@example.com` })).rejects.toMatchObject({
      status: 429,
      detail: expect.stringContaining('raise directory.movesADay'),
    });
  }
  expect([...world.profiles.values()].filter(({ address }) => address.includes('.new@'))).toHaveLength(20);
  expect(world.lines.filter(({ act }) => act === 'directory braked')).toEqual([
    { act: 'directory braked', facts: { brake: 'moves', most: '20', day: '2026-11-19' } },
  ]);

  const raised = withDirectory({ groups, movesADay: 21 });
  expect(await change(ids[20] ?? '', { userName: 'new@example.com' }, raised)).toMatchObject({ address: 'new@example.com' });
  expect(await change(ids[20] ?? '', { userName: 'NEW@example.com' }, raised)).toMatchObject({ address: 'NEW@example.com' });
});

it('does not shrink the tenth of the staff while people leave', async () => {
  const [ada = '', bob = ''] = await people(2);
  world.fill(270);
  await world.deps.directory.countUnder('leavers', '2026-11-19', 29);
  await change(ada, { active: false });
  await expect(change(bob, { active: false })).rejects.toMatchObject({ status: 429, detail: expect.stringContaining('at most 30 people') });
});

it('counts nobody for a move to an address that somebody has', async () => {
  const [ada = ''] = await people(2);
  await expect(change(ada, { userName: 'p1@example.com' })).rejects.toMatchObject({ status: 409, scimType: 'uniqueness' });
  expect(world.counts.get('moves 2026-11-19')).toBe(0);
});

it('moves nobody whose new values are refused', async () => {
  const [ada = ''] = await people(1);
  await expect(change(ada, { userName: 'new@example.com', displayName: 'Ada\nObi' })).rejects.toMatchObject({ status: 400 });
  expect([...world.profiles.values()].map(({ address }) => address)).toEqual(['p0@example.com']);
});

it('counts a leaver once, however many races are lost, and none who was suspended meanwhile', async () => {
  const [ada = '', bob = ''] = await people(2);
  const bump = (address: string, more: object) => () => {
    for (const one of world.profiles.values())
      if (one.address === address) world.profiles.set(one.sid, { ...one, ...more, revision: one.revision + 1 });
  };
  for (let n = 0; n < 3; n += 1) world.beforeNextWrite(bump('p0@example.com', {}));
  await change(ada, { active: false });
  expect(world.counts.get('leavers 2026-11-19')).toBe(1);

  world.beforeNextWrite(bump('p1@example.com', { suspended: { at: '2026-11-19T15:00:00Z' }, suspendedBy: 'operator' }));
  await removeUser(bob, () => {}, world.deps);
  expect(world.counts.get('leavers 2026-11-19')).toBe(1);
});

it('empties no group that the file names, neither by its members nor by its name nor by a DELETE', async () => {
  const ids = await people(3);
  const id = await payments(ids);
  const refused = { status: 403, detail: expect.stringContaining('take the group out of directory.groups') };

  await expect(changeTo(id, { members: [{ kind: 'all' }] })).rejects.toMatchObject(refused);
  await expect(changeTo(id, { members: all('remove', ids) })).rejects.toMatchObject(refused);
  await expect(changeTo(id, { displayName: 'Payments of 2027' })).rejects.toMatchObject(refused);
  await expect(removeGroup(id, () => {}, world.deps)).rejects.toMatchObject(refused);
  expect(inPayments()).toBe(3);
  expect(await world.deps.directory.readGroups()).toMatchObject([{ displayName: 'Eng Payments' }]);
  // However often the directory tries.
  expect(braked()).toEqual([{ act: 'directory braked', facts: { brake: 'emptied group', group: id, people: '3', day: '2026-11-19' } }]);
});

const braked = () => world.lines.filter(({ act }) => act === 'directory braked');

it('keeps the latest two thousand of whom a group lost, which fit into a row', async () => {
  const [ada = '', bob = ''] = await people(2);
  const id = await payments([ada, bob]);
  const day = '2026-11-19';
  await world.deps.directory.putTakenOut(
    id,
    day,
    Array.from({ length: 2000 }, (_, n) => `gone-${n}`),
  );
  await changeTo(id, { members: all('remove', [ada]) });
  const kept = await world.deps.directory.readTakenOut(id, day);
  expect([kept.length, kept[0]]).toEqual([2000, ada]);
  await expect(changeTo(id, { members: all('remove', [bob]) })).rejects.toMatchObject({ status: 403 });
});

it('empties no group in several requests of one day either, and lets its last person go on the next', async () => {
  const ids = await people(3);
  const [ada = '', bob = '', cy = ''] = ids;
  const id = await payments(ids);
  await changeTo(id, { members: all('remove', [ada]) });
  await changeTo(id, { members: all('remove', [bob]) });
  const last = () => changeTo(id, { members: all('remove', [cy]) });
  await expect(last()).rejects.toMatchObject({ status: 403, detail: expect.stringContaining('3 people') });
  await expect(changeTo(id, { displayName: 'Payments of 2027' })).rejects.toMatchObject({ status: 403 });
  expect(inPayments()).toBe(1);
  expect(braked()).toHaveLength(1);

  await changeTo(id, { members: all('remove', [cy]) }, { ...world.deps, now: () => '2026-11-20T00:00:00Z' });
  expect(inPayments()).toBe(0);
});

it('lets the last person of a group go where the others have a team again, left, or are back', async () => {
  const ids = await people(4);
  const [ada = '', bob = '', cy = '', last = ''] = ids;
  const id = await payments(ids);
  const both = withDirectory({ groups: [...groups, { group: 'Eng Search', team: 'Search', role: 'engineer' }] });
  await changeTo(id, { members: all('remove', [ada, bob, cy]) }, both);
  await createGroup({ displayName: 'Eng Search', members: all('add', [ada]) }, both);
  await change(bob, { active: false }, both);
  await changeTo(id, { members: all('add', [cy]) }, both);
  await changeTo(id, { members: all('remove', [last]) }, both);
  await changeTo(id, { members: all('remove', [cy]) }, both).catch(() => 'refused');
  expect([...world.profiles.values()].map(({ team }) => team)).toEqual(['Search', undefined, 'Payments', undefined]);
});

it('counts nobody as left in a group who left the organisation', async () => {
  const ids = await people(3);
  const id = await payments(ids);
  await change(ids[2] ?? '', { active: false });
  await expect(changeTo(id, { members: all('remove', ids.slice(0, 2)) })).rejects.toMatchObject({ status: 403 });
});

it('two requests that each take out half of a group do not empty it together', async () => {
  const ids = await people(4);
  const id = await payments(ids);
  const halves = [ids.slice(0, 2), ids.slice(2)].map((half) => changeTo(id, { members: all('remove', half) }));
  const done = await Promise.allSettled(halves);
  expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(inPayments()).toBe(2);
});

it('empties a group whose people have another, who left, or whom the file does not name', async () => {
  const ids = await people(3);
  const id = await payments(ids);
  const search = await createGroup({ displayName: 'Eng Search', members: all('add', ids.slice(0, 2)) }, world.deps);
  await change(ids[2] ?? '', { active: false });
  const free = withDirectory({ groups: [{ group: 'Eng Search', team: 'Search', role: 'engineer' }] });
  await followMapping(free);
  await changeTo(id, { members: [{ kind: 'all' }] }, free);
  expect([...world.profiles.values()].map(({ team }) => team)).toEqual(['Search', 'Search', undefined]);
  await expect(removeGroup(search.id, () => {}, free)).rejects.toMatchObject({ status: 403 });
});

it('takes a team from twenty people a day, or from nobody of a request', async () => {
  const ids = await people(30);
  const id = await payments(ids);
  await changeTo(id, { members: all('remove', ids.slice(0, 15)) });
  const more = all('remove', ids.slice(10, 21));
  await expect(changeTo(id, { members: more })).rejects.toMatchObject({
    status: 429,
    detail: expect.stringContaining('directory.lossesADay'),
  });
  expect([inPayments(), world.counts.get('losses 2026-11-19')]).toEqual([15, 15]);
  await changeTo(id, { members: more }, withDirectory({ groups, lossesADay: 21 }));
  expect(inPayments()).toBe(9);
});

it('counts a team that a department gave', async () => {
  const mapped = withDirectory({ departments: [{ department: 'Ledger', team: 'Payments' }] });
  const { directory } = await createUser({ userName: 'ada@example.com', active: true, department: 'Ledger' }, mapped);
  await world.deps.directory.countUnder('losses', '2026-11-19', 20);
  await expect(change(directory.id, { department: 'Canteen' }, mapped)).rejects.toMatchObject({ status: 429 });
  expect(inPayments()).toBe(1);
});

it('takes no team while the file has no directory, and follows one that comes back', async () => {
  const ids = await people(2);
  const id = await payments(ids);
  await followMapping(world.deps);
  const without = { ...world.deps, distribution: aDistribution({}) };
  await followMapping(without);
  await change(ids[0] ?? '', { displayName: 'Ada' }, without);
  await removeGroup(id, () => {}, without);
  expect([...world.profiles.values()]).toMatchObject([{ name: 'Ada', team: 'Payments', role: 'engineer' }, { team: 'Payments' }]);

  await followMapping(world.deps);
  expect(inPayments()).toBe(0);
});

it('keeps a department that was kept, while the file has no directory', async () => {
  const mapped = withDirectory({ departments: [{ department: 'Ledger', team: 'Payments' }] });
  const { directory } = await createUser({ userName: 'ada@example.com', active: true, department: 'Ledger' }, mapped);
  await change(directory.id, { displayName: 'Ada' }, { ...world.deps, distribution: aDistribution({}) });
  expect([...world.profiles.values()]).toMatchObject([{ team: 'Payments', directory: { department: 'Ledger' } }]);
});
