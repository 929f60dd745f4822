import { expect, it } from 'vitest';
import { importPeople } from '../../../core/people/import-people.ts';
import type { PersonLine } from '../../../core/people/read-person.ts';
import { PersonInDispute } from '../../../core/subscriber/rewrite-profile.ts';
import { subscriberId, suppressionHash } from '../../../core/subscriber/subscriber-id.ts';
import { aDistribution } from '../../support/distribution.ts';
import { peopleInMemory } from '../../support/people-in-memory.ts';

const distribution = aDistribution();
const aLine = (change: Partial<PersonLine> = {}): PersonLine => ({
  line: 2,
  address: 'ada@example.com',
  name: 'Ada',
  role: 'engineer',
  ...change,
});
const sidOf = (normalised: string) => subscriberId('staff', { normalised }, 'identity');

it('adds a person with the streams of the role', async () => {
  const world = peopleInMemory();
  expect(await importPeople([aLine()], distribution, world.deps)).toEqual({
    added: 1,
    changed: 0,
    unchanged: 0,
    restored: 0,
    staff: [sidOf('ada@example.com')],
    withoutStreams: 0,
    linesWithoutStreams: [],
    linesSuspended: [],
    unknownTeams: [],
    refused: [],
    subscribed: { 'engineering-digest': [sidOf('ada@example.com')] },
  });
  expect(world.only()).toMatchObject({
    sid: sidOf('ada@example.com'),
    realm: 'staff',
    address: 'ada@example.com',
    name: 'Ada',
    revision: 1,
  });
  expect(Object.keys(world.only()?.streams ?? {})).toEqual(['engineering-digest']);
});

it('counts whose team the distribution file does not list, and asks for the nearest name; only where it lists any', async () => {
  const inTeam = (name: string, team: string, more: Partial<PersonLine> = {}) => aLine({ address: `${name}@example.com`, team, ...more });
  const lines = [
    inTeam('a', 'Paymnets'),
    inTeam('b', 'payments '),
    inTeam('c', 'Paymnets'),
    inTeam('d', 'Facilities'),
    inTeam('e', 'Refused', { zone: 'Mars' }),
    inTeam('f', 'Their own', { streams: 'customer-notices' }),
  ].map((line, n) => ({ ...line, line: n + 2 }));
  const withTeams = aDistribution({ teams: [{ name: 'Payments' }, { name: 'Search' }] });

  expect((await importPeople(lines, withTeams, peopleInMemory().deps)).unknownTeams).toEqual([
    { name: 'Paymnets', meant: 'Payments', people: 2 },
    { name: 'Facilities', meant: undefined, people: 1 },
  ]);
  expect((await importPeople(lines, distribution, peopleInMemory().deps)).unknownTeams).toEqual([]);
});

it('puts the index row first and stamps the profile after it', async () => {
  const world = peopleInMemory();
  await importPeople([aLine()], distribution, world.deps);
  const [row] = [...world.rows.values()];
  expect(world.log).toEqual(['row engineering-digest', 'profile']);
  expect(world.only()?.streams['engineering-digest']?.since.localeCompare(row ?? '')).toBe(1);
  expect(world.only()?.streams['engineering-digest']?.slots).toEqual([
    { slot: 'default', at: world.only()?.streams['engineering-digest']?.since },
  ]);
});

it('writes nothing when the same batch comes again', async () => {
  const world = peopleInMemory();
  await importPeople([aLine()], distribution, world.deps);
  world.log.length = 0;
  expect(await importPeople([aLine()], distribution, world.deps)).toMatchObject({ unchanged: 1, refused: [] });
  expect(world.log).toEqual([]);
});

it('changes what the line says and leaves alone what it leaves empty', async () => {
  const world = peopleInMemory();
  await importPeople([aLine({ team: 'Payments', zone: 'Europe/Paris' })], distribution, world.deps);
  expect(await importPeople([aLine({ name: 'Ada L.', team: '', zone: undefined })], distribution, world.deps)).toMatchObject({
    changed: 1,
  });
  expect(world.only()).toMatchObject({ name: 'Ada L.', team: 'Payments', zone: 'Europe/Paris', revision: 2 });
});

it.each(['', 'engineering-digest'])("never undoes a reader's own unsubscribe, streams written %j", async (streams) => {
  const world = peopleInMemory();
  await importPeople([aLine()], distribution, world.deps);
  const profile = world.only();
  const left = { on: false, since: '2026-11-19T16:00:00Z', slots: [{ slot: 'default', at: '2026-11-19T16:00:00Z' }] };
  if (profile) world.profiles.set(profile.sid, { ...profile, streams: { 'engineering-digest': left }, revision: 2 });

  expect(await importPeople([aLine({ streams })], distribution, world.deps)).toMatchObject({ unchanged: 1 });
  expect(world.only()?.streams['engineering-digest']).toEqual(left);
});

