import { beforeEach, expect, it } from 'vitest';
import { dynamoPeopleList, dynamoPeopleStore, dynamoSuppressionList } from '../../adapters/dynamodb/profile-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { profileKey, subscriptionKey, suppressionKey } from '../../adapters/dynamodb/table-shape.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const sid = (n: number) => `${n.toString(16)}`.padEnd(32, '0');
const settings = (on: boolean) => ({ on, since: '2026-11-19T15:00:00Z', slots: [{ slot: 'default', at: '2026-11-19T15:00:00Z' }] });
const aProfile = (change: Partial<Profile> = {}): Profile => ({
  sid: sid(10),
  realm: 'staff',
  address: 'Ada@example.com',
  name: 'Ada',
  role: 'engineer',
  streams: { 'engineering-digest': settings(true), 'sev1-alerts': settings(false) },
  revision: 1,
  ...change,
});

onEachEngine('people on %s', (freshTable) => {
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
  });

  it('reads a profile as it was written', async () => {
    const people = dynamoPeopleStore(table);
    expect(await people.writeProfile(aProfile(), 0)).toBe(true);
    expect(await people.readProfiles([aProfile(), aProfile({ sid: sid(11) })])).toEqual([aProfile()]);
  });

  it('writes only on the revision that was read', async () => {
    const people = dynamoPeopleStore(table);
    await people.writeProfile(aProfile(), 0);
    expect(await people.writeProfile(aProfile({ name: 'Second', revision: 1 }), 0)).toBe(false);
    expect(await people.writeProfile(aProfile({ name: 'Third', revision: 2 }), 1)).toBe(true);
    expect(await people.writeProfile(aProfile({ name: 'Late', revision: 2 }), 1)).toBe(false);
    expect(await people.readProfiles([aProfile()])).toMatchObject([{ name: 'Third', revision: 2 }]);
  });

  it('lists nobody who has not confirmed, and lets them go after a week, until they confirm', async () => {
    const people = dynamoPeopleStore(table);
    const listed = async () => (await dynamoPeopleList(table).list(10)).people.map((one) => one.sid);
    await people.writeProfile(aProfile({ unconfirmed: { at: '2026-11-19T15:00:00Z' } }), 0);
    expect(await listed()).toEqual([]);
    expect(await table.read(profileKey('staff', sid(10)))).toMatchObject({ expiresAt: Date.parse('2026-11-26T15:00:00Z') / 1000 });
    await people.writeProfile(aProfile({ revision: 2 }), 1);
    expect(await listed()).toEqual([sid(10)]);
    expect(await table.read(profileKey('staff', sid(10)))).not.toHaveProperty('expiresAt');
  });

  it('keeps and writes back what another release wrote: attributes, streams, settings, ways', async () => {
    const people = dynamoPeopleStore(table);
    const digest = { ...settings(true), consent: { at: '2026-11-19T15:00:00Z', way: 'later', text: 'x' }, later: 1 };
    const later = {
      streams: { 'engineering-digest': digest, 'later-stream': { later: true } },
      grants: { 'later-stream': { way: 'x' } },
      later: ['x'],
    };
    await table.put({ ...profileKey('staff', sid(10)), ...aProfile(), ...later });
    const [read] = await people.readProfiles([aProfile()]);
    await people.writeProfile({ ...(read ?? expect.unreachable()), unconfirmed: { at: '2026-11-19T15:00:00Z' }, revision: 2 }, 1);
    const [again] = await people.readProfiles([aProfile()]);
    expect(again).toEqual({ ...aProfile(), ...later, unconfirmed: { at: '2026-11-19T15:00:00Z' }, revision: 2 });
  });

  it('keeps the earliest index row', async () => {
    const people = dynamoPeopleStore(table);
    await people.putSubscription('sev1-alerts', 'default', sid(10), '2026-11-19T15:00:00Z');
    await people.putSubscription('sev1-alerts', 'default', sid(10), '2026-11-20T15:00:00Z');
    const key = subscriptionKey('sev1-alerts', 'default', sid(10));
    expect(await table.read(key)).toEqual({ ...key, since: '2026-11-19T15:00:00Z', puts: 2 });
  });

  it('knows who is on the suppression list', async () => {
    const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
    await table.put({ ...suppressionKey(one) });
    expect(await dynamoSuppressionList(table).listed([one, other, one])).toEqual(new Map([[one, {}]]));
  });

  it('lists everyone once, page by page', async () => {
    const people = dynamoPeopleStore(table);
    const sids = Array.from({ length: 23 }, (_, n) => sid(n % 2 === 0 ? n + 16 : 160 + n));
    for (const one of sids) await people.writeProfile(aProfile({ sid: one }), 0);
    const list = dynamoPeopleList(table);

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list.list(4, cursor);
      expect(page.people.length).toBeLessThanOrEqual(4);
      seen.push(...page.people.map((person) => person.sid));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(sids.toSorted());
  });

  it('lists some of them, page by page, each once; and knows a zone that a row of an earlier release lacks', async () => {
    const people = dynamoPeopleStore(table);
    const sids = Array.from({ length: 23 }, (_, n) => sid(n + 16));
    for (const [n, one] of sids.entries()) await people.writeProfile(aProfile({ sid: one, ...(n % 3 === 0 && { zone: 'Asia/Tokyo' }) }), 0);
    await table.update(profileKey('staff', sids[0] ?? ''), { remove: ['listed.zone'] });
    const wanted = sids.filter((_, n) => n % 3 === 0);
    const list = dynamoPeopleList(table);

    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await list.list(4, cursor, ({ sid: one }) => wanted.includes(one));
      expect(page.people.length).toBeLessThanOrEqual(4);
      seen.push(...page.people.map((person) => [person.sid, person.zone]));
      cursor = page.cursor;
    } while (cursor);
    expect(seen).toEqual(wanted.toSorted().map((one) => [one, 'Asia/Tokyo']));
  });

  it('lists what an operator may see, with the streams that are on', async () => {
    await dynamoPeopleStore(table).writeProfile(aProfile(), 0);
    expect(await dynamoPeopleList(table).list(10)).toEqual({
      people: [
        {
          ...{ sid: sid(10), address: 'Ada@example.com', name: 'Ada', role: 'engineer', streams: ['engineering-digest'] },
          ...{ realm: 'staff', isSuspended: false, revision: 1 },
        },
      ],
    });
  });

  it('lists who came without a file, while they are on such a stream', async () => {
    const people = dynamoPeopleStore(table);
    const digest = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
    const joined = async (way: string, on: boolean, revision: number) => {
      const grants = { 'engineering-digest': { way, at: '2026-11-01T00:00:00Z' } };
      await people.writeProfile(aProfile({ streams: { 'engineering-digest': { ...digest, on } }, grants, revision }), revision - 1);
      return (await dynamoPeopleList(table).list(10)).people[0]?.joined;
    };
    expect(await joined('signup', true, 1)).toBe('signup');
    expect(await joined('approval', true, 2)).toBe('approval');
    expect(await joined('approval', false, 3)).toBeUndefined();
    expect(await joined('import', true, 4)).toBeUndefined();
  });

  it('lists who is suspended, with the revision that says so', async () => {
    const people = dynamoPeopleStore(table);
    await people.writeProfile(aProfile(), 0);
    await people.writeProfile(aProfile({ suspended: { at: '2026-11-19T16:00:00Z' }, revision: 2 }), 1);
    expect(await people.readProfiles([aProfile()])).toMatchObject([{ suspended: { at: '2026-11-19T16:00:00Z' } }]);
    expect(await dynamoPeopleList(table).list(10)).toMatchObject({ people: [{ isSuspended: true, revision: 2 }] });
  });

  it('finds the revision of people who were stored before the list had it', async () => {
    await dynamoPeopleStore(table).writeProfile(aProfile(), 0);
    const listed = { realm: 'staff', address: 'Ada@example.com', streams: [] };
    await table.update(profileKey('staff', sid(10)), { set: { listed, revision: 4 } });
    expect(await dynamoPeopleList(table).list(10)).toMatchObject({ people: [{ isSuspended: false, revision: 4 }] });
  });
});
