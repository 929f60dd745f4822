import { expect, it } from 'vitest';
import type { AuditLine } from '../../../core/audit/audit.ts';
import { importPeople } from '../../../core/people/import-people.ts';
import { type PersonChange, setPerson, unknownNames } from '../../../core/people/set-person.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { peopleInMemory } from '../../support/people-in-memory.ts';

const settings = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };

function aWorld(profile: Partial<Profile> = {}, distribution = aDistribution()) {
  const world = peopleInMemory();
  const lines: AuditLine[] = [];
  const ada = aProfile({ name: 'Ada', role: 'engineer', ...profile });
  world.profiles.set(ada.sid, ada);
  const { people, now } = world.deps;
  const deps = {
    ...{ people, distribution, now: () => new Date(now()), identitySecret: async () => 'identity' },
    slots: {
      hasRoom: async () => true,
      putSlot: async () => {},
      removeEmptySlot: async () => {},
      readSubscription: async () => undefined,
      removeSubscription: async () => true,
    },
    editions: { listOpen: async () => [] },
    audit: { record: async (line: AuditLine) => void lines.push(line) },
  };
  const set = (change: PersonChange) => setPerson(ada, change, 'key-1', deps);
  return { ...world, set, lines, deps, ada: () => world.profiles.get(ada.sid) };
}

it('changes what is named, keeps the rest, and says in the log which fields and not what they are', async () => {
  const { set, ada, lines } = aWorld({ zone: 'Asia/Tokyo' });
  expect(await set({ team: ' Payments ', zone: '' })).toMatchObject({ kind: 'set', changed: ['team', 'zone'] });
  expect(ada()).toMatchObject({ name: 'Ada', role: 'engineer', team: 'Payments', revision: 2 });
  expect(ada()).not.toHaveProperty('zone');
  expect(lines).toMatchObject([{ who: 'key-1', act: 'person changed', facts: { subscriber: aSid(1), fields: 'team zone' } }]);
  expect(JSON.stringify(lines)).not.toContain('Payments');
});

it('changes nothing the second time', async () => {
  const { set, lines, log } = aWorld();
  const change = { team: 'Payments', streams: { 'sev1-alerts': 'on' } } as const;
  await set(change);
  const [written, told] = [log.length, lines.length];
  expect(await set(change)).toMatchObject({ kind: 'set', changed: [] });
  expect([log.length, lines.length]).toEqual([written, told]);
});

it('gives a stream that the file lets nobody switch on, and takes it away again', async () => {
  const { set, ada, rows, lines } = aWorld();
  expect(await set({ streams: { 'sev1-alerts': 'on' } })).toMatchObject({ changed: ['sev1-alerts.frequency'] });
  expect(ada()?.streams['sev1-alerts']).toMatchObject({ on: true, consent: { way: 'operator' } });
  expect(ada()?.grants).toMatchObject({ 'sev1-alerts': { way: 'import' } });
  expect([...rows.keys()]).toEqual([`sev1-alerts default ${aSid(1)}`]);
  await set({ streams: { 'sev1-alerts': 'off' } });
  expect(ada()?.streams['sev1-alerts']).toMatchObject({ on: false });
  expect(lines.map(({ act, who }) => `${act} ${who}`)).toEqual(['subscription changed key-1', 'subscription changed key-1']);
});

it('brings the streams of a new role that they never had, and none that they left', async () => {
  const distribution = aDistribution({
    streams: {
      'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' }, subscribe: ['leader'] },
      'sev1-alerts': { severities: ['sev1'], subscribe: ['leader'] },
    },
  });
  const { set, ada } = aWorld({ streams: { 'engineering-digest': { ...settings, on: false } } }, distribution);
  expect(await set({ role: 'leader' })).toMatchObject({ changed: ['role', 'sev1-alerts.frequency'] });
  expect(ada()?.streams).toMatchObject({ 'engineering-digest': { on: false }, 'sev1-alerts': { on: true } });
});

it('leaves a stream off that is named beside a new role', async () => {
  const { set, ada } = aWorld();
  await set({ role: 'leader', streams: { 'sev1-alerts': 'off' } });
  expect(ada()?.streams).not.toHaveProperty('sev1-alerts');
});

it('moves a chosen hour into the new zone', async () => {
  const slots = [{ slot: 'w2-0900-Europe--Berlin', at: '2026-11-01T00:00:00Z' }];
  const { set, ada } = aWorld({ streams: { 'engineering-digest': { ...settings, slots } } });
  await set({ zone: 'Asia/Kolkata' });
  expect(ada()?.zone).toBe('Asia/Kolkata');
  expect(ada()?.streams['engineering-digest']?.slots.at(-1)?.slot).toBe('w2-0900-Asia--Kolkata');
});

