import { beforeEach, expect, it } from 'vitest';
import { dynamoPeopleStore } from '../../../adapters/dynamodb/profile-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aHomeWorld, homeYaml, sids } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const bea = aSid(7);
async function aWorld(change: Partial<Profile> = {}, distribution = homeYaml) {
  const world = await aHomeWorld(table, { distribution });
  const about = { address: 'bea@example.com', name: 'Bea <b>', team: 'Payments', role: 'engineer' };
  await dynamoPeopleStore(table).writeProfile(aProfile({ sid: bea, ...about, ...change }), 0);
  const profile = async () => (await dynamoPeopleStore(table).readProfiles([{ realm: 'staff', sid: bea }]))[0];
  const acts = async () => (await world.audit()).map(({ act, who }) => [act, who]);
  /** What the page of Bea shows and sends back, with some fields changed. */
  const set = (form: Record<string, string>) =>
    world.press(`/home/people/${bea}`, {
      ...{ 'was.name': 'Bea <b>', name: 'Bea <b>', 'was.team': 'Payments', team: 'Payments', 'was.role': 'engineer', role: 'engineer' },
      ...{ 'was.zone': '', zone: '', 'was.stream.engineering-digest': 'weekly', 'stream.engineering-digest': 'weekly' },
      ...{ 'was.stream.sev1-alerts': 'off', 'stream.sev1-alerts': 'off', ...form },
    });
  return { ...world, profile, acts, set };
}
const locationOf = ({ headers = {} }: { headers?: Record<string, unknown> | undefined }) => headers.location;

it('lists people by address, says how many, and narrows them to a team, a stream or a state', async () => {
  const { open } = await aWorld({ suspended: { at: '2026-11-18T08:00:00Z' } });
  const { body = '' } = await open('/home/people');
  expect(body).toContain('4 people');
  expect(body.indexOf('ada@example.com')).toBeLessThan(body.indexOf('bea@example.com'));
  expect(body).toContain('Bea &lt;b&gt;');
  expect((await open('/home/people?team=payments&stream=engineering-digest&state=suspended')).body).toContain('1 person');
  expect((await open('/home/people?team=Search')).body).toContain('Nobody matches that');
  expect((await open('/home/people?page=99&stream=no-stream&state=maybe')).body).toContain('4 people');
});

it('finds somebody by what is typed, which stands in no address and no log, even in an old session', async () => {
  const { press, open, logged, clock } = await aWorld();
  clock.now = new Date('2026-11-25T10:00:00Z');
  expect(locationOf(await press('/home/people', { text: 'BEA@example.com' }))).toBe(`/home/people/${bea}`);
  const { body = '' } = await press('/home/people', { text: 'example.com' });
  expect(body).toContain('4 people');
  expect(body).toContain('value="example.com"');
  expect((await press('/home/people', { text: 'nobody' })).body).toContain('Nobody matches that');
  expect(JSON.stringify(logged)).not.toMatch(/bea|Bea/);
  expect(body + (await open(`/home/people/${bea}`)).body).not.toMatch(/(href|action)="[^"]*@/);
});

it('shows what somebody gets and why, and sets only what was changed on the page', async () => {
  const { open, set, profile, acts } = await aWorld();
  const { body = '' } = await open(`/home/people/${bea}`);
  expect(body).toContain('Told “because you are in Payments”.');
  expect(body).toContain('Weekly, on Monday at 09:00, Berlin time.');

  expect(locationOf(await set({}))).toBe(`/home/people/${bea}?done=same`);
  // Somebody else changed the team since the page was shown.
  await dynamoPeopleStore(table).writeProfile({ ...((await profile()) ?? expect.unreachable()), team: 'Search', revision: 2 }, 1);
  expect(locationOf(await set({ 'stream.engineering-digest': 'monthly', zone: 'Asia/Tokyo' }))).toBe(`/home/people/${bea}?done=set`);
  expect(await profile()).toMatchObject({ team: 'Search', zone: 'Asia/Tokyo' });
  expect((await profile())?.streams['engineering-digest']?.slots.at(-1)?.slot).toBe('monthly');
  expect(await acts()).toEqual([
    ['person changed', sids.operator],
    ['subscription changed', sids.operator],
  ]);
  expect(locationOf(await set({ team: 'Paymnets' }))).toBe(`/home/people/${bea}?done=unknown`);
});

