import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoErasureStore, dynamoForgottenList, dynamoPersonRemover } from '../../adapters/dynamodb/erasure-store.ts';
import { dynamoEvidenceStore } from '../../adapters/dynamodb/evidence-store.ts';
import { dynamoActsReader, dynamoLedgerEraser, dynamoPersonLedger } from '../../adapters/dynamodb/person-ledger.ts';
import { dynamoPeopleStore, dynamoSuppressionList } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoLeafFinder, dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { sessionsPartition, slotsPartition, streamPartition } from '../../adapters/dynamodb/table-shape.ts';
import type { Outcome } from '../../core/delivery/outcome.ts';
import { halvesOf, rootOf } from '../../core/delivery/range.ts';
import { raiseTally, tallyOfLeaf } from '../../core/delivery/tally.ts';
import { countsOf, type Edition } from '../../core/edition/edition.ts';
import { erasePerson } from '../../core/rights/erase-person.ts';
import { exportPerson } from '../../core/rights/export-person.ts';
import { finishErasures } from '../../core/rights/finish-erasures.ts';
import { movePerson } from '../../core/rights/move-person.ts';
import { toInstant } from '../../core/shared/instant.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { aSession } from '../support/a-session.ts';
import { aLeaf, anEdition, aProfile, aSid, someMade } from '../support/delivery.ts';
import { oneEngine } from '../support/one-engine.ts';

const addressOf = (text: string) => parseAddress(text) ?? expect.unreachable();
const idOf = (text: string) => subscriberId('staff', addressOf(text), 'identity');
const [ana, other] = [idOf('ana@example.com'), aSid(7)];
const accepted: Outcome = { kind: 'accepted', attempt: 1, messageId: 'm-1', made: someMade() };

const freshTable = oneEngine();
let table: Table;
let world: ReturnType<typeof aWorld>;
beforeEach(async () => {
  table = await freshTable();
  world = aWorld(table);
});

/** Real stores; `breakAfter` ends the process, so to say, after so many writes. */
function aWorld(real: Table) {
  const clock = { now: new Date('2026-11-23T10:00:00Z') };
  const now = () => clock.now;
  const writes = { left: Number.POSITIVE_INFINITY, done: 0 };
  const die = <A extends unknown[], R>(write: (...all: A) => Promise<R>) => {
    return async (...all: A): Promise<R> => {
      if (writes.left <= 0) throw new Error('died');
      writes.left -= 1;
      writes.done += 1;
      return write(...all);
    };
  };
  const broken: Table = { ...real, put: die(real.put), update: die(real.update), remove: die(real.remove) };
  const people = { ...dynamoPeopleStore(broken), ...dynamoPersonRemover(broken) };
  const erasures = dynamoErasureStore(broken);
  const ledger = { ...dynamoPersonLedger(broken, now), ...dynamoLedgerEraser(broken, now) };
  const failures: unknown[] = [];
  const erasing = {
    people,
    erasures,
    forgotten: dynamoForgottenList(broken),
    sessions: dynamoSessionStore(broken),
    now: () => toInstant(clock.now),
    newSalt: () => 'a'.repeat(64),
    identitySecret: 'identity',
    suppressionSecret: 'suppression',
    suppressed: dynamoSuppressionList(broken),
  };
  return {
    clock,
    writes,
    failures,
    erasing,
    sweep: () =>
      finishErasures({
        erasures,
        people,
        forgotten: erasing.forgotten,
        sessions: erasing.sessions,
        ledger,
        now,
        hasTime: () => true,
        failed: (_, error) => void failures.push(error),
      }),
    exporting: { people, ledger, sessions: erasing.sessions, acts: dynamoActsReader(broken, now), now },
    later: (hours: number) => {
      clock.now = new Date(clock.now.getTime() + hours * 3_600_000);
    },
  };
}

const subscribed = async (profile: Profile) => {
  for (const [stream, settings] of Object.entries(profile.streams))
    for (const { slot, at } of settings?.slots ?? [])
      await dynamoPeopleStore(table).putSubscription(stream as 'engineering-digest', slot, profile.sid, at);
  await dynamoPeopleStore(table).writeProfile(profile, 0);
};
/** She is signed in and made a feed. */
const anaIsThere = async () => {
  await subscribed(aProfile({ sid: ana, address: 'ana@example.com', name: 'Ana' }));
  for (const kind of ['session', 'feed'] as const)
    await dynamoSessionStore(table).put(aSession({ sid: ana, kind, device: 'Firefox on Linux' }));
};

