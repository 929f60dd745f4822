import { describe, expect, it } from 'vitest';
import type { SkipReason } from '../../../core/delivery/outcome.ts';
import type { SendOutcome } from '../../../core/delivery/ports.ts';
import { type RangeRow, rootOf } from '../../../core/delivery/range.ts';
import { UnknownEdition } from '../../../core/shared/errors.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { aLeaf, anEdition, aProfile, aSid, someMade } from '../../support/delivery.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';

const root = rootOf('engineering-digest_2026-W47');
const leafAt = (world: World, range = root) => {
  const row = world.rows.get(keyOf(range));
  if (row?.shape !== 'leaf') throw new Error('no leaf there');
  return row;
};
const withRow = (row: RangeRow) => new Map([[keyOf(root), row]]);
const throttled: SendOutcome = { kind: 'try later', why: 'throttled', code: 'Throttling' };

describe('a small audience', () => {
  it('gets one mail each, and the edition its exact tally', async () => {
    const world = aWorld(40);
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.accepted.toSorted()).toEqual([...world.people.keys()].toSorted());
    expect(world.rootTally?.counts).toEqual({ accepted: 40 });
  });

  it('of nobody is done at once, with an empty tally', async () => {
    const world = aWorld(0);
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.rootTally?.counts).toEqual({});
  });

  it('is sent to once, however often the message comes', async () => {
    const world = aWorld(30);
    await world.deliver();
    expect(await world.deliver()).toEqual({ kind: 'done already' });
    expect(world.calls).toHaveLength(30);
  });
});

describe('a large audience', () => {
  it('splits itself until it fits and reaches everyone once, with every message doubled', async () => {
    const world = aWorld(500);
    const { send } = world.deps.queue;
    world.deps = { ...world.deps, queue: { send: (ranges, delay) => send([...ranges, ...ranges], delay) } };
    await world.deliver();
    await world.drain();
    expect(world.accepted.toSorted()).toEqual([...world.people.keys()].toSorted());
    expect(world.rootTally?.counts).toEqual({ accepted: 500 });
  });

  it('is split down to its first leaf by one message, which sends to that leaf and leaves the rest to others', async () => {
    const world = aWorld(500);
    expect(await world.deliver()).toEqual({ kind: 'done' });
    const first = [...world.rows].flatMap(([key, row]) => (row.shape === 'leaf' ? [key.split(' ')[1] ?? ''] : []));
    expect(first).toEqual(['0000']);
    expect([...world.rows.keys()]).toEqual(['default -', 'default 0', 'default 00', 'default 000', 'default 0000']);
    expect(world.queue.map(({ range }) => range.prefix)).toEqual(['1', '01', '001', '0001']);
    const here = [...world.people.keys()].filter((sid) => sid.startsWith('0'));
    expect(world.accepted.toSorted()).toEqual(here.toSorted());
  });

  it.each([
    ['a leaf', aLeaf({ leaseEndsAt: Date.parse('2026-11-23T08:06:00Z') }), ['0']],
    ['a split', { shape: 'split', tallies: {} } as const, ['00', '01']],
  ])('is left as it is where somebody made its half %s meanwhile', async (_, row, again) => {
    const world = aWorld(500);
    world.beforeWrite = (what, { prefix }) => {
      if (what === 'create' && prefix === '0') world.rows.set('default 0', row);
    };
    await world.deliver();
    expect(world.queue.map(({ range }) => range.prefix)).toEqual(['1', ...again]);
    expect(world.calls).toEqual([]);
  });

  it('keeps the shape that was decided when people leave in between', async () => {
    const world = aWorld(60);
    await world.deliver();
    for (let n = 0; n < 30; n += 1) world.people.delete(aSid(n));
    expect(await world.deliver()).toEqual({ kind: 'split' });
  });
});