it('adds streams with a new role and takes none away', async () => {
  const world = peopleInMemory();
  await importPeople([aLine()], distribution, world.deps);
  await importPeople([aLine({ role: 'Leader' })], distribution, world.deps);
  expect(world.only()?.streams).toMatchObject({ 'engineering-digest': { on: true }, 'sev1-alerts': { on: true } });
});

it.each([
  ['engineering-digest | SEV1-alerts', ['engineering-digest', 'sev1-alerts']],
  ['sev1-alerts;leadership-brief', ['sev1-alerts', 'leadership-brief']],
  ['none', []],
])('takes streams written %j', async (streams, expected) => {
  const world = peopleInMemory();
  await importPeople([aLine({ streams })], distribution, world.deps);
  expect(Object.keys(world.only()?.streams ?? {})).toEqual(expected);
});

it('gives everyone what the distribution file gives to everyone', async () => {
  const world = peopleInMemory();
  const forAll = aDistribution({ streams: { 'sev1-alerts': { severities: ['sev1'], subscribe: ['everyone'] } } });
  await importPeople([aLine({ role: undefined })], forAll, world.deps);
  expect(Object.keys(world.only()?.streams ?? {})).toEqual(['sev1-alerts']);
});

it('puts customers into their own realm, outside the organisation', async () => {
  const world = peopleInMemory();
  await importPeople([aLine({ address: 'eve@customer.example', streams: 'customer-notices' })], distribution, world.deps);
  expect(world.only()).toMatchObject({
    realm: 'customers',
    sid: subscriberId('customers', { normalised: 'eve@customer.example' }, 'identity'),
  });
});

it.each<[Partial<PersonLine>, string, string]>([
  [{ address: 'ada' }, 'address', 'not an address'],
  [{ address: 'ada@example.org' }, 'address', 'outside the organisation'],
  [{ address: 'ada@sub.example.com' }, 'address', 'outside the organisation'],
  [{ name: 'Ada\r\nBcc: eve@example.com' }, 'name', 'control characters'],
  [{ team: 'x'.repeat(121) }, 'team', 'longer than 120'],
  [{ role: 'eng\u202eineer' }, 'role', 'control characters'],
  [{ zone: 'Mars/Olympus' }, 'zone', 'not an IANA time zone'],
  [{ streams: 'engineering-digst' }, 'streams', 'is no stream'],
  [{ streams: 'none sev1-alerts' }, 'streams', 'beside a stream'],
  [{ streams: 'customer-notices sev1-alerts' }, 'streams', 'beside streams for staff'],
])('refuses %j and imports the rest', async (change, field, problem) => {
  const world = peopleInMemory();
  const answer = await importPeople(
    [aLine({ line: 7, ...change }), aLine({ line: 8, address: 'bob@example.com' })],
    distribution,
    world.deps,
  );
  expect(answer).toMatchObject({ added: 1, refused: [{ line: 7, field, problem: expect.stringContaining(problem) }] });
  expect([...world.profiles.keys()]).toEqual([sidOf('bob@example.com')]);
});

it('names the streams where one is misspelt', async () => {
  const { refused } = await importPeople([aLine({ streams: 'customer-impct' })], distribution, peopleInMemory().deps);
  expect(refused[0]?.remedy).toContain('Did you mean customer-impact? Streams are engineering-digest, sev1-alerts, leadership-brief,');
});

it('takes the first of two lines with the same address', async () => {
  const world = peopleInMemory();
  const answer = await importPeople([aLine(), aLine({ line: 3, address: 'Ada@Example.com', name: 'Other' })], distribution, world.deps);
  expect(answer).toMatchObject({ added: 1, refused: [{ line: 3, field: 'address', problem: 'stands in line 2 already' }] });
  expect(world.only()?.name).toBe('Ada');
});

it('does not bring back somebody who asked to be forgotten', async () => {
  const world = peopleInMemory({ forgotten: [suppressionHash(sidOf('ada@example.com'), 'suppression')] });
  expect(await importPeople([aLine()], distribution, world.deps)).toMatchObject({
    added: 0,
    refused: [{ line: 2, problem: expect.stringContaining('was erased') }],
  });
  expect(world.log).toEqual([]);
});