/** An edition that ana got, in a split range, with evidence of it; done unless told otherwise. */
async function delivered(change: Partial<Edition> = {}, outcome: Outcome = accepted) {
  const edition = anEdition(change);
  const now = () => world.clock.now;
  const [editions, ranges] = [dynamoEditionStore(table, now), dynamoRangeLedger(table, now)];
  await editions.create(edition);
  const root = rootOf(edition.id);
  await ranges.create(root, { shape: 'split', tallies: {} });
  const isDone = outcome.kind !== 'in doubt';
  for (const range of halvesOf(root)) {
    const isHers = Number.parseInt(ana.slice(0, 1), 16) >> 3 === Number(range.prefix);
    const leaf = aLeaf({
      state: isDone ? 'done' : 'settling',
      ...(!isDone && { settlesAt: 1 }),
      outcomes: isHers ? { [ana]: outcome, [other]: { kind: 'skipped', reason: 'snoozed' } } : {},
    });
    await ranges.create(range, leaf);
    if (isDone) await raiseTally(range, tallyOfLeaf(leaf), ranges, editions);
  }
  if (outcome.kind === 'skipped') return edition.id;
  const event = { edition: edition.id, slot: 'default', subscriber: ana, attempt: 1, messageId: 'm-1' } as const;
  await dynamoEvidenceStore(table, now).add({ ...event, kind: 'delivered', at: '2026-11-23T08:00:09Z' });
  return edition.id;
}

const outcomesOf = async (edition: string) => {
  const found = await dynamoLeafFinder(table).find(edition, 'default', ana);
  return Object.entries(found?.leaf.outcomes ?? {});
};
const countsNow = async (edition: string) =>
  countsOf((await dynamoEditionStore(table, () => world.clock.now).read(edition)) ?? expect.unreachable());
const erase = () => erasePerson({ realm: 'staff', sid: ana }, { hash: 'h'.repeat(64) }, world.erasing);

/** Every item that there is, as text. */
async function everything(): Promise<string> {
  const partitions = ['engineering-digest_2026-W47', 'engineering-digest_2026-W46'].flatMap((edition) => [
    `ED#${edition}`,
    ...[...'-0123456789abcdef'].map((d) => `ED#${edition}#default#R#${d}`),
    ...[...'0123456789abcdef'].map((d) => `ED#${edition}#D#${d}`),
  ]);
  const all = [
    `SUB#staff#${ana}`,
    `ERASE#staff#${ana}`,
    sessionsPartition(ana),
    streamPartition('engineering-digest', 'default', ana.slice(0, 1)),
    ...partitions,
  ];
  const items = await Promise.all(all.map((pk) => table.query(pk, { consistent: true })));
  return JSON.stringify(items.flatMap((page) => page.items));
}

