import { describe, expect, it } from 'vitest';
import {
  changeOf,
  fieldsOf,
  type SettingsChange,
  type SettingsFields,
  type StreamFields,
} from '../../../core/preferences/settings-fields.ts';
import type { StreamName } from '../../../core/stream/stream.ts';
import type { Profile, StreamSettings } from '../../../core/subscriber/subscriber.ts';
import { subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aHouse, asReader } from '../../support/preferences-simulation.ts';

const digest = 'engineering-digest';
const alerts = 'sev1-alerts';
const distribution = aDistribution({
  streams: {
    'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' }, signUp: 'organisation' },
    'sev1-alerts': { severities: ['sev1'] },
    'leadership-brief': { schedule: { every: 'month', on: 1, at: '08:00' }, signUp: 'approval', owner: 'boss@example.com' },
  },
  teams: [{ name: 'Payments', leads: ['lead@example.com'] }],
});
/** A Thursday noon in Berlin. */
const thursday = new Date('2026-11-19T11:00:00Z');
const since = '2026-11-01T00:00:00Z';
const on = (change: Partial<StreamSettings> = {}): StreamSettings => ({
  on: true,
  since,
  slots: [{ slot: 'default', at: since }],
  ...change,
});
const sidOf = (address: string) => subscriberId('staff', { normalised: address }, 'identity');
const aPerson = (address: string, change: Partial<Profile> = {}): Profile =>
  aProfile({ sid: sidOf(address), address, zone: 'Europe/Berlin', streams: { [digest]: on() }, ...change });

function aWorld(change: Partial<Profile> = {}, ...others: Profile[]) {
  const house = aHouse(distribution, thursday);
  const ada = aPerson('ada@example.com', change);
  for (const one of [ada, ...others]) house.add(one);
  const read = (sid = ada.sid) => {
    const profile = house.profiles.get(sid);
    if (!profile) throw new Error('nobody');
    return profile;
  };
  return { house, ada, read, change: (wanted: SettingsChange, act = asReader) => house.change(ada, wanted, act) };
}
const stream = (name: StreamName, change: Partial<Record<string, unknown>>): SettingsChange => ({ streams: { [name]: change } });
const wordsOf = (outcome: Awaited<ReturnType<ReturnType<typeof aWorld>['change']>>) =>
  outcome.kind === 'saved' ? outcome.changed.map(({ words }) => words) : outcome;
const flawsOf = (outcome: Awaited<ReturnType<ReturnType<typeof aWorld>['change']>>) =>
  outcome.kind === 'refused' ? outcome.flaws.map(({ field }) => field) : outcome;

describe('reasons that a reader called not relevant', () => {
  const reasons = (add: readonly string[], remove: readonly string[] = []) => stream(digest, { notRelevant: { add, remove } });

  it('stay when something else is changed', async () => {
    const { read, change } = aWorld({ streams: { [digest]: on({ notRelevant: ['runs redis'] }) } });
    await change(stream(digest, { least: 'sev2' }));
    expect(read().streams[digest]).toMatchObject({ least: 'sev2', notRelevant: ['runs redis'] });
  });

  it('are kept once each, the newest last, and push the oldest out', async () => {
    const fifty = Array.from({ length: 50 }, (_, n) => `runs ${n}`);
    const { read, change } = aWorld({ streams: { [digest]: on({ notRelevant: fifty }) } });
    expect(wordsOf(await change(reasons(['runs 7'])))).toEqual([]);
    expect(wordsOf(await change(reasons(['runs redis', 'runs redis'])))).toContain('No postmortem comes first for that reason any more.');
    expect(read().streams[digest]?.notRelevant).toEqual([...fifty.slice(1), 'runs redis']);
  });

  it('go one by one, and the audit log does not say which', async () => {
    const { house, read, change } = aWorld({ streams: { [digest]: on({ notRelevant: ['runs redis', 'promised'] }) } });
    expect(wordsOf(await change(reasons([], ['runs redis', 'runs cart'])))).toEqual(['Postmortems come first for that reason again.']);
    expect(read().streams[digest]?.notRelevant).toEqual(['promised']);
    await change(reasons([], ['promised']));
    expect(read().streams[digest]).not.toHaveProperty('notRelevant');
    expect(JSON.stringify(house.audit)).not.toContain('redis');
  });
});