describe('F22: an exclusion answered before the chunk is read', () => {
  const off = { on: false, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
  const excluded: [SkipReason, Partial<Profile>][] = [
    ['unsubscribed', { streams: { 'engineering-digest': off } }],
    ['suppressed', { suppressed: { reason: 'bounce', at: '2026-11-02T00:00:00Z' } }],
    ['snoozed', { snoozedUntil: '2026-12-01T00:00:00Z' }],
    ['gone', { realm: 'customers' }],
  ];
  it.each(excluded)('skips with the reason %s', async (reason, change) => {
    const world = aWorld(1);
    world.people.set(aSid(0), aProfile({ sid: aSid(0), ...change }));
    await world.deliver();
    expect(world.calls).toEqual([]);
    expect(world.rootTally?.counts).toEqual({ [`skipped: ${reason}`]: 1 });
  });

  it('counts until the wait for the chunk is over', async () => {
    const world = aWorld(1);
    world.deps = {
      ...world.deps,
      pacer: { book: async () => ({ kind: 'booked', at: world.now + 800, booked: 1 }) },
      waitUntil: async () => {
        world.people.delete(aSid(0));
      },
    };
    await world.deliver();
    expect(leafAt(world).outcomes[aSid(0)]).toEqual({ kind: 'skipped', reason: 'gone' });
  });

  it('counts between a mail that SES threw back and its next try', async () => {
    const world = aWorld(2, { answer: () => throttled });
    expect(await world.deliver()).toEqual({ kind: 'later' });
    world.people.set(aSid(0), aProfile({ sid: aSid(0), streams: { 'engineering-digest': off } }));
    world.answer = () => undefined;
    await world.drain();
    expect(world.accepted).toEqual([aSid(1)]);
    expect(leafAt(world).outcomes[aSid(0)]).toEqual({ kind: 'skipped', reason: 'unsubscribed' });
  });

  it('costs one mail more where it comes after the chunk was read, and none of a later edition', async () => {
    const world = aWorld(1);
    world.beforeWrite = (what) => {
      if (what === 'create') world.people.set(aSid(0), aProfile({ sid: aSid(0), streams: { 'engineering-digest': off } }));
    };
    await world.deliver();
    expect(world.calls).toHaveLength(1);
    world.edition = anEdition({ id: 'engineering-digest_2026-W48' });
    world.rows.clear();
    await world.deliver(rootOf(world.edition.id));
    expect(world.calls).toHaveLength(1);
  });

  it('skips everyone once the edition is recalled', async () => {
    const world = aWorld(3, { edition: anEdition({ recalled: true }) });
    await world.deliver();
    expect(world.rootTally?.counts).toEqual({ 'skipped: recalled': 3 });
  });

  it('sends nothing whose every postmortem is withheld', async () => {
    const world = aWorld(2, { withheld: new Set(['pm-1']) });
    await world.deliver();
    expect(world.rootTally?.counts).toEqual({ 'skipped: withheld': 2 });
  });

  it.each([
    ['a later revision of a card', { corrected: ['pm-1:2'] }, '4'],
    ['the revision of the card', { corrected: ['pm-1:1'] }, '2'],
    ['another postmortem', { corrected: ['pm-2:9'] }, '2'],
    [
      'a later revision than the one that it corrects to',
      { corrected: ['pm-1:10'], carries: [], corrects: [{ id: 'pm-1', from: 1, to: 9 }] },
      '4',
    ],
    ['the revision that it corrects to', { corrected: ['pm-1:9'], carries: [], corrects: [{ id: 'pm-1', from: 1, to: 9 }] }, '2'],
  ])('once %s is marked as corrected, shows readers to come what it should', async (_, change, cards) => {
    const world = aWorld(1, { edition: anEdition(change) });
    await world.deliver();
    const row = world.rows.get(keyOf(root));
    expect(row?.shape === 'leaf' ? row.outcomes : row).toMatchObject({ [aSid(0)]: { kind: 'accepted', made: { cards } } });
  });
});

describe('another worker', () => {
  it('that holds the lease keeps us out, and the message comes again when the lease has ended', async () => {
    const world = aWorld(1);
    world.rows = withRow(aLeaf({ leaseEndsAt: world.now + 4000 }));
    expect(await world.deliver()).toEqual({ kind: 'held' });
    expect(world.queue).toEqual([{ range: root, delay: 4 }]);
    expect(world.calls).toEqual([]);
  });

  it('that writes the leaf down before us makes us send nothing, and the message comes again when its lease has ended', async () => {
    const world = aWorld(5);
    world.beforeWrite = (what) => {
      if (what === 'create') world.rows = withRow(aLeaf({ owner: 'the other', leaseEndsAt: world.now + 9000 }));
    };
    expect(await world.deliver()).toEqual({ kind: 'held' });
    expect([world.calls, world.queue]).toEqual([[], [{ range: root, delay: 9 }]]);
  });

  it('that wrote the leaf down before us and has finished it leaves us its tally', async () => {
    const world = aWorld(1);
    world.beforeWrite = (what) => {
      if (what === 'create') world.rows = withRow(aLeaf({ state: 'done', outcomes: { [aSid(0)]: { kind: 'skipped', reason: 'gone' } } }));
    };
    expect(await world.deliver()).toEqual({ kind: 'done already' });
    expect([world.calls, world.rootTally?.counts]).toEqual([[], { 'skipped: gone': 1 }]);
  });

  it('that takes the leaf over before our mark makes us send nothing', async () => {
    const world = aWorld(5, { rows: withRow(aLeaf()) });
    world.beforeWrite = (what) => {
      const row = world.rows.get(keyOf(root));
      const isMark = what === 'replace' && row?.shape === 'leaf' && row.version > 1;
      if (isMark) world.rows = withRow(aLeaf({ owner: 'the other', version: 7, leaseEndsAt: world.now + 9000 }));
    };
    expect(await world.deliver()).toEqual({ kind: 'lost' });
    expect(world.calls).toEqual([]);
  });

  it('that fell silent leaves doubts, which wait for evidence and are not sent again', async () => {
    const world = aWorld(4);
    world.rows = withRow(aLeaf({ submitting: { [aSid(0)]: { attempt: 1, made: someMade() } } }));
    expect(await world.deliver()).toEqual({ kind: 'settling' });
    expect(world.accepted.toSorted()).toEqual([aSid(1), aSid(2), aSid(3)].toSorted());
    expect(leafAt(world)).toMatchObject({ state: 'settling', outcomes: { [aSid(0)]: { kind: 'in doubt' } } });
    expect(world.rootTally).toBeUndefined();
  });
});

describe('a write whose reply was lost', () => {
  it.each(['create', 'replace'] as const)('is recognised as our own: %s', async (write) => {
    const world = aWorld(30, { loseReply: (what) => what === write });
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.accepted).toHaveLength(30);
    expect(world.rootTally?.counts).toEqual({ accepted: 30 });
  });
});

