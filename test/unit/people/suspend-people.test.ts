import { expect, it } from 'vitest';
import { suspendPeople } from '../../../core/people/suspend-people.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { peopleInMemory } from '../../support/people-in-memory.ts';

function aWorld() {
  const world = peopleInMemory();
  for (const n of [1, 2]) world.profiles.set(aSid(n), aProfile({ sid: aSid(n), revision: 3 }));
  return { ...world, suspend: (...leavers: { sid: string; revision: number }[]) => suspendPeople(leavers, world.deps) };
}
const one = { sid: aSid(1), revision: 3 };

it('suspends who has not changed since the list was read, and keeps every setting', async () => {
  const { suspend, profiles } = aWorld();
  expect(await suspend(one)).toEqual({ suspended: 1, unchanged: 0, kept: [] });
  expect(profiles.get(one.sid)).toEqual({ ...aProfile({ sid: one.sid }), suspended: { at: '2026-11-19T15:00:00Z' }, revision: 4 });
  expect(profiles.get(aSid(2))?.suspended).toBeUndefined();
});

it('changes nothing when the same batch comes again', async () => {
  const { suspend, log } = aWorld();
  await suspend(one);
  log.length = 0;
  expect(await suspend(one)).toEqual({ suspended: 0, unchanged: 1, kept: [] });
  expect(log).toEqual([]);
});

it('leaves alone who was changed since the list was read, and who is gone', async () => {
  const { suspend, profiles } = aWorld();
  profiles.set(one.sid, aProfile({ sid: one.sid, team: 'Payments', revision: 4 }));
  const gone = { sid: aSid(9), revision: 1 };
  expect(await suspend(one, gone)).toEqual({ suspended: 0, unchanged: 0, kept: [one.sid, gone.sid] });
  expect(profiles.get(one.sid)?.suspended).toBeUndefined();
});

it('leaves alone who is changed at the very moment of the write', async () => {
  const { suspend, profiles, beforeNextWrite } = aWorld();
  beforeNextWrite(() => profiles.set(one.sid, aProfile({ sid: one.sid, team: 'Payments', revision: 4 })));
  expect(await suspend(one)).toEqual({ suspended: 0, unchanged: 0, kept: [one.sid] });
  expect(profiles.get(one.sid)).toMatchObject({ team: 'Payments' });
});
