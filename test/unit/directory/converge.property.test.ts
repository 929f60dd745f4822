import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeUser, createUser } from '../../../core/directory/change-user.ts';
import { changeGroup, createGroup } from '../../../core/directory/groups.ts';
import { listUsers } from '../../../core/directory/list-users.ts';
import type { DirectoryDeps } from '../../../core/directory/ports.ts';
import { DirectoryRefusal } from '../../../core/directory/refusal.ts';
import type { UserDraft } from '../../../core/directory/user-draft.ts';
import { importPeople } from '../../../core/people/import-people.ts';
import type { PersonLine } from '../../../core/people/read-person.ts';
import { suspendPeople } from '../../../core/people/suspend-people.ts';
import { fewAtATime } from '../../../core/shared/few-at-a-time.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { directoryInMemory } from '../../support/directory-in-memory.ts';
import { peopleInMemory } from '../../support/people-in-memory.ts';

const names = ['ada', 'bob', 'cy'];
const groups = ['Eng Payments', 'Leads', 'Eng Search', 'Canteen'];

/** What a directory says, in the end, of one person: it may be said in any order, and twice. */
type Fact =
  | { readonly kind: 'user'; readonly name: string; readonly said: Partial<UserDraft> }
  | { readonly kind: 'member'; readonly name: string; readonly group: string; readonly isIn: boolean };

const facts: Fact[] = [
  ...names.flatMap((name, n): Fact[] => [
    { kind: 'user', name, said: { active: n !== 1 } },
    ...groups.map((group, m): Fact => ({ kind: 'member', name, group, isIn: (n + m) % 2 === 0 })),
  ]),
  { kind: 'user', name: 'cy', said: { userName: 'cy.obi@example.com' } },
  { kind: 'user', name: 'ada', said: { displayName: 'Ada Obi' } },
];

/** The same people as two files: of the day before, and of this day. */
const before: PersonLine[] = [
  { line: 2, address: 'ada@example.com', name: 'ada', team: 'Payments', role: 'engineer' },
  { line: 3, address: 'bob@example.com', name: 'bob', role: 'leader' },
];
const today: PersonLine[] = [
  { line: 2, address: 'ada@example.com', name: 'Ada Obi', team: 'Payments', role: 'engineer' },
  { line: 3, address: 'cy.obi@example.com', name: 'cy', team: 'Payments', role: 'engineer' },
];

const orRefusal = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof DirectoryRefusal)) throw error;
  }
};

/** A directory remembers the id that it was told, and sends a POST again whose answer it lost. */
async function idOf(name: string, known: Map<string, Promise<string>>, deps: DirectoryDeps): Promise<string> {
  const create = () => createUser({ userName: `${name}@example.com`, active: true, displayName: name }, deps);
  const id = known.get(name) ?? create().then(({ directory }) => directory.id);
  if (known.has(name)) await orRefusal(create());
  known.set(name, id);
  return id;
}

async function groupId(displayName: string, deps: DirectoryDeps): Promise<string> {
  await orRefusal(createGroup({ displayName, members: [] }, deps));
  return (await deps.directory.readGroups()).find((one) => one.displayName === displayName)?.id ?? expect.unreachable();
}

async function say(fact: Fact, known: Map<string, Promise<string>>, deps: DirectoryDeps): Promise<void> {
  const id = await idOf(fact.name, known, deps);
  if (fact.kind === 'user') {
    await changeUser(
      id,
      (user) => ({ ...user, ...fact.said }),
      () => {},
      deps,
    );
    return;
  }
  const members = [{ kind: fact.isIn ? 'add' : 'remove', id } as const];
  await changeGroup(
    await groupId(fact.group, deps),
    (group) => ({ ...group, members }),
    () => {},
    deps,
  );
}

async function peopleAfter(said: readonly Fact[], abreast: boolean) {
  const world = directoryInMemory();
  const known = new Map<string, Promise<string>>();
  await fewAtATime(said, (fact) => say(fact, known, world.deps), abreast ? 4 : 1);
  const directory = [...world.profiles.values()].map(({ address, suspendedBy, directory: { active, groups: all = [] } = {} }) => [
    ...[address, suspendedBy, active, all.length],
  ]);
  return { people: seen(world.profiles.values()), directory: directory.toSorted() };
}

const seen = (profiles: Iterable<Profile>) =>
  [...profiles]
    .map(({ address, name, team, role, suspended, streams }) => ({
      ...{ address, name, team, role, isSuspended: suspended !== undefined, streams: Object.keys(streams).toSorted() },
    }))
    .toSorted((a, b) => (a.address < b.address ? -1 : 1));

/** Like `people import --sync` on both days. */
async function peopleAfterSync() {
  const { deps, profiles } = peopleInMemory();
  const { distribution, sessions } = directoryInMemory().deps;
  await importPeople(before, distribution, deps);
  const active = [...profiles.values()].map(({ sid, revision }) => ({ sid, revision }));
  const { staff } = await importPeople(today, distribution, deps);
  const missing = active.filter(({ sid }) => !staff.includes(sid));
  await suspendPeople(missing, { ...deps, sessions });
  return seen(profiles.values());
}

it('any order of what a directory says in a day, with repeats and at once, ends with the people of a synchronised file', async () => {
  const wanted = await peopleAfter(facts, false);
  expect(wanted.people).toMatchObject([
    { address: 'ada@example.com', team: 'Payments', role: 'engineer', isSuspended: false, streams: ['engineering-digest'] },
    { address: 'bob@example.com', team: undefined, role: 'leader', isSuspended: true },
    { address: 'cy.obi@example.com', name: 'cy', team: 'Payments' },
  ]);
  expect(wanted.people).toEqual(await peopleAfterSync());
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