describe('the mail server', () => {
  it('that throttles gets the rest later, and nobody twice', async () => {
    let calls = 0;
    const world = aWorld(40, {
      answer: () => {
        calls += 1;
        return calls % 3 === 0 && calls < 60 ? throttled : undefined;
      },
    });
    expect(await world.deliver()).toEqual({ kind: 'later' });
    await world.drain();
    expect(world.accepted.toSorted()).toEqual([...world.people.keys()].toSorted());
    expect(world.rootTally?.counts).toEqual({ accepted: 40 });
  });

  it('that refuses one address costs nobody else the mail', async () => {
    const world = aWorld(5, { answer: (sid) => (sid === aSid(2) ? { kind: 'refused', code: 'MessageRejected' } : undefined) });
    await world.deliver();
    expect(world.rootTally?.counts).toEqual({ accepted: 4, 'refused: MessageRejected': 1 });
  });

  it('that gives no answer leaves a doubt that is not sent again', async () => {
    const world = aWorld(5, { answer: (sid) => (sid === aSid(2) ? { kind: 'in doubt', code: 'TimeoutError' } : undefined) });
    expect(await world.deliver()).toEqual({ kind: 'settling' });
    expect(await world.deliver()).toEqual({ kind: 'settling' });
    expect(world.calls).toHaveLength(5);
    expect(world.rootTally).toBeUndefined();
  });
});

describe('an SES that cannot be reached', () => {
  it('is let be for a while: the work is kept and asked for again', async () => {
    const world = aWorld(3, { answer: () => ({ kind: 'try later', why: 'unreachable', code: 'ENOTFOUND' }) });
    expect(await world.deliver()).toEqual({ kind: 'stopped', code: 'ENOTFOUND', isNews: true });
    expect(world.queue).toEqual([{ range: root, delay: 20 }]);
    expect(world.lane).toEqual({});
    world.answer = () => undefined;
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ accepted: 3 });
  });
});

describe('a worker that SES had slowed down to the utmost', () => {
  it('still sends at one mail a second, within a short invocation', async () => {
    const world = aWorld(1, { maxSendRate: 1, remainingMs: 5000 });
    for (let i = 0; i < 10; i += 1) world.deps.throttle.slowDown(1, world.now);
    expect(await world.deliver()).toEqual({ kind: 'done' });
  });

  it('gets its pace back with time, without a mail sent', () => {
    const { throttle } = aWorld(1).deps;
    const before = throttle.pace(100, 0).interval;
    throttle.slowDown(0.5, 0);
    expect(throttle.pace(100, 0).interval).toBe(before * 2);
    expect(throttle.pace(100, 60_000).interval).toBe(before);
    throttle.slowDown(0.05, 60_000);
    expect(throttle.pace(100, 60_250).interval).toBeCloseTo(before, 1);
  });
});