describe('erasing', () => {
  it('takes profile and rows at once, then evidence and name from the ledger, and leaves every tally as it was', async () => {
    await anaIsThere();
    const id = await delivered();
    const before = await countsNow(id);

    expect(await erase()).toMatchObject({ stage: 'ledger' });
    expect(await world.erasing.people.readProfiles([{ realm: 'staff', sid: ana }])).toEqual([]);
    expect(await everything()).not.toContain('ana@example.com');
    expect(await dynamoSessionStore(table).list(ana)).toEqual([]);

    await world.sweep();
    expect(world.failures).toEqual([]);
    const outcomes = await outcomesOf(id);
    expect(outcomes.map(([, outcome]) => outcome)).toEqual(expect.arrayContaining([accepted]));
    expect(outcomes.map(([sid]) => sid)).not.toContain(ana);
    expect(outcomes.map(([sid]) => sid)).toContain(other);
    expect(await countsNow(id)).toEqual(before);

    world.later(24 * 15);
    await world.sweep();
    expect(await everything()).not.toContain(ana);
    expect(await world.sweep()).toBe(0);
  });

  it('is finished by the next call or by sweep, at whatever write it died, and nothing of it is left then', async () => {
    await anaIsThere();
    await delivered();
    await erase();
    const goneAfter = world.writes.done - 1;
    await world.sweep();
    const needed = world.writes.done;
    expect(needed).toBeGreaterThan(8);

    for (let deadAfter = 0; deadAfter < needed; deadAfter += 1) {
      // Until the profile is gone somebody may press again; behind it there is nobody to press.
      const byWhom = deadAfter < 3 || deadAfter === goneAfter ? (['call', 'sweep'] as const) : (['sweep'] as const);
      for (const finish of byWhom) {
        table = await freshTable();
        world = aWorld(table);
        await anaIsThere();
        const id = await delivered();
        world.writes.left = deadAfter;
        await erase().catch(() => undefined);
        await world.sweep();
        world.writes.left = Number.POSITIVE_INFINITY;
        if (finish === 'call') await erase();
        // It was not even written down.
        else if (deadAfter === 0) continue;
        await world.sweep();
        world.later(24 * 15);
        await world.sweep();
        expect(await everything(), `dead after ${deadAfter} writes, finished by ${finish}`).not.toContain(ana);
        expect(await countsNow(id)).toEqual({ accepted: 1, 'skipped: snoozed': 1 });
        const [mark] = (await dynamoSuppressionList(table).listed(['h'.repeat(64)])).values();
        expect(mark, `dead after ${deadAfter} writes, finished by ${finish}`).toHaveProperty('erasedAt');
      }
    }
  });

  it('keeps a complaint that comes while the profile is being removed', async () => {
    await anaIsThere();
    const people = { ...world.erasing.people };
    const complained = { reason: 'complaint', at: '2026-11-23T10:00:00Z' };
    let isTold = false;
    const removing: typeof people.removeProfile = async (who, revision) => {
      const [profile] = isTold ? [] : await people.readProfiles([who]);
      isTold = true;
      if (profile) await people.writeProfile({ ...profile, suppressed: complained, revision: revision + 1 }, revision);
      return people.removeProfile(who, revision);
    };
    const hash = 'h'.repeat(64);
    await erasePerson({ realm: 'staff', sid: ana }, { hash }, { ...world.erasing, people: { ...people, removeProfile: removing } });
    expect((await dynamoSuppressionList(table).listed([hash])).get(hash)).toEqual({ erasedAt: expect.any(String), refused: complained });
  });

  it('waits with what is still being sent, and forgets it once it is done', async () => {
    await anaIsThere();
    const id = await delivered({}, { kind: 'in doubt', attempt: 1, made: someMade() });
    await erase();
    await world.sweep();
    expect((await outcomesOf(id)).map(([sid]) => sid)).toContain(ana);
    expect(await world.exporting.ledger.evidence(id, ana)).toBeDefined();

    const now = () => world.clock.now;
    const [editions, ranges] = [dynamoEditionStore(table, now), dynamoRangeLedger(table, now)];
    const { range, leaf } = (await dynamoLeafFinder(table).find(id, 'default', ana)) ?? expect.unreachable();
    const done = { ...leaf, version: 2, state: 'done', outcomes: { [ana]: accepted } } as const;
    await ranges.replace(range, done, { version: leaf.version, owner: leaf.owner });
    for (const half of halvesOf(rootOf(id)))
      await raiseTally(half, half.prefix === range.prefix ? tallyOfLeaf(done) : { version: 1, counts: {} }, ranges, editions);

    await world.sweep();
    expect((await outcomesOf(id)).map(([sid]) => sid)).toContain(ana);
    world.later(2);
    await world.sweep();
    expect((await outcomesOf(id)).map(([sid]) => sid)).not.toContain(ana);
    expect(await world.exporting.ledger.evidence(id, ana)).toBeUndefined();
  });

  it('leaves a leaf alone that somebody works on once more, though its edition is complete', async () => {
    await anaIsThere();
    const id = await delivered({}, { kind: 'unconfirmed', attempt: 1, made: someMade() });
    const { range, leaf } = (await dynamoLeafFinder(table).find(id, 'default', ana)) ?? expect.unreachable();
    const ranges = dynamoRangeLedger(table, () => world.clock.now);
    const expected = { version: leaf.version, owner: leaf.owner };
    await ranges.replace(range, { ...leaf, version: 2, state: 'settling', settlesAt: 1 }, expected);
    await erase();
    await world.sweep();
    expect((await outcomesOf(id)).map(([sid]) => sid)).toContain(ana);
    await ranges.replace(range, { ...leaf, version: 3 }, { version: 2, owner: leaf.owner });
    world.later(2);
    await world.sweep();
    expect((await outcomesOf(id)).map(([sid]) => sid)).not.toContain(ana);
  });

  it('takes mails that were made for the person alone away as a whole', async () => {
    await anaIsThere();
    const mine = `service_confirm_${ana}_1`;
    const theirs = `service_confirm_${other}_1`;
    const now = () => world.clock.now;
    const store = dynamoEditionStore(table, now);
    for (const [id, sid] of [
      [mine, ana],
      [theirs, other],
    ] as const) {
      await store.create(anEdition({ id, audience: { kind: 'list', subscribers: [sid] } }));
      const ranges = dynamoRangeLedger(table, now);
      const leaf = aLeaf({ state: 'done', outcomes: { [sid]: accepted } });
      await ranges.create(rootOf(id), leaf);
      await raiseTally(rootOf(id), tallyOfLeaf(leaf), ranges, store);
    }
    await erase();
    await world.sweep();
    expect(await store.read(mine)).toBeUndefined();
    expect((await table.query(`ED#${mine}#default#R#-`)).items).toEqual([]);
    expect(await store.read(theirs)).toBeDefined();
  });

  it('finds rows in slots that the profile does not know, and lists a hash that outlives it', async () => {
    await anaIsThere();
    const slot = 'w5-1600-Asia--Kolkata';
    await table.put({ pk: slotsPartition('engineering-digest'), sk: slot });
    await dynamoPeopleStore(table).putSubscription('engineering-digest', slot, ana, '2026-11-20T10:00:00Z');
    await erase();
    expect((await table.query(streamPartition('engineering-digest', slot, ana.slice(0, 1)))).items).toEqual([]);
    expect(await dynamoSuppressionList(table).listed(['h'.repeat(64)])).toEqual(
      new Map([['h'.repeat(64), { erasedAt: expect.any(String) }]]),
    );
  });

  it('ends standing in for others, who get again what they cannot switch off, and being stood in for', async () => {
    const stream = 'sev1-alerts';
    const slots = [{ slot: 'default', at: '2026-11-01T00:00:00Z' }];
    const until = '2026-12-24T00:00:00Z';
    const on = { on: true, since: '2026-11-01T00:00:00Z', slots };
    const [lender, delegate] = [aSid(21), aSid(22)];
    await subscribed(aProfile({ sid: lender, streams: { [stream]: { ...on, delegate: { sid: ana, until } } } }));
    await subscribed(aProfile({ sid: delegate, streams: { [stream]: { ...on, until, lentBy: [ana] } } }));
    await subscribed(
      aProfile({
        sid: ana,
        address: 'ana@example.com',
        streams: { [stream]: { ...on, lentBy: [lender], delegate: { sid: delegate, until } } },
      }),
    );
    await erase();
    const left = await dynamoPeopleStore(table).readProfiles([lender, delegate].map((sid) => ({ realm: 'staff' as const, sid })));
    expect(left).toHaveLength(2);
    expect(JSON.stringify(left)).not.toContain(ana);
    expect(left.find(({ sid }) => sid === delegate)?.streams[stream]?.until).toBe(toInstant(world.clock.now));
  });

  it('leaves a life that began anew alone', async () => {
    await anaIsThere();
    await erase();
    await world.sweep();
    world.later(24);
    const again = { on: true, since: toInstant(world.clock.now), slots: [{ slot: 'default', at: toInstant(world.clock.now) }] };
    await subscribed(aProfile({ sid: ana, address: 'ana@example.com', streams: { 'engineering-digest': again } }));
    const later = toInstant(new Date(world.clock.now.getTime() + 3_600_000));
    const id = await delivered({ composedAt: later, cutoff: later, scheduledFor: later });
    world.later(24 * 15);
    await world.sweep();
    expect((await outcomesOf(id)).map(([sid]) => sid)).toContain(ana);
    expect(await world.exporting.ledger.evidence(id, ana)).toBeDefined();
    expect(await world.erasing.people.readProfiles([{ realm: 'staff', sid: ana }])).toHaveLength(1);
  });

  it('of nobody is nothing, and changes nothing', async () => {
    expect(await erase()).toBeUndefined();
    expect(world.writes.done).toBe(0);
  });
});