describe('a day and an hour', () => {
  it('put the rows first, then the slot in the list, and stamp the profile later than both', async () => {
    const { house, ada, read, change } = aWorld();
    expect(wordsOf(await change(stream(digest, { weekday: '3', hour: '7' })))).toEqual([
      'The engineering digest comes weekly, on Wednesday at 07:00, Berlin time.',
    ]);
    const slot = 'w3-0700-Europe--Berlin';
    const [first, held] = read().streams[digest]?.slots ?? [];
    expect([first?.slot, held?.slot]).toEqual(['default', slot]);
    const row = house.rows.get(`${digest} ${slot} ${ada.sid}`);
    expect(Date.parse(row?.since ?? '')).toBeLessThan(Date.parse(held?.at ?? ''));
    expect(house.registry.has(`${digest} ${slot}`)).toBe(true);
    expect(read().streams[digest]?.since).toBe(since);
  });

  it('take from the stream what the reader leaves open', async () => {
    const { read, change } = aWorld();
    await change(stream(digest, { hour: '16' }));
    expect(read().streams[digest]?.slots.at(-1)?.slot).toBe('w1-1600-Europe--Berlin');
    await change(stream(digest, { hour: '', weekday: '5' }));
    expect(read().streams[digest]?.slots.at(-1)?.slot).toBe('w5-0900-Europe--Berlin');
    await change(stream(digest, { weekday: '1' }));
    expect(read().streams[digest]?.slots.at(-1)?.slot).toBe('default');
  });

  it('move with the reader to another zone', async () => {
    const { read, change } = aWorld();
    await change(stream(digest, { weekday: '3', hour: '7' }));
    expect(wordsOf(await change({ zone: 'Asia/Kolkata' }))).toEqual([
      'The engineering digest comes weekly, on Wednesday at 07:00, Kolkata time.',
      'Your times are in Kolkata time.',
    ]);
    expect(read()).toMatchObject({ zone: 'Asia/Kolkata' });
    expect(read().streams[digest]?.slots.at(-1)?.slot).toBe('w3-0700-Asia--Kolkata');
  });

  it('leave the row of before until no edition can need it, and then take the empty slot out of the list', async () => {
    const { house, ada, read, change } = aWorld();
    await change(stream(digest, { weekday: '3' }));
    house.advance(Date.parse('2026-11-23T09:00:00Z'));
    await change(stream(digest, { weekday: '4' }));
    const rows = () => [...house.rows.keys()].filter((key) => key.startsWith(digest)).map((key) => key.split(' ')[1]);
    // The edition of this Monday is on its way to Wednesday's slot, and nobody has Monday any more.
    house.advance(Date.parse('2026-11-23T13:00:00Z'));
    await change(stream(digest, { weekday: '5' }));
    expect(rows()).toEqual(['w3-0900-Europe--Berlin', 'w4-0900-Europe--Berlin', 'w5-0900-Europe--Berlin']);
    house.advance(Date.parse('2026-11-25T12:00:00Z'));
    await change(stream(digest, { weekday: '6' }));
    expect(rows()).toEqual(['w5-0900-Europe--Berlin', 'w6-0900-Europe--Berlin']);
    expect([...house.registry.keys()]).toEqual([`${digest} w5-0900-Europe--Berlin`, `${digest} w6-0900-Europe--Berlin`]);
    expect(house.sent.filter(({ to }) => to === ada.sid).map(({ at }) => new Date(at).toISOString())).toEqual(['2026-11-25T08:00:00.000Z']);
    expect(read().streams[digest]?.slots).toHaveLength(2);
  });

  it('cannot be changed without end within an hour', async () => {
    const { change, read } = aWorld();
    const outcomes = [];
    for (let n = 0; n < 40; n += 1) outcomes.push(await change(stream(digest, { weekday: String((n % 7) + 1), hour: String(n % 24) })));
    expect(flawsOf(outcomes.at(-1) ?? { kind: 'gone' })).toEqual([`${digest}.hour`]);
    expect(read().streams[digest]?.slots.length).toBe(30);
  });

  it('are two hundred of a stream: beyond them a reader takes one that is there, or keeps what they have', async () => {
    const { house, change, read } = aWorld();
    const listed = ['w2-0900-Europe--Berlin', ...Array.from({ length: 199 }, (_, n) => `w1-0900-Zone${n}`)];
    for (const slot of listed) await house.deps.slots.putSlot(digest, slot, since);
    const before = [...house.rows.keys()];

    const refused = await change(stream(digest, { weekday: '3', hour: '9' }));
    expect(refused).toMatchObject({ flaws: [{ field: `${digest}.hour`, problem: expect.stringContaining('200 different ones') }] });
    expect(read().revision).toBe(1);
    expect([...house.rows.keys()]).toEqual(before);

    await change(stream(digest, { weekday: '2', hour: '9' }));
    expect(read().streams[digest]?.slots.at(-1)?.slot).toBe('w2-0900-Europe--Berlin');
  });
});