it('takes who was forgotten and came back by signing up, though not before they confirmed it', async () => {
  const world = peopleInMemory({ forgotten: [suppressionHash(sidOf('ada@example.com'), 'suppression')] });
  const at = '2026-11-19T14:00:00Z';
  const consent = { at, way: 'signup' as const, text: 'sign-up-1' };
  const came = { sid: sidOf('ada@example.com'), realm: 'staff' as const, address: 'ada@example.com', revision: 1 };
  world.profiles.set(came.sid, { ...came, streams: {}, unconfirmed: { at } });
  expect(await importPeople([aLine()], distribution, world.deps)).toMatchObject({ changed: 0, staff: [], refused: [{ forgotten: true }] });

  const settings = { on: true, since: at, slots: [{ slot: 'default', at }], consent };
  world.profiles.set(came.sid, { ...came, streams: { 'engineering-digest': settings } });
  expect(await importPeople([aLine()], distribution, world.deps)).toMatchObject({ changed: 1, refused: [] });
});

it('does not bring back who is erased in the very moment of being imported', async () => {
  const forgotten: string[] = [];
  const world = peopleInMemory({ forgotten });
  await importPeople([aLine()], distribution, world.deps);
  world.beforeNextWrite(() => {
    forgotten.push(suppressionHash(sidOf('ada@example.com'), 'suppression'));
    world.profiles.clear();
  });
  const answer = await importPeople([aLine({ name: 'Ada Lovelace' })], distribution, world.deps);
  expect(answer).toMatchObject({ added: 0, changed: 0, staff: [], refused: [{ line: 2, forgotten: true }] });
  expect(world.only()).toBeUndefined();
});

it('does not bring back who is moved to another address in the very moment of being imported', async () => {
  const moved: string[] = [];
  const world = peopleInMemory({ moved });
  await importPeople([aLine()], distribution, world.deps);
  world.beforeNextWrite(() => {
    moved.push(suppressionHash(sidOf('ada@example.com'), 'suppression'));
    world.profiles.clear();
  });
  const answer = await importPeople([aLine({ name: 'Ada Lovelace' })], distribution, world.deps);
  const refused = [{ line: 2, problem: 'this person was moved to another address' }];
  expect(answer).toMatchObject({ added: 0, changed: 0, staff: [], refused });
  expect(world.only()).toBeUndefined();
});

it.each(['forgotten', 'moved'] as const)(
  'leaves who was %s to confirm for themselves, also where they sign up in the very moment of being imported',
  async (mark) => {
    const hashes: string[] = [];
    const world = peopleInMemory({ [mark]: hashes });
    const sid = sidOf('ada@example.com');
    world.beforeNextWrite(() => {
      hashes.push(suppressionHash(sid, 'suppression'));
      const unconfirmed = { at: '2026-11-19T15:00:00Z' };
      world.profiles.set(sid, { sid, realm: 'staff', address: 'ada@example.com', streams: {}, unconfirmed, revision: 1 });
    });
    expect(await importPeople([aLine()], distribution, world.deps)).toMatchObject({ added: 0, changed: 0, refused: [{ line: 2 }] });
    expect(world.only()).toMatchObject({ streams: {}, unconfirmed: {}, revision: 1 });
  },
);

it('takes an operator’s word for a confirmation that never came', async () => {
  const world = peopleInMemory();
  await importPeople([aLine()], distribution, world.deps);
  const profile = world.only() ?? expect.unreachable();
  world.profiles.set(profile.sid, { ...profile, unconfirmed: { at: '2026-11-19T14:00:00Z' } });
  expect(await importPeople([aLine()], distribution, world.deps)).toMatchObject({ changed: 1 });
  expect(world.only()).not.toHaveProperty('unconfirmed');
});

it('brings back who was suspended, with the settings that they had', async () => {
  const world = peopleInMemory();
  await importPeople([aLine()], distribution, world.deps);
  const profile = world.only() ?? expect.unreachable();
  const off = { on: false, since: '2026-11-19T16:00:00Z', slots: [{ slot: 'default', at: '2026-11-19T16:00:00Z' }] };
  const left = { ...profile, streams: { 'engineering-digest': off }, snoozedUntil: '2026-12-01T00:00:00Z' };
  world.profiles.set(profile.sid, { ...left, suspended: { at: '2026-11-19T17:00:00Z' }, revision: 2 });

  expect(await importPeople([aLine()], distribution, world.deps)).toMatchObject({ changed: 1, restored: 1 });
  expect(world.only()).toEqual({ ...left, revision: 3 });
  expect(await importPeople([aLine()], distribution, world.deps)).toMatchObject({ unchanged: 1, restored: 0 });
});

