import { describe, expect, it } from 'vitest';
import { mergePerson } from '../../../core/people/merge-person.ts';
import { readPerson } from '../../../core/people/read-person.ts';
import type { SettingsChange } from '../../../core/preferences/settings-fields.ts';
import type { StreamName } from '../../../core/stream/stream.ts';
import { isGranted } from '../../../core/subscriber/grant.ts';
import type { Profile, StreamSettings } from '../../../core/subscriber/subscriber.ts';
import { subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aHouse } from '../../support/preferences-simulation.ts';

const schedule = { every: 'week', on: 'monday', at: '09:00' };
const distribution = aDistribution({
  streams: {
    'engineering-digest': { schedule, signUp: 'organisation' },
    'sev1-alerts': { severities: ['sev1'] },
    'leadership-brief': { schedule, signUp: 'approval', owner: 'boss@example.com' },
  },
  teams: [{ name: 'Payments', leads: ['lead@example.com'] }],
});
const monday = new Date('2026-11-23T10:00:00Z');
const since = '2026-11-01T00:00:00Z';
const sidOf = (address: string) => subscriberId('staff', { normalised: address }, 'identity');
const row = (change: Partial<StreamSettings> = {}): StreamSettings => ({
  on: true,
  since,
  slots: [{ slot: 'default', at: since }],
  ...change,
});
const consent = (way: string) => ({ at: since, way, text: 'x' });
const [brief, alerts] = ['leadership-brief', 'sev1-alerts'] as const;

function aWorld(streams: Profile['streams'] = {}, more: Partial<Profile> = {}) {
  const house = aHouse(distribution, monday);
  const ada = aProfile({ sid: sidOf('ada@example.com'), address: 'ada@example.com', streams, ...more });
  house.add(ada);
  const read = () => house.profiles.get(ada.sid) ?? expect.unreachable();
  const set = async (stream: StreamName, fields: NonNullable<SettingsChange['streams']>[StreamName]) => {
    const outcome = await house.change(ada, { streams: { [stream]: fields } });
    return outcome.kind === 'refused' ? outcome.flaws.map(({ field }) => field) : outcome.kind;
  };
  return { house, ada, read, set };
}

describe('what somebody was not given', () => {
  it('is not got by saving something else of it first', async () => {
    for (const stream of [brief, alerts]) {
      const { read, set } = aWorld();
      expect(await set(stream, { frequency: 'on' })).toEqual([`${stream}.frequency`]);
      expect(await set(stream, { least: 'sev1' })).toEqual([`${stream}.least`]);
      expect(await set(stream, { weekday: '3', hour: '7', follow: { add: ['service:cart'], remove: [] } })).toEqual([
        `${stream}.weekday`,
        `${stream}.hour`,
        `${stream}.follow`,
      ]);
      expect(await set(stream, { frequency: 'on' })).toEqual([`${stream}.frequency`]);
      expect(read()).toMatchObject({ revision: 1, streams: {} });
    }
  });

  it.each([
    ['customer-notices', 'least', 'sev1'],
    ['customer-notices', 'frequency', 'on'],
    ['customer-impact', 'least', 'sev1'],
    ['customer-impact', 'hour', '7'],
  ] as const)('is not of this realm, or not sent here: %s %s', async (stream, field, value) => {
    const { read, set } = aWorld();
    expect(await set(stream, { [field]: value })).toEqual([`${stream}.${field}`]);
    expect(read().revision).toBe(1);
  });

  it('can be left, though it is not sent here any more', async () => {
    const { read, set } = aWorld({ 'customer-impact': row() });
    expect(await set('customer-impact', { frequency: 'off', least: 'sev1' })).toEqual(['customer-impact.least']);
    expect(await set('customer-impact', { frequency: 'off' })).toBe('saved');
    expect(read().streams['customer-impact']?.on).toBe(false);
  });
});