it.each<[string, PersonChange, string]>([
  ['a zone that is none', { zone: 'Mars', team: 'Payments' }, 'zone'],
  ['two lines', { name: 'A\nB', team: 'Payments' }, 'name'],
  ['a name that is too long', { team: 'x'.repeat(121) }, 'team'],
  ['a frequency that the stream does not have', { team: 'Payments', streams: { 'sev1-alerts': 'weekly' } }, 'sev1-alerts.frequency'],
  ['a stream that is not in the file', { team: 'Payments', streams: { 'leadership-brief': 'on' } }, 'leadership-brief.frequency'],
  ['a stream of customers', { streams: { 'customer-notices': 'on' } }, 'customer-notices.frequency'],
])('writes nothing at all for %s', async (_what, change, field) => {
  const { set, log, lines } = aWorld();
  expect(await set(change)).toMatchObject({ kind: 'refused', flaws: [{ field }] });
  expect([log, lines]).toEqual([[], []]);
});

it('takes no mandatory stream away, and no customer back who left', async () => {
  const address = 'lead@example.com';
  const led = aWorld({ address, streams: { 'sev1-alerts': settings } }, aDistribution({ teams: [{ name: 'Payments', leads: [address] }] }));
  expect(await led.set({ streams: { 'sev1-alerts': 'off' } })).toMatchObject({
    kind: 'refused',
    flaws: [{ problem: 'cannot be switched off: they are told “you are a lead of Payments”' }],
  });
  const left = { ...settings, on: false };
  const customer = aWorld({ realm: 'customers', streams: { 'customer-notices': left } });
  expect(await customer.set({ streams: { 'customer-notices': 'on' } })).toMatchObject({ kind: 'refused' });
});

it('says which names the file does not have, with the nearest', () => {
  const file = aDistribution({ teams: [{ name: 'Payments' }] });
  expect(unknownNames({ realm: 'staff', team: 'Paymnets', role: 'enginer' }, file)).toEqual({
    teams: [{ name: 'Paymnets', meant: 'Payments' }],
    roles: [{ name: 'enginer', meant: 'engineer' }],
  });
  expect(unknownNames({ realm: 'customers', team: 'Their own' }, file)).toEqual({ teams: [], roles: [] });
});

it('answers gone for nobody', async () => {
  const { deps } = aWorld();
  expect(await setPerson({ realm: 'staff', sid: aSid(9) }, { team: 'Payments' }, 'key-1', deps)).toEqual({ kind: 'gone' });
});

it('does not end a suspension, and an import does not end an operator’s', async () => {
  const suspension = { suspended: { at: '2026-11-18T08:00:00Z' }, suspendedBy: 'operator' };
  const address = 'ada@example.com';
  const world = peopleInMemory();
  const line = { line: 2, address, team: 'Storefront', role: 'engineer' };
  await importPeople([line], aDistribution(), world.deps);
  const [profile] = [...world.profiles.values()];
  world.profiles.set(profile?.sid ?? '', { ...(profile ?? expect.unreachable()), ...suspension });

  expect(await importPeople([line], aDistribution(), world.deps)).toMatchObject({ unchanged: 1, restored: 0, linesSuspended: [2] });
  expect(await importPeople([{ ...line, team: 'Payments' }], aDistribution(), world.deps)).toMatchObject({
    changed: 1,
    linesSuspended: [2],
  });
  expect(world.only()).toMatchObject({ team: 'Payments', ...suspension });

  world.profiles.set(profile?.sid ?? '', { ...(world.only() ?? expect.unreachable()), suspendedBy: 'a later release' });
  expect(await importPeople([line], aDistribution(), world.deps)).toMatchObject({ restored: 1, linesSuspended: [] });
  expect(world.only()).not.toHaveProperty('suspended');
  expect(world.only()).not.toHaveProperty('suspendedBy');
});

it('sets handles by the rules of an import, and an empty text takes them away', async () => {
  const { set, ada } = aWorld();
  expect(await set({ handles: '@ada-l ada-l' })).toMatchObject({ kind: 'set', changed: ['handles'] });
  expect(ada()).toMatchObject({ handles: ['ada-l'], revision: 2 });
  expect(await set({ handles: 'ada-l' })).toMatchObject({ changed: [] });
  expect(await set({ handles: 'a@b.c' })).toMatchObject({ kind: 'refused', flaws: [{ field: 'handles' }] });
  expect(await set({ handles: '' })).toMatchObject({ changed: ['handles'] });
  expect(ada()).not.toHaveProperty('handles');
});