describe('off and on', () => {
  it('leaves one stream and the others alone', async () => {
    const { read, change } = aWorld({ streams: { [digest]: on(), [alerts]: on() } });
    expect(wordsOf(await change(stream(digest, { frequency: 'off' })))).toEqual(['You no longer get the engineering digest.']);
    expect(read().streams[digest]).toMatchObject({ on: false, since });
    expect(read().streams[alerts]).toEqual(on());
  });

  it('twice is once, and so is a thousand times at once', async () => {
    const { house, read, change } = aWorld();
    await Promise.all(Array.from({ length: 1000 }, () => change(stream(digest, { frequency: 'off' }))));
    expect(read()).toMatchObject({ revision: 2 });
    expect(house.audit).toHaveLength(1);
  });

  it('back within an hour is as if one had never left', async () => {
    const { house, read, change } = aWorld();
    await change(stream(digest, { frequency: 'off' }));
    house.advance(thursday.getTime() + 59 * 60_000);
    expect(wordsOf(await change(stream(digest, { frequency: 'on' })))).toEqual([
      'You get the engineering digest again, with the same settings as before.',
    ]);
    expect(read().streams[digest]).toMatchObject({ on: true, since, slots: [{ slot: 'default', at: since }] });
    expect(read().streams[digest]).not.toHaveProperty('leftAt');
  });

  it('back later is a new spell, with the reader’s consent', async () => {
    const { house, read, change } = aWorld();
    await change(stream(digest, { frequency: 'off' }));
    house.advance(thursday.getTime() + 61 * 60_000);
    await change(stream(digest, { frequency: 'monthly' }));
    const settings = read().streams[digest];
    expect(Date.parse(settings?.since ?? '')).toBeGreaterThan(thursday.getTime());
    expect(settings).toMatchObject({ on: true, consent: { at: settings?.since, way: 'page', text: 'page-1' } });
    expect(settings?.slots.at(-1)?.slot).toBe('monthly');
  });

  it('names what may be chosen of a stream that comes as it happens', async () => {
    const { change } = aWorld();
    const refused = await change(stream(alerts, { frequency: 'weekly' }));
    expect(JSON.stringify(refused)).toContain('Choose one of on, off.');
    expect(JSON.stringify(await change(stream(digest, { frequency: 'daily' })))).toContain('monthly, off.');
  });

  it('needs an owner’s approval where the distribution file says so, and an offer everywhere', async () => {
    const { change } = aWorld();
    expect(flawsOf(await change(stream('leadership-brief', { frequency: 'on' })))).toEqual(['leadership-brief.frequency']);
    expect(flawsOf(await change(stream('customer-impact', { frequency: 'on' })))).toEqual(['customer-impact.frequency']);
    expect(flawsOf(await change(stream(alerts, { frequency: 'on' })))).toEqual([`${alerts}.frequency`]);
  });
});