describe('exporting', () => {
  it('tells the profile, what became of each mail and what was done, and of nobody else', async () => {
    await anaIsThere();
    const id = await delivered();
    const audit = dynamoAuditLog(table, () => 'n');
    await audit.record({ at: '2026-11-20T09:00:00Z', who: 'k', act: 'tracking changed', facts: { subscriber: ana, opens: 'off' } });
    await audit.record({ at: '2026-11-20T09:00:01Z', who: 'k', act: 'tracking changed', facts: { subscriber: other, opens: 'off' } });

    const told = await exportPerson({ realm: 'staff', sid: ana }, world.exporting);
    expect(told?.profile).toMatchObject({ address: 'ana@example.com', name: 'Ana' });
    expect(told?.mails).toEqual([
      {
        edition: id,
        stream: 'engineering-digest',
        subject: 'Two incidents',
        composedAt: '2026-11-23T08:00:01Z',
        outcome: accepted,
        evidence: { accepted: '2026-11-23T08:00:09Z', delivered: '2026-11-23T08:00:09Z' },
      },
    ]);
    expect(told?.acts).toEqual([{ at: '2026-11-20T09:00:00Z', act: 'tracking changed', facts: { subscriber: ana, opens: 'off' } }]);
    const session = { way: 'mail', createdAt: '2026-11-23T09:00:00.000Z', seenAt: '2026-11-23T09:00:00.000Z', device: 'Firefox on Linux' };
    expect(told?.sessions).toEqual(['feed', 'session'].map((kind) => ({ id: 'a'.repeat(16), kind, ...session })));
    expect(JSON.stringify(told)).not.toContain('a'.repeat(64));
    expect(JSON.stringify(told)).not.toContain(other);
    expect(await exportPerson({ realm: 'staff', sid: aSid(9) }, world.exporting)).toBeUndefined();
  });

  it('names no incident to who was skipped because it is withheld', async () => {
    await anaIsThere();
    await delivered({ subject: 'Sev-1: Keys of the vault' }, { kind: 'skipped', reason: 'withheld' });
    const told = await exportPerson({ realm: 'staff', sid: ana }, world.exporting);

    expect(told?.mails).toMatchObject([{ outcome: { kind: 'skipped', reason: 'withheld' } }]);
    expect(JSON.stringify(told)).not.toContain('Keys of the vault');
  });

  it('tells of a mail that is still being sent', async () => {
    await anaIsThere();
    await delivered({}, { kind: 'in doubt', attempt: 1, made: someMade() });
    expect((await exportPerson({ realm: 'staff', sid: ana }, world.exporting))?.mails).toMatchObject([{ outcome: { kind: 'in doubt' } }]);
  });
});

