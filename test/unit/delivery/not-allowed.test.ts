import { describe, expect, it } from 'vitest';
import { packRange, unpackRange } from '../../../adapters/dynamodb/range-codec.ts';
import { addresseesOf } from '../../../core/delivery/addressees.ts';
import { Outcome } from '../../../core/delivery/outcome.ts';
import { type Leaf, rootOf } from '../../../core/delivery/range.ts';
import { aLeaf, anEdition, aProfile, aSid } from '../../support/delivery.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';

const leafOf = (world: World) => world.rows.get(keyOf(rootOf(world.edition.id))) as Leaf;
/** The addresses of the mails that leave. */
const recipients = (world: World) => {
  const to: string[] = [];
  const { mailer } = world.deps;
  world.deps = {
    ...world.deps,
    mailer: {
      send: (mail) => {
        to.push(mail.to);
        return mailer.send(mail);
      },
    },
  };
  return to;
};
const withAddresses = (world: World, ...addresses: string[]) =>
  addresses.forEach((address, n) => void world.people.set(aSid(n), aProfile({ sid: aSid(n), address })));

describe('whom a stage may mail', () => {
  it.each([
    ['ada@example.com', ['*@example.com'], 'ada@example.com'],
    ['Ada@example.com', ['*@example.com'], 'Ada@example.com'],
    ['Ada@example.com', ['ada@example.com'], 'ada@example.com'],
    ['ada@example.com', [' Ada@Example.com'], 'ada@example.com'],
    ['ada@example.org', ['*@example.com'], undefined],
    ['ada@sub.example.com', ['*@example.com'], undefined],
    ['ada@exampleXcom', ['*@example.com'], undefined],
    ['eve@evil.org\n@example.com', ['*@example.com'], undefined],
    ['ada@example.com', ['lin@example.com', 'ada@example.com'], 'ada@example.com'],
    ['anyone@anywhere.org', ['*'], 'anyone@anywhere.org'],
  ])('%s by %j is written %s', (address, patterns, written) => {
    expect(addresseesOf(patterns).of(address)).toBe(written);
  });
});

/** How often a world's profiles are read. */
const readsOf = (world: World) => {
  const reads = { many: 0 };
  const { reader } = world.deps;
  world.deps = {
    ...world.deps,
    reader: {
      ...reader,
      read: (edition, people) => {
        if (people.length > 0) reads.many += 1;
        return reader.read(edition, people);
      },
    },
  };
  return reads;
};
const abroad = (world: World, isAbroad: (n: number) => boolean) =>
  withAddresses(world, ...Array.from(world.people, (_, n) => (isAbroad(n) ? `n${n}@example.org` : `n${n}@example.com`)));

it('skips who may not be mailed, counted, without a call; places are lost to one chunk of half a second at most', async () => {
  const world = aWorld(40, { maxSendRate: 20, mayMail: [aProfile({ sid: aSid(7) }).address, 'someone@else.org'] });
  withAddresses(world, ...Array.from({ length: 40 }, (_, n) => (n === 7 ? 'someone@else.org' : `n${n}@example.org`)));
  expect(await world.deliver()).toEqual({ kind: 'done' });
  expect(world.rootTally?.counts).toEqual({ accepted: 1, 'skipped: not allowed': 39 });
  expect([world.calls, world.booked]).toEqual([[aSid(7)], 9 + 1]);
});

it('leaves the day’s quota alone for mails that are not sent', async () => {
  const quota = { max24Hours: 200, sentLast24Hours: 0, booked: 0, reserve: 50 };
  const world = aWorld(2000, { quota, mayMail: ['nobody@example.com'] });
  await world.deliver();
  await world.drain();
  expect([world.lane, world.rootTally?.counts]).toEqual([{}, { 'skipped: not allowed': 2000 }]);
  expect(world.booked).toBeLessThanOrEqual(47);
});