describe('what is lent for a time', () => {
  const until = '2026-11-25T23:00:00Z';
  const lent = { [alerts]: row({ until, lentBy: [sidOf('lead@example.com')] }) };

  it('ends when it was to end, however often the delegate switches it', async () => {
    const { house, read, set } = aWorld(lent);
    expect(await set(alerts, { frequency: 'off' })).toBe('saved');
    expect(await set(alerts, { frequency: 'on' })).toBe('saved');
    expect(read().streams[alerts]).toMatchObject({ on: true, until });
    expect(read().grants).toBeUndefined();
    await set(alerts, { frequency: 'off' });
    house.advance(Date.parse('2026-11-26T12:00:00Z'));
    expect(await set(alerts, { frequency: 'on' })).toEqual([`${alerts}.frequency`]);
  });

  it('stays with a delegate who had been given it before', async () => {
    const { house, read, set } = aWorld(
      { [alerts]: row({ ...lent[alerts], consent: consent('page') }) },
      { grants: { [alerts]: { way: 'import', at: since } } },
    );
    house.advance(Date.parse('2026-11-26T12:00:00Z'));
    expect(await set(alerts, { frequency: 'on' })).toBe('saved');
    expect(read().streams[alerts]).not.toHaveProperty('until');
  });
});

describe('what was given once', () => {
  it.each([
    ['imported before grants were kept', row(), undefined],
    ['imported', row(), { way: 'import', at: since }],
    ['let in', row({ consent: consent('signup') }), { way: 'approval', at: since }],
  ])('comes back to who left it: %s', async (_, settings, grant) => {
    const { house, read, set } = aWorld({ [brief]: settings }, grant && { grants: { [brief]: grant } });
    await set(brief, { frequency: 'off' });
    expect(read().grants?.[brief]?.way).toBe(grant?.way ?? 'import');
    house.advance(monday.getTime() + 3 * 24 * 3600_000);
    expect(await set(brief, { frequency: 'on' })).toBe('saved');
    await set(brief, { frequency: 'off' });
    expect(await set(brief, { frequency: 'on' })).toBe('saved');
  });

  it('is kept where everybody may switch it on, should the file let in fewer later', async () => {
    const { read, set } = aWorld();
    expect(await set('engineering-digest', { frequency: 'weekly', least: 'sev2' })).toBe('saved');
    expect(read().grants).toEqual({ 'engineering-digest': { way: 'page', at: expect.any(String) } });
  });

  it('is not kept by whom the file names no more', async () => {
    const { set } = aWorld({ [alerts]: row() }, { grants: { [alerts]: { way: 'named', at: since } } });
    await set(alerts, { frequency: 'off' });
    expect(await set(alerts, { frequency: 'on' })).toEqual([`${alerts}.frequency`]);
  });
});

describe('a row from before grants were kept', () => {
  it.each<[string, StreamName, Partial<StreamSettings>, boolean]>([
    ['that is on without a consent was put by an operator', alerts, {}, true],
    ['of a sign-up', brief, { on: false, consent: consent('signup') }, true],
    ['that was left, of a stream that nobody lends', brief, { on: false, leftAt: since }, true],
    ['that was left, of a stream that may have been lent', alerts, { on: false, leftAt: since }, false],
    ['that was never on', brief, { on: false }, false],
    ['that a press switched on', brief, { consent: consent('page') }, false],
    ['that a way unknown to us switched on', brief, { consent: consent('later') }, false],
    ['that is lent', alerts, { until: since }, false],
  ])('%s', (_, stream, change, is) => {
    expect(isGranted({ streams: { [stream]: row(change) } }, stream)).toBe(is);
  });

  it('is granted by the next import that gives the stream, and stays off', () => {
    const left = aProfile({
      sid: sidOf('ada@example.com'),
      address: 'ada@example.com',
      streams: { [alerts]: row({ on: false, leftAt: since }) },
    });
    const line = { line: 2, address: 'ada@example.com', streams: alerts };
    const person = readPerson(line, distribution.organisation, 'identity');
    if ('flaws' in person) return expect.unreachable();
    const wanted = new Map([[alerts, 'import'] as const]);
    const after = mergePerson(left, person, wanted, { since }) ?? expect.unreachable();
    expect(after).toMatchObject({ streams: { [alerts]: { on: false } }, grants: { [alerts]: { way: 'import', at: since } } });
    expect(mergePerson(after, person, wanted, { since })).toBeUndefined();
  });
});