it('marks nobody when waiting and reading took the time that sending needs', async () => {
  const world = aWorld(3, { remainingMs: 20_000 });
  const { reader } = world.deps;
  world.deps = {
    ...world.deps,
    reader: {
      ...reader,
      async read(edition, chunk) {
        world.remainingMs = 100;
        return reader.read(edition, chunk);
      },
    },
  };
  expect(await world.deliver()).toEqual({ kind: 'later' });
  expect(world.calls).toEqual([]);
  expect(leafAt(world)).toMatchObject({ submitting: {}, outcomes: {} });
});

describe('a chunk that was held up', () => {
  it('books other places once, and then keeps the distance between its ticks', async () => {
    const world = aWorld(10, { maxSendRate: 50 });
    const bookings: number[] = [];
    const waits: number[] = [];
    const { reader, waitUntil } = world.deps;
    world.deps = {
      ...world.deps,
      pacer: {
        async book() {
          bookings.push(world.now);
          return { kind: 'booked', at: world.now, booked: 0 };
        },
      },
      reader: {
        ...reader,
        async read(edition, chunk) {
          world.now += 400;
          return reader.read(edition, chunk);
        },
      },
      waitUntil: (instant) => {
        waits.push(instant);
        return waitUntil(instant);
      },
    };
    await world.deliver();
    expect(bookings).toHaveLength(2);
    expect(world.accepted).toHaveLength(10);
    const [first = 0, second = 0, ...rest] = waits.slice(-5);
    expect(second - first).toBeCloseTo((1000 / 0.95 / 50) * 2, 3);
    expect(rest).toHaveLength(3);
    expect(first).toBeGreaterThanOrEqual(Math.max(...bookings) + 400);
  });
});

describe('stopping early', () => {
  it('with too little time left gives the leaf back and asks for it again', async () => {
    const world = aWorld(5, { remainingMs: 1000 });
    expect(await world.deliver()).toEqual({ kind: 'later' });
    expect(world.calls).toEqual([]);
    expect(leafAt(world)).toMatchObject({ leaseEndsAt: 0, state: 'open' });
    world.remainingMs = 60_000;
    await world.drain();
    expect(world.accepted).toHaveLength(5);
  });

  it('for places that come too late for this worker books none of them', async () => {
    const world = aWorld(5, { remainingMs: 4000 });
    const within: number[] = [];
    world.deps = {
      ...world.deps,
      pacer: {
        async book(wanted) {
          within.push(wanted.within);
          return { kind: 'far', until: world.now - 1 };
        },
      },
    };
    expect(await world.deliver()).toEqual({ kind: 'later' });
    expect(within[0]).toBeLessThan(4000 - world.deps.requestTimeoutMs);
    expect(world.calls).toEqual([]);
    expect(world.queue).toEqual([{ range: root, delay: 0 }]);
  });

  it('because the edition is paused acknowledges, and sends nothing', async () => {
    const world = aWorld(5, { edition: anEdition({ paused: true }) });
    expect(await world.deliver()).toEqual({ kind: 'paused' });
    expect(world.calls).toEqual([]);
    expect(world.queue).toEqual([]);
  });

  it('after a crash behind the mark leaves its chunk in doubt and sends to the rest', async () => {
    const world = aWorld(40);
    world.maxSendRate = 20;
    let marks = 0;
    world.beforeWrite = (what) => {
      marks += what === 'replace' ? 1 : 0;
      if (marks === 3) throw new Error('the worker was killed');
    };
    await expect(world.deliver()).rejects.toThrow('killed');
    const sentBefore = world.accepted.length;
    world.beforeWrite = () => {};
    world.now += 8000;
    await world.deliver();
    world.now += 5000;
    await world.deliver();
    expect(sentBefore).toBeGreaterThan(0);
    expect(new Set(world.accepted).size).toBe(world.accepted.length);
    const counts = world.rootTally?.counts;
    expect((counts?.accepted ?? 0) + (counts?.unconfirmed ?? 0)).toBe(40);
  });
});

it('names an edition that is not there', async () => {
  await expect(aWorld(1).deliver(rootOf('engineering-digest_1999-W01'))).rejects.toThrow(UnknownEdition);
});