it('names the staff that it took, and neither customers nor whom it refused', async () => {
  const world = peopleInMemory();
  const customer = aLine({ line: 3, address: 'eve@customer.example', streams: 'customer-notices' });
  const { staff } = await importPeople([aLine(), customer, aLine({ line: 4, address: 'nobody' })], distribution, world.deps);
  expect(staff).toEqual([sidOf('ada@example.com')]);
});

it('builds on what another writer did in between', async () => {
  const world = peopleInMemory();
  await importPeople([aLine()], distribution, world.deps);
  world.beforeNextWrite(() => {
    const profile = world.only();
    if (profile) world.profiles.set(profile.sid, { ...profile, snoozedUntil: '2026-12-01T00:00:00Z', revision: 2 });
  });
  expect(await importPeople([aLine({ name: 'Ada L.' })], distribution, world.deps)).toMatchObject({ changed: 1 });
  expect(world.only()).toMatchObject({ name: 'Ada L.', snoozedUntil: '2026-12-01T00:00:00Z', revision: 3 });
});

it('gives up on a person who never stops changing', async () => {
  const world = peopleInMemory();
  for (let i = 0; i < 20; i += 1)
    world.beforeNextWrite(() => {
      const sid = sidOf('ada@example.com');
      world.profiles.set(sid, { sid, realm: 'staff', address: 'ada@example.com', streams: {}, revision: i + 1 });
    });
  await expect(importPeople([aLine()], distribution, world.deps)).rejects.toBeInstanceOf(PersonInDispute);
});

it('gives Sev-1 alerts to whom the distribution file names, whatever their line says', async () => {
  const world = peopleInMemory();
  const named = aDistribution({ teams: [{ name: 'Payments', deputies: ['Ada@example.com'] }] });
  await importPeople([aLine({ streams: 'engineering-digest' }), aLine({ line: 3, address: 'grace@example.com' })], named, world.deps);
  const [ada, grace] = [...world.profiles.values()];
  expect(Object.keys(ada?.streams ?? {}).toSorted()).toEqual(['engineering-digest', 'sev1-alerts']);
  expect(Object.keys(grace?.streams ?? {})).toEqual(['engineering-digest']);
});

it('names the lines of people on no stream, but not of those whose line says none or who left all by themselves', async () => {
  const world = peopleInMemory();
  const left = aLine({ line: 5, address: 'left@example.com' });
  await importPeople([left], distribution, world.deps);
  const sid = sidOf('left@example.com');
  const before = world.profiles.get(sid);
  if (!before) throw new Error('nobody');
  world.profiles.set(sid, {
    ...before,
    streams: Object.fromEntries(Object.entries(before.streams).map(([name, one]) => [name, { ...one, on: false }])),
  });
  const lines = [
    aLine({ line: 2, address: 'cook@example.com', role: 'cook' }),
    aLine({ line: 3, address: 'none@example.com', streams: 'none' }),
    aLine({ line: 4, address: 'ada@example.com' }),
    left,
  ];
  expect(await importPeople(lines, distribution, world.deps)).toMatchObject({ withoutStreams: 1, linesWithoutStreams: [2] });
});

it('refuses a cell that is longer than any can be, and nothing else', async () => {
  const world = peopleInMemory();
  const long = aLine({ line: 2, streams: 'engineering-digest '.repeat(20_000) });
  const outcome = await importPeople([long, aLine({ line: 3, address: 'bob@example.com' })], distribution, world.deps);
  expect(outcome).toMatchObject({ added: 1, refused: [{ line: 2, field: 'streams', problem: 'is longer than 500 characters' }] });
});

it('keeps the handles of a line, each once and without an @, and those that are stored where it has none', async () => {
  const { deps, only } = peopleInMemory();
  const taken = async (handles?: string) => (await importPeople([aLine({ handles })], distribution, deps)).refused;
  await taken('@ada-l, ada.lovelace;ada-l');
  expect(only()?.handles).toEqual(['ada-l', 'ada.lovelace']);
  await taken('');
  expect(only()).toMatchObject({ handles: ['ada-l', 'ada.lovelace'], revision: 1 });
  await taken('ada');
  expect(only()).toMatchObject({ handles: ['ada'], revision: 2 });
  expect(await taken('ada ada@example.com')).toMatchObject([
    { line: 2, field: 'handles', problem: expect.stringContaining('"ada@example.com" is no name') },
  ]);
  expect(await taken('a b c d e f g h i j k')).toMatchObject([{ field: 'handles', problem: 'has more than 10 of them' }]);
});