it('stops no lane for the sake of urgent mail where a chunk has nothing to send', async () => {
  const quota = { max24Hours: 200, sentLast24Hours: 149, booked: 0, reserve: 50 };
  const world = aWorld(30, { quota, mayMail: ['nobody@example.com'] });
  await world.deliver();
  expect([world.lane, world.rootTally?.counts]).toEqual([{}, { 'skipped: not allowed': 30 }]);

  const mixed = aWorld(30, { quota });
  abroad(mixed, (n) => n > 0);
  await mixed.deliver();
  expect([mixed.lane.stopped?.code, mixed.calls]).toEqual(['DailyQuotaReserve', []]);
});

describe('the profiles of a leaf', () => {
  it('are read once where each of its readers may be mailed, however many leaves there are', async () => {
    const world = aWorld(400, { maxSendRate: 1000 });
    const reads = readsOf(world);
    await world.deliver();
    await world.drain();
    const leaves = [...world.rows.values()].filter(({ shape }) => shape === 'leaf').length;
    expect([world.accepted.length, reads.many, world.booked]).toEqual([400, leaves, 400]);
  });

  it('are read before places are booked once a chunk found somebody who may not be mailed, until a leaf has nobody like that', async () => {
    const world = aWorld(30);
    const reads = readsOf(world);
    const next = async (n: number) => {
      world.edition = anEdition({ id: `engineering-digest_2026-W${n}` });
      world.rows.clear();
      [reads.many, world.booked] = [0, 0];
      await world.deliver();
      return [reads.many, world.booked];
    };
    abroad(world, (n) => n < 10);
    expect([await next(10), await next(11)]).toEqual([
      [1, 30],
      [2, 20],
    ]);
    abroad(world, () => false);
    expect([await next(12), await next(13)]).toEqual([
      [2, 30],
      [1, 30],
    ]);
    abroad(world, () => true);
    expect([await next(14), await next(15)]).toEqual([
      [1, 30],
      [1, 0],
    ]);
  });
});

it('tells another reason where there is one', async () => {
  const world = aWorld(1, { mayMail: ['nobody@example.com'] });
  world.people.set(aSid(0), aProfile({ sid: aSid(0), suspended: { at: '2026-11-20T00:00:00Z' } }));
  await world.deliver();
  expect(world.rootTally?.counts).toEqual({ 'skipped: suspended': 1 });
});

it('writes the envelope as the policy wants it, and reads the address anew before each chunk', async () => {
  const world = aWorld(2, { mayMail: ['ada@example.org'] });
  withAddresses(world, 'Ada@example.org', 'ADA@example.org');
  const to = recipients(world);
  await world.deliver();
  expect(to).toEqual(['ada@example.org', 'ada@example.org']);

  const later = aWorld(1, { mayMail: ['*@example.com'] });
  const { book } = later.deps.pacer;
  later.deps = {
    ...later.deps,
    pacer: {
      book: async (wanted) => {
        withAddresses(later, 'moved@example.org');
        return book(wanted);
      },
    },
  };
  await later.deliver();
  expect([later.calls, later.rootTally?.counts]).toEqual([[], { 'skipped: not allowed': 1 }]);
});

it('leaves a copy that is to be sent once more unconfirmed', async () => {
  const world = aWorld(1, {
    edition: anEdition({ id: 'sev1-alerts_pm-1_r1', stream: 'sev1-alerts' }),
    answer: () => ({ kind: 'in doubt', code: 'TimeoutError' }),
  });
  const settings = aProfile().streams['engineering-digest'];
  if (settings) world.people.set(aSid(0), aProfile({ sid: aSid(0), streams: { 'sev1-alerts': settings } }));
  await world.deliver();
  world.mayMail = ['nobody@example.com'];
  world.now += 5000;
  await world.deliver();
  expect([world.calls.length, leafOf(world).outcomes[aSid(0)]?.kind]).toEqual([1, 'unconfirmed']);
});

it('a row with a reason of a later version is read, and written as it was', () => {
  const skipped = Outcome.parse({ kind: 'skipped', reason: 'on the moon' });
  const row = packRange(aLeaf({ outcomes: { [aSid(1)]: skipped } }));
  expect(packRange(unpackRange(row))).toEqual(row);
});
