import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeUser, createUser } from '../../../core/directory/change-user.ts';
import { changeGroup, createGroup } from '../../../core/directory/groups.ts';
import { listUsers } from '../../../core/directory/list-users.ts';
import type { DirectoryDeps } from '../../../core/directory/ports.ts';
import { DirectoryRefusal } from '../../../core/directory/refusal.ts';
import { fewAtATime } from '../../../core/shared/few-at-a-time.ts';
import { directoryInMemory } from '../../support/directory-in-memory.ts';

const names = ['ada', 'bob', 'cy'];
const groups = ['Eng Payments', 'Leads', 'Eng Search', 'Canteen'];

/** What a directory says, in the end, of one person: it may be said in any order, and twice. */
type Fact =
  | { readonly kind: 'user'; readonly name: string; readonly active: boolean }
  | { readonly kind: 'member'; readonly name: string; readonly group: string; readonly isIn: boolean };

const facts: Fact[] = names.flatMap((name, n): Fact[] => [
  { kind: 'user', name, active: n !== 1 },
  ...groups.map((group, m): Fact => ({ kind: 'member', name, group, isIn: (n + m) % 2 === 0 })),
]);

const orRefusal = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DirectoryRefusal)) throw error;
  }
};

async function idOf(name: string, deps: DirectoryDeps): Promise<string> {
  await orRefusal(createUser({ userName: `${name}@example.com`, active: true, displayName: name }, deps));
  const { resources } = await listUsers(
    [{ path: { attribute: 'username' }, value: `${name}@example.com` }],
    { startIndex: 1, count: 1 },
    deps,
  );
  return resources[0]?.directory.id ?? expect.unreachable();
}

async function groupId(displayName: string, deps: DirectoryDeps): Promise<string> {
  await orRefusal(createGroup({ displayName, members: [] }, deps));
  return (await deps.directory.readGroups()).find((one) => one.displayName === displayName)?.id ?? expect.unreachable();
}

async function say(fact: Fact, deps: DirectoryDeps): Promise<void> {
  const id = await idOf(fact.name, deps);
  if (fact.kind === 'user') {
    await changeUser(
      id,
      (before) => ({ ...before, active: fact.active }),
      () => {},
      deps,
    );
    return;
  }
  const members = [{ kind: fact.isIn ? 'add' : 'remove', id } as const];
  await changeGroup(
    await groupId(fact.group, deps),
    (before) => ({ ...before, members }),
    () => {},
    deps,
  );
}

async function peopleAfter(said: readonly Fact[], abreast: boolean) {
  const world = directoryInMemory();
  await fewAtATime(said, (fact) => say(fact, world.deps), abreast ? 4 : 1);
  return [...world.profiles.values()]
    .map(({ address, team, role, suspended, suspendedBy, streams, directory }) => ({
      ...{ address, team, role, isSuspended: suspended !== undefined, suspendedBy, streams: Object.keys(streams).toSorted() },
      groups: directory?.groups.length,
      active: directory?.active,
    }))
    .toSorted((a, b) => (a.address < b.address ? -1 : 1));
}

it('any order of what a directory says, with repeats and at once, ends with the same people', async () => {
  const wanted = await peopleAfter(facts, false);
  expect(wanted).toMatchObject([
    { address: 'ada@example.com', team: 'Payments', role: 'engineer', isSuspended: false, groups: 2 },
    { address: 'bob@example.com', team: undefined, role: 'leader', isSuspended: true, suspendedBy: 'directory' },
    { address: 'cy@example.com', team: 'Payments' },
  ]);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }), fc.boolean(), async (said, abreast) => {
      expect(await peopleAfter(said, abreast)).toEqual(wanted);
    }),
    { seed: 97, numRuns: 8 },
  );
});

it('pages of 10,000 people have everybody once, and say how many there are', async () => {
  const world = directoryInMemory();
  world.fill(10_000);
  const seen = new Set<string>();
  let startIndex = 1;
  for (;;) {
    const { total, resources } = await listUsers([], { startIndex, count: 10_000 }, world.deps);
    expect(total).toBe(10_000);
    if (resources.length === 0) break;
    for (const { directory } of resources) seen.add(directory.id);
    startIndex += resources.length;
    if (startIndex === 401) startIndex = 9_801;
  }
  expect(seen.size).toBe(600);
});