describe('moving', () => {
  const anna = idOf('anna@example.com');
  const move = () => movePerson({ realm: 'staff', sid: ana }, addressOf('anna@example.com'), world.erasing);
  const both = async () =>
    (await dynamoPeopleStore(table).readProfiles([ana, anna].map((sid) => ({ realm: 'staff' as const, sid })))).map(
      ({ address }) => address,
    );

  it('carries the settings over to the new address, from now on, and keeps nobody from being imported', async () => {
    await subscribed(
      aProfile({
        sid: ana,
        address: 'ana@example.com',
        format: 'text',
        suppressed: { reason: 'permanent bounce', at: '2026-11-20T10:00:00Z' },
        revision: 4,
      }),
    );
    expect(await move()).toEqual({ to: { realm: 'staff', sid: anna } });
    const [profile] = await dynamoPeopleStore(table).readProfiles([{ realm: 'staff', sid: anna }]);
    expect(profile).toEqual({
      ...aProfile({ sid: anna, address: 'anna@example.com', format: 'text', generation: Date.parse('2026-11-23T10:00:00Z') / 1000 }),
      streams: {
        'engineering-digest': { on: true, since: '2026-11-23T10:00:00Z', slots: [{ slot: 'default', at: '2026-11-23T10:00:00Z' }] },
      },
    });
    expect((await table.query(streamPartition('engineering-digest', 'default', anna.slice(0, 1)))).items).toMatchObject([{ sk: anna }]);
    expect(await both()).toEqual(['anna@example.com']);
    expect(await move()).toEqual({ to: { realm: 'staff', sid: anna } });
  });

  it('keeps a complaint, which was the person’s own', async () => {
    const suppressed = { reason: 'complaint', at: '2026-11-20T10:00:00Z' };
    await subscribed(aProfile({ sid: ana, address: 'ana@example.com', suppressed }));
    await move();
    expect(await dynamoPeopleStore(table).readProfiles([{ realm: 'staff', sid: anna }])).toMatchObject([{ suppressed }]);
  });

  it('ends with one person, at whatever write it died and was begun again', async () => {
    await anaIsThere();
    await move();
    const needed = world.writes.done;
    for (let deadAfter = 0; deadAfter < needed; deadAfter += 1) {
      table = await freshTable();
      world = aWorld(table);
      await anaIsThere();
      world.writes.left = deadAfter;
      await move().catch(() => undefined);
      world.writes.left = Number.POSITIVE_INFINITY;
      expect(await move(), `dead after ${deadAfter} writes`).toEqual({ to: { realm: 'staff', sid: anna } });
      expect(await both()).toEqual(['anna@example.com']);
    }
  });

  it('does not take an address that somebody has, nor move who is not there', async () => {
    expect(await move()).toBe('nobody');
    await anaIsThere();
    await subscribed(aProfile({ sid: anna, address: 'anna@example.com' }));
    expect(await move()).toBe('taken');
    expect(await both()).toHaveLength(2);
    expect(await movePerson({ realm: 'staff', sid: ana }, addressOf('ANA@example.com'), world.erasing)).toBe('same');
  });
});