describe('what cannot be switched off', () => {
  const lead = (change: Partial<Profile> = {}) =>
    aWorld(
      { sid: sidOf('lead@example.com'), address: 'lead@example.com', streams: { [digest]: on(), [alerts]: on() }, ...change },
      grace,
      mary,
    );
  const grace = aPerson('grace@example.com', { name: 'Grace' });
  const mary = aPerson('mary@example.com', { streams: { [alerts]: on() } });

  it('says why', async () => {
    const { change } = lead();
    expect(await change(stream(alerts, { frequency: 'off' }))).toMatchObject({
      kind: 'refused',
      flaws: [{ problem: 'cannot be switched off: you are a lead of Payments' }],
    });
    expect(wordsOf(await change({ pausedUntil: '2026-12-01' }))).toEqual([
      'Your mail is paused until Tuesday 1 December. Sev-1 alerts still come: name a delegate while you are away.',
    ]);
  });

  it('goes to a delegate while the reader is away, and no longer', async () => {
    const { house, read, change } = lead();
    const away = { pausedUntil: '2026-12-01', ...stream(alerts, { delegate: 'Grace@example.com' }) };
    expect(wordsOf(await change(away))).toEqual([
      'Grace gets Sev-1 alerts until Tuesday 1 December.',
      'Your mail is paused until Tuesday 1 December.',
    ]);
    const until = '2026-11-30T23:00:00Z';
    expect(read().streams[alerts]?.delegate).toEqual({ sid: grace.sid, until });
    expect(read(grace.sid).streams[alerts]).toMatchObject({ on: true, until, lentBy: [read().sid] });
    expect(house.rows.has(`${alerts} default ${grace.sid}`)).toBe(true);

    await change(stream(alerts, { delegate: '' }));
    expect(read().streams[alerts]).not.toHaveProperty('delegate');
    expect(Date.parse(read(grace.sid).streams[alerts]?.until ?? '')).toBeLessThanOrEqual(house.now().getTime());
  });

  it('leaves a delegate who has it anyway what they had', async () => {
    const { read, change } = lead();
    await change(stream(alerts, { delegate: 'mary@example.com', delegateUntil: '2026-12-01' }));
    expect(read(mary.sid).streams[alerts]).toMatchObject({ on: true, lentBy: [read().sid] });
    expect(read(mary.sid).streams[alerts]).not.toHaveProperty('until');
    await change(stream(alerts, { delegate: 'grace@example.com' }));
    expect(read(mary.sid).streams[alerts]).toEqual(on());
    expect(read().streams[alerts]?.delegate?.sid).toBe(grace.sid);
  });

  it('comes to the reader again when the delegate leaves, or goes away too', async () => {
    for (const leaving of [stream(alerts, { frequency: 'off' }), { pausedUntil: '2026-11-25' }]) {
      const { house, read, change } = lead();
      await change({ pausedUntil: '2026-12-01', ...stream(alerts, { delegate: 'grace@example.com' }) });
      await house.change(grace, leaving);
      expect(read().streams[alerts]).not.toHaveProperty('delegate');
    }
  });

  it.each([
    ['nobody@example.com', '2026-12-01', 'delegate'],
    ['lead@example.com', '2026-12-01', 'delegate'],
    ['grace@example.com', '', 'delegateUntil'],
    ['grace@example.com', '2026-11-19', 'delegateUntil'],
    ['grace@example.com', '2028-01-01', 'delegateUntil'],
  ])('takes no delegate %s until %j', async (delegate, delegateUntil, field) => {
    const { change } = lead();
    expect(flawsOf(await change(stream(alerts, { delegate, delegateUntil })))).toEqual([`${alerts}.${field}`]);
  });

  it('is not for everyone to hand on', async () => {
    const { change } = aWorld({ streams: { [alerts]: on() } }, grace);
    expect(flawsOf(await change(stream(alerts, { delegate: 'grace@example.com', delegateUntil: '2026-12-01' })))).toEqual([
      `${alerts}.delegate`,
    ]);
  });
});

describe('topics', () => {
  it('are followed and left out, one at a time on either list', async () => {
    const { read, change } = aWorld();
    const first = stream(digest, {
      follow: { add: ['service:cart', 'team:payments'], remove: [] },
      leaveOut: { add: ['tech:redis'], remove: [] },
    });
    expect(wordsOf(await change(first))).toEqual(['You follow cart, the team payments.', 'You leave out, except Sev-1: redis.']);
    await change(stream(digest, { follow: { add: ['tech:redis'], remove: ['service:cart'] } }));
    expect(read().streams[digest]).toMatchObject({ follow: ['team:payments', 'tech:redis'] });
    expect(read().streams[digest]).not.toHaveProperty('leaveOut');
  });

  it.each([
    { follow: { add: ['Service:Cart'], remove: [] } },
    { follow: { add: ['place:berlin'], remove: [] } },
    { follow: { add: ['service:<b>\n'], remove: [] } },
    { follow: { add: ['service:cart'], remove: [] }, leaveOut: { add: ['service:cart'], remove: [] } },
    { follow: { add: Array.from({ length: 51 }, (_, n) => `service:s${n}`), remove: [] } },
    { least: 'sev9' },
    { least: 'unclassified' },
    { weekday: '8' },
    { hour: '24' },
    { hour: '7:30' },
    { frequency: 'daily' },
  ])('and the rest are refused by the name of their field: %j', async (wish) => {
    const { change, read } = aWorld();
    const fields = flawsOf(await change(stream(digest, wish)));
    expect(fields).toEqual(Object.keys(wish).map((field) => `${digest}.${field}`));
    expect(read().revision).toBe(1);
  });
});

