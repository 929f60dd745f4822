import { expect, it } from 'vitest';
import { nameApprovers, sidsOfApprovers } from '../../../core/people/name-approvers.ts';
import { type Address, subscriberId, suppressionHash } from '../../../core/subscriber/subscriber-id.ts';
import { aDistribution } from '../../support/distribution.ts';
import { peopleInMemory } from '../../support/people-in-memory.ts';

const file = aDistribution({
  streams: {
    'customer-notices': {
      approvers: [{ address: 'Ruth.Abara@example.com', also: ['r.abara@example.com'] }, { address: 'tom.lind@example.com' }],
      escalate: ['cto@example.com', 'tom.lind@example.com'],
    },
  },
});
const sidOf = (address: Pick<Address, 'normalised'>) => subscriberId('staff', address, 'identity');
const sid = (normalised: string) => sidOf({ normalised });
const all = ['ruth.abara@example.com', 'r.abara@example.com', 'tom.lind@example.com', 'cto@example.com'];
const named = async (world: ReturnType<typeof peopleInMemory>) => {
  await nameApprovers(file, { ...world.deps, suppressionSecret: world.deps.secrets.suppression, sidOf });
  return [...world.profiles.keys()].toSorted();
};

it('knows the ids of all addresses of approvers and of those who are asked last, however they are written', () => {
  expect(sidsOfApprovers(file, sidOf)).toEqual(Object.fromEntries(all.map((address) => [address, sid(address)])));
  expect(sidsOfApprovers(aDistribution(), sidOf)).toEqual({});
  const noApprovers = aDistribution({ streams: { 'customer-notices': { escalate: ['cto@example.com'] } } });
  expect(sidsOfApprovers(noApprovers, sidOf)).toEqual({});
});

it('gives each of them a profile without streams, once', async () => {
  const world = peopleInMemory();

  expect(await named(world)).toEqual(all.map(sid).toSorted());
  expect(world.profiles.get(sid('ruth.abara@example.com'))).toMatchObject({
    ...{ realm: 'staff', address: 'Ruth.Abara@example.com', streams: {}, revision: 1 },
    generation: expect.any(Number),
  });
  world.log.length = 0;
  await named(world);
  expect(world.log).toEqual([]);
});

it('leaves a profile alone that is there, and makes none where somebody made one at the same moment', async () => {
  const world = peopleInMemory();
  await named(world);
  const tom = world.profiles.get(sid('tom.lind@example.com'));
  if (!tom) throw new Error('no profile');
  const changed = { ...tom, name: 'Tom', revision: 5 };
  world.profiles.set(tom.sid, changed);
  world.profiles.delete(sid('cto@example.com'));
  const theirs = { ...tom, sid: sid('cto@example.com'), address: 'cto@example.com', name: 'Sofia' };
  world.beforeNextWrite(() => world.profiles.set(theirs.sid, theirs));
  await named(world);

  expect(world.profiles.get(tom.sid)).toEqual(changed);
  expect(world.profiles.get(theirs.sid)).toEqual(theirs);
});

it('makes none for who was erased or moved away: somebody else may have the mailbox now', async () => {
  const hashOf = (address: string) => suppressionHash(sid(address), peopleInMemory().deps.secrets.suppression);
  const world = peopleInMemory({ forgotten: [hashOf('tom.lind@example.com')], moved: [hashOf('cto@example.com')] });

  expect(await named(world)).toEqual([sid('ruth.abara@example.com'), sid('r.abara@example.com')].toSorted());
});
