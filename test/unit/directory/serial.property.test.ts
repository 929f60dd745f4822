import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeUser, createUser, removeUser } from '../../../core/directory/change-user.ts';
import type { Membership } from '../../../core/directory/group-draft.ts';
import { changeGroup, createGroup, removeGroup } from '../../../core/directory/groups.ts';
import { DirectoryBusy } from '../../../core/directory/lease.ts';
import type { DirectoryDeps } from '../../../core/directory/ports.ts';
import { DirectoryRefusal } from '../../../core/directory/refusal.ts';
import type { UserDraft } from '../../../core/directory/user-draft.ts';
import { directoryInMemory } from '../../support/directory-in-memory.ts';
import { aDistribution } from '../../support/distribution.ts';

const names = ['ada', 'bob', 'cy'];
const groups = ['Eng Payments', 'Leads'];
const mapping = {
  groups: [
    { group: 'Eng Payments', team: 'Payments', role: 'engineer' },
    { group: 'Leads', role: 'leader' },
  ],
  departments: [{ department: 'Ledger', team: 'Ledger' }],
};

interface Change {
  readonly kind: 'add' | 'remove' | 'all';
  readonly name: string;
}
type Request =
  | { readonly does: 'members'; readonly group: string; readonly members: readonly Change[] }
  | { readonly does: 'name'; readonly group: string; readonly displayName: string }
  | { readonly does: 'make' | 'delete'; readonly group: string }
  | { readonly does: 'user'; readonly name: string; readonly said: Partial<UserDraft> }
  | { readonly does: 'let go'; readonly name: string };

const group = fc.constantFrom('Eng Payments', 'Eng Payments', ...groups);
const name = fc.constantFrom(...names);
/** A PATCH, or a PUT of all who are in it. */
const members: fc.Arbitrary<Change[]> = fc.oneof(
  fc.array(fc.record({ kind: fc.constantFrom<'add' | 'remove'>('add', 'remove'), name }), { minLength: 1, maxLength: 3 }),
  fc.subarray(names).map((all): Change[] => [{ kind: 'all', name: '' }, ...all.map((one) => ({ kind: 'add' as const, name: one }))]),
);
const request: fc.Arbitrary<Request> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ does: fc.constant('members'), group, members }) },
  fc.record({ does: fc.constant('name'), group, displayName: fc.constantFrom(...groups, 'Canteen') }),
  fc.record({ does: fc.constantFrom('make', 'delete'), group }),
  fc.record({ does: fc.constant('user'), name, said: fc.constantFrom({ active: false }, { department: 'Ledger' }, { displayName: 'A' }) }),
  fc.record({ does: fc.constant('let go'), name }),
);

/** Three people, who are all in the first group, and one of them in the second. */
async function aWorld() {
  const world = directoryInMemory();
  const deps: DirectoryDeps = { ...world.deps, distribution: aDistribution({ directory: mapping }) };
  const ids = new Map<string, string>();
  for (const one of names)
    ids.set(one, (await createUser({ userName: `${one}@example.com`, active: true, department: 'Ledger' }, deps)).directory.id);
  const all = [...ids.values()].map((id) => ({ kind: 'add', id }) as const);
  ids.set('Eng Payments', (await createGroup({ displayName: 'Eng Payments', members: all }, deps)).id);
  ids.set('Leads', (await createGroup({ displayName: 'Leads', members: all.slice(0, 1) }, deps)).id);
  return { ...world, deps, idOf: (one: string) => ids.get(one) ?? expect.unreachable() };
}
type World = Awaited<ReturnType<typeof aWorld>>;

async function carryOut(asked: Request, { idOf }: World, deps: DirectoryDeps): Promise<unknown> {
  const unseen = () => {};
  switch (asked.does) {
    case 'members': {
      const members = asked.members.map(({ kind, name: one }): Membership => (kind === 'all' ? { kind } : { kind, id: idOf(one) }));
      return changeGroup(idOf(asked.group), (before) => ({ ...before, members }), unseen, deps);
    }
    case 'name':
      return changeGroup(idOf(asked.group), (before) => ({ ...before, displayName: asked.displayName }), unseen, deps);
    case 'make':
      return createGroup({ displayName: asked.group, members: [{ kind: 'add', id: idOf('cy') }] }, deps);
    case 'delete':
      return removeGroup(idOf(asked.group), unseen, deps);
    case 'user':
      return changeUser(idOf(asked.name), (before) => ({ ...before, ...asked.said }), unseen, deps);
    case 'let go':
      return removeUser(idOf(asked.name), unseen, deps);
  }
}

/** What the directory is answered. One that is told to wait sends the same again. */
async function answerTo(asked: Request, world: World, deps: DirectoryDeps): Promise<string> {
  try {
    await carryOut(asked, world, deps);
    return 'done';
  } catch (error) {
    if (error instanceof DirectoryBusy) return answerTo(asked, world, deps);
    if (error instanceof DirectoryRefusal) return String(error.status);
    throw error;
  }
}

async function seen({ profiles, deps }: World, answers: readonly string[]) {
  const shown = (await deps.directory.readGroups()).map(({ id, displayName }) => ({
    displayName,
    members: [...profiles.values()].filter(({ directory }) => directory?.groups.includes(id)).map(({ address }) => address),
  }));
  const people = [...profiles.values()].map((one) => [one.address, one.team, one.role, one.suspendedBy, one.directory?.department]);
  return JSON.stringify({ answers, groups: shown.toSorted((a, b) => (a.displayName < b.displayName ? -1 : 1)), people });
}

async function oneAfterAnother(order: readonly number[], asked: readonly Request[]): Promise<string> {
  const world = await aWorld();
  const answers: string[] = [];
  for (const n of order) answers[n] = await answerTo(asked[n] ?? expect.unreachable(), world, world.deps);
  return seen(world, answers);
}

/** Each call of a port ends when the scheduler says so. */
const scheduled = <Port extends object>(port: Port, s: fc.Scheduler): Port =>
  new Proxy(port, {
    get: (target, key) => {
      const call: unknown = Reflect.get(target, key);
      if (typeof call !== 'function') return call;
      return async (...given: unknown[]) => {
        await s.schedule(Promise.resolve());
        return Reflect.apply(call, target, given);
      };
    },
  });

async function atOnce(asked: readonly Request[], s: fc.Scheduler): Promise<string> {
  const world = await aWorld();
  const { people, list, directory } = world.deps;
  const deps: DirectoryDeps = {
    ...world.deps,
    people: scheduled(people, s),
    list: scheduled(list, s),
    directory: scheduled(directory, s),
    wait: () => s.schedule(Promise.resolve()),
  };
  const answers = await s.waitFor(Promise.all(asked.map((one) => answerTo(one, world, deps))));
  return seen(world, answers);
}

const ordersOf = (left: readonly number[]): number[][] =>
  left.length === 0 ? [[]] : left.flatMap((n) => ordersOf(left.filter((one) => one !== n)).map((rest) => [n, ...rest]));

it('requests at once end like the same requests one after another, in some order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 3 }), fc.scheduler(), async (asked, s) => {
      const orders = ordersOf(asked.map((_, n) => n));
      const possible = await Promise.all(orders.map((order) => oneAfterAnother(order, asked)));
      expect(possible).toContain(await atOnce(asked, s));
    }),
    { seed: 102, numRuns: 25 },
  );
});