it('tells a flaw at its field and keeps what was typed', async () => {
  const { set, acts, profile } = await aWorld();
  const { statusCode, body = '' } = await set({ zone: 'Mars', name: 'Beatrix', 'stream.sev1-alerts': 'weekly' });
  expect(statusCode).toBe(422);
  expect(body).toMatch(/name="zone" value="Mars"[^>]*aria-invalid="true" aria-describedby="flaw-zone"/);
  expect(body).toContain('id="flaw-zone"');
  expect(body).toContain('name="name" value="Beatrix"');
  expect(body).toContain('name="was.name" value="Bea &lt;b&gt;"');
  expect(await acts()).toEqual([]);
  expect((await set({ 'stream.sev1-alerts': 'weekly' })).body).toContain('id="flaw-stream.sev1-alerts"');
  expect((await profile())?.revision).toBe(1);
});

it.each([
  ['suspend', {}, { suspendedBy: 'operator' }, 'person suspended'],
  ['unsuspend', { suspended: { at: '2026-11-18T08:00:00Z' }, suspendedBy: 'operator' }, { revision: 2 }, 'person unsuspended'],
  [
    'lift',
    { suppressed: { reason: 'complaint', at: '2026-11-18T08:00:00Z' } },
    { lifted: { at: expect.anything() } },
    'suppression lifted',
  ],
])('asks before it does %s, wants a reason, and leaves a line', async (act, before, after, line) => {
  const { open, press, profile, acts } = await aWorld(before);
  const path = `/home/people/${bea}/${act}`;
  expect((await open(`/home/people/${bea}`)).body).toContain(`href="${path}"`);
  expect((await open(path)).body).toContain('name="reason"');
  expect((await profile())?.revision).toBe(1);

  const flawed = await press(path, { reason: 'bea@example.com asked' });
  expect(flawed.statusCode).toBe(422);
  expect(flawed.body).toContain('value="bea@example.com asked"');
  expect(await acts()).toEqual([]);

  expect(locationOf(await press(path, { reason: 'by phone' }))).toMatch(new RegExp(`^/home/people/${bea}\\?done=`));
  expect(await profile()).toMatchObject(after);
  expect(await acts()).toEqual([[line, sids.operator]]);
  expect((await press(path, { reason: 'by phone' })).statusCode).toBe(303);
  expect(await acts()).toHaveLength(1);
});

it.each(['suspend', 'erase'])('says before it does %s what the file names somebody for', async (act) => {
  const distribution = homeYaml.replace('channels: {', 'deputies: [bea@example.com]\n    channels: {');
  const { open } = await aWorld({}, distribution);
  expect((await open(`/home/people/${bea}/${act}`)).body).toContain('names them as a deputy for Payments');
  expect((await open(`/home/people/${sids.author}/${act}`)).body).toContain('names them as an author');
});

it('downloads everything by a button alone, and erases behind a question', async () => {
  const { open, press, profile, acts, audit } = await aWorld();
  expect((await open(`/home/people/${bea}/export`)).statusCode).toBe(303);
  const file = await press(`/home/people/${bea}/export`, {});
  expect(file.headers).toMatchObject({
    'content-disposition': expect.stringMatching(/^attachment; filename="afterword-[0-9a-f]{8}\.json"$/),
  });
  expect(JSON.parse(file.body ?? '')).toMatchObject({ people: [{ profile: { address: 'bea@example.com' } }] });

  expect((await open(`/home/people/${bea}/erase`)).body).toContain('This cannot be undone.');
  expect(await profile()).toBeDefined();
  const flawed = await press(`/home/people/${bea}/erase`, { reason: '' });
  expect([flawed.statusCode, flawed.body]).toEqual([422, expect.stringContaining('id="flaw-reason"')]);
  expect(await profile()).toBeDefined();
  const reason = 'asked for it by letter';
  expect(locationOf(await press(`/home/people/${bea}/erase`, { reason }))).toBe('/home/people?done=erased');
  expect((await audit()).at(-1)).toMatchObject({ act: 'person erased', facts: { reason } });
  expect(await profile()).toBeUndefined();
  expect((await acts()).map(([act]) => act)).toEqual(['person exported', 'person erased']);
});

it.each(['', '/suspend', '/unsuspend', '/lift', '/erase'])(
  'tells operators that a person is not there, and others nothing: …%s',
  async (more) => {
    const { open, press } = await aWorld();
    const nobody = await open(`/home/people/${aSid(9)}${more}`);
    expect(nobody.statusCode).toBe(404);
    expect(nobody.body).toContain('This person is erased or was never here');
    expect(await open(`/home/people/bea@example.com${more}`)).toEqual(nobody);
    const nothing = await open(`/home/people/${aSid(9)}${more}`, { as: 'author' });
    expect(nothing.body).toContain('There is nothing here for you');
    expect(await open(`/home/people/${bea}${more}`, { as: 'author' })).toEqual(nothing);
    expect(await press(`/home/people/${bea}${more}`, { reason: 'by phone' }, { as: 'reader' })).toEqual(nothing);
  },
);