describe('for all mails', () => {
  it('pause until a day in the reader’s zone, and end it', async () => {
    const { read, change } = aWorld({ zone: 'Asia/Kolkata' });
    expect(wordsOf(await change({ pausedUntil: '2026-12-01' }))).toEqual(['Your mail is paused until Tuesday 1 December.']);
    expect(read().snoozedUntil).toBe('2026-11-30T18:30:00Z');
    expect(wordsOf(await change({ pausedUntil: '' }))).toEqual(['Your mail is no longer paused.']);
    expect(read()).not.toHaveProperty('snoozedUntil');
  });

  it('switch tracking and format, and say what changed', async () => {
    const { read, change } = aWorld();
    expect(wordsOf(await change({ tracking: 'off', format: 'text' }))).toEqual([
      'We no longer count when you open a mail.',
      'Your mails come as plain text.',
    ]);
    expect(read()).toMatchObject({ tracking: false, format: 'text' });
    expect(wordsOf(await change({ tracking: 'on', format: 'html' }))).toHaveLength(2);
    expect(read()).not.toHaveProperty('tracking');
    expect(read()).not.toHaveProperty('format');
  });

  it.each([{ pausedUntil: '2026-11-19' }, { pausedUntil: '2026-02-30' }, { pausedUntil: 'soon' }, { zone: 'Berlin' }])(
    'refuse %j',
    async (wanted) => {
      const { change } = aWorld();
      expect(flawsOf(await change(wanted))).toEqual(Object.keys(wanted));
    },
  );
});

describe('two tabs', () => {
  const shown = ({ read, house }: ReturnType<typeof aWorld>) => fieldsOf(read(), distribution, house.now());
  const inDigest = (fields: SettingsFields, change: Partial<StreamFields>): SettingsFields => {
    const before = fields.streams[digest];
    if (!before) throw new Error('no digest');
    return { ...fields, streams: { ...fields.streams, [digest]: { ...before, ...change } } };
  };

  it('both count where they change different fields, and topics one by one', async () => {
    const world = aWorld({ streams: { [digest]: on({ follow: ['service:cart'] }), [alerts]: on() } });
    const base = shown(world);
    await world.change(changeOf(base, inDigest({ ...base, format: 'text' }, { follow: ['service:cart', 'tech:redis'] })));
    await world.change(changeOf(base, inDigest({ ...base, pausedUntil: '2026-12-01' }, { follow: ['tech:dns'], least: 'sev2' })));
    expect(world.read()).toMatchObject({ format: 'text', snoozedUntil: '2026-11-30T23:00:00Z' });
    expect(world.read().streams[digest]).toMatchObject({ follow: ['tech:redis', 'tech:dns'], least: 'sev2' });
    expect(world.read().streams[alerts]).toEqual(on());
  });

  it('with nothing changed change nothing', async () => {
    const world = aWorld({ format: 'text', tracking: false });
    const base = shown(world);
    expect(changeOf(base, { ...base })).toEqual({});
    expect(await world.change({})).toMatchObject({ kind: 'saved', changed: [] });
    expect(world.read().revision).toBe(1);
  });

  it('of one instant both get in: who loses the race reads again', async () => {
    const world = aWorld();
    world.house.beforeNextWrite(() => world.house.profiles.set(world.ada.sid, { ...world.read(), format: 'text', revision: 2 }));
    expect(wordsOf(await world.change({ tracking: 'off' }))).toEqual(['We no longer count when you open a mail.']);
    expect(world.read()).toMatchObject({ format: 'text', tracking: false, revision: 3 });
  });
});

it('a row that somebody relies on anew stays, even where its slot was being left', async () => {
  const { house, ada, change, read } = aWorld();
  await change(stream(digest, { weekday: '3' }));
  house.advance(Date.parse('2026-12-10T12:00:00Z'));
  // Another tab goes back to the slot of before while this one leaves it.
  house.deps.slots.removeEmptySlot = async () => {};
  const { removeSubscription } = house.deps.slots;
  house.deps.slots.removeSubscription = async (name, slot, sid, seen) => {
    await house.deps.people.putSubscription(name, slot, sid, house.now().toISOString());
    return removeSubscription(name, slot, sid, seen);
  };
  await change(stream(digest, { weekday: '4' }));
  expect(house.rows.has(`${digest} default ${ada.sid}`)).toBe(true);
  expect(read().streams[digest]?.slots.map(({ slot }) => slot)).toEqual(['w3-0900-Europe--Berlin', 'w4-0900-Europe--Berlin']);
});

it('leaves an audit line for each change, by which way, and no address or topic in it', async () => {
  const { house, ada, change } = aWorld();
  await change({ format: 'text', ...stream(digest, { frequency: 'monthly', follow: { add: ['service:cart'], remove: [] } }) });
  expect(house.audit).toEqual([
    { subscriber: ada.sid, stream: digest, field: 'frequency', after: 'monthly', way: 'page' },
    { subscriber: ada.sid, stream: digest, field: 'follow', after: 'add 1', way: 'page' },
    { subscriber: ada.sid, field: 'format', after: 'text', way: 'page' },
  ]);
});

it('knows when nobody is there', async () => {
  const { house } = aWorld();
  expect(await house.change({ realm: 'staff', sid: 'f'.repeat(32) }, { format: 'text' })).toEqual({ kind: 'gone' });
});
