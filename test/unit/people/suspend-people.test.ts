import { expect, it } from 'vitest';
import { suspendPeople } from '../../../core/people/suspend-people.ts';
import { aSession } from '../../support/a-session.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { peopleInMemory } from '../../support/people-in-memory.ts';
import { sessionsInMemory } from '../../support/sessions-in-memory.ts';

function aWorld() {
  const world = peopleInMemory();
  for (const n of [1, 2]) world.profiles.set(aSid(n), aProfile({ sid: aSid(n), revision: 3 }));
  const sessions = sessionsInMemory(...[1, 2].map((n) => aSession({ sid: aSid(n) })));
  return {
    ...world,
    sessions,
    suspend: (...leavers: { sid: string; revision: number }[]) => suspendPeople(leavers, { ...world.deps, sessions }),
  };
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

it('ends the sessions and feeds of whom it suspends, and of nobody else; after a crash, the same batch does', async () => {
  const { suspend, sessions, profiles } = aWorld();
  profiles.set(aSid(2), aProfile({ sid: aSid(2), revision: 4 }));
  await suspend(one, { sid: aSid(2), revision: 3 });
  expect([...sessions.kept.values()].map(({ sid }) => sid)).toEqual([aSid(2)]);

  await sessions.put(aSession({ sid: one.sid, kind: 'feed' }));
  await suspend(one);
  expect(await sessions.list(one.sid)).toEqual([]);
});
