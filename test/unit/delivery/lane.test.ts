import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../core/delivery/ports.ts';
import { type Leaf, rootOf } from '../../../core/delivery/range.ts';
import { isForUrgentMail, reserveOf } from '../../../core/delivery/send-rate.ts';
import { anEdition, aSid } from '../../support/delivery.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';

const code = 'AccountSendingPausedException';
const paused: SendOutcome = { kind: 'try later', why: 'stopped', code };
const leafOf = (world: World) => world.rows.get(keyOf(rootOf(world.edition.id))) as Leaf;
const byHand = { at: '2026-11-23T08:00:00Z', by: 'on call' };

/** The only worker has just been told that the account is paused; its one call is forgotten. */
async function aStoppedWorld(size = 30): Promise<World> {
  const world = aWorld(size, { answer: () => paused });
  await world.deliver();
  world.calls.length = 0;
  return world;
}

describe('a lane of which SES takes no mail', () => {
  it.each([
    [14, 1],
    [200, 8],
  ])(
    'stops with the first answer: at %s mails a second %s are called, the work is kept, no message is left',
    async (maxSendRate, called) => {
      const world = aWorld(30, { answer: () => paused, maxSendRate });
      const { waitUntil } = world.deps;
      // Each tick waits for the one before it, as its place in time makes it do.
      let place = 0;
      Object.assign(world.deps, {
        waitUntil: async (instant: number) => {
          await waitUntil(instant);
          place += 1;
          for (let turns = place * 5; turns > 0; turns -= 1) await Promise.resolve();
        },
      });
      expect(await world.deliver()).toEqual({ kind: 'stopped', code, isNews: true });
      expect(world.calls).toHaveLength(called);
      expect(world.queue).toEqual([]);
      expect(leafOf(world)).toMatchObject({ state: 'open', leaseEndsAt: 0, expectedBy: 0, submitting: {}, outcomes: {} });
      expect(world.lane.stopped).toMatchObject({ code, probeAt: Math.trunc(world.now) + 20_000 });
    },
  );

  it('makes no call until its probe is due, however many messages come, and keeps them out of nobody’s places', async () => {
    const world = await aStoppedWorld();
    const { booked } = world;
    for (let n = 0; n < 10; n += 1) {
      world.now += 1900;
      expect(await world.deliver()).toEqual({ kind: 'stopped', code, isNews: false });
    }
    expect([world.calls.length, world.booked, world.queue.length]).toEqual([0, booked, 0]);
  });

  it('tries one mail when the probe is due; while that is refused each wait is twice as long, at most ten minutes', async () => {
    const world = await aStoppedWorld();
    const { since } = world.lane.stopped ?? {};
    const waits: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      const { probeAt = 0 } = world.lane.stopped ?? {};
      waits.push(Math.round((probeAt - world.now) / 1000));
      world.now = probeAt;
      expect(await world.deliver()).toMatchObject({ kind: 'stopped', isNews: true });
      expect(await world.deliver()).toMatchObject({ kind: 'stopped', isNews: false });
    }
    expect(world.calls).toHaveLength(8);
    expect(waits).toEqual([20, 40, 80, 160, 320, 600, 600, 600]);
    expect(world.lane.stopped).toMatchObject({ code, since });
  });

  it('is healed by the probe, and the same worker goes on with everybody', async () => {
    const world = await aStoppedWorld();
    world.answer = () => undefined;
    world.now += 20_000;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.lane).toEqual({});
    expect(world.rootTally?.counts).toEqual({ accepted: 30 });
  });

  it.each<[string, SendOutcome]>([
    ['refuses the one mail', { kind: 'refused', code: 'MessageRejected' }],
    ['throttles it', { kind: 'try later', why: 'throttled', code: 'Throttling' }],
  ])('is healed too where SES %s: it is there', async (_what, answer) => {
    const world = await aStoppedWorld();
    world.answer = (sid) => (sid === world.calls[0] && world.calls.length === 1 ? answer : undefined);
    world.now += 20_000;
    await world.deliver();
    expect(world.lane).toEqual({});
  });

  it('is not healed by a probe without an answer, whose mail is in doubt', async () => {
    const world = await aStoppedWorld();
    world.answer = () => ({ kind: 'in doubt', code: 'TimeoutError' });
    world.now += 20_000;
    expect(await world.deliver()).toMatchObject({ kind: 'stopped', isNews: false });
    expect(world.calls).toHaveLength(1);
    expect(Object.values(leafOf(world).outcomes).map(({ kind }) => kind)).toEqual(['in doubt']);
  });

  it('goes on to the next reader where the one of the probe is skipped: SES was not asked yet', async () => {
    const world = await aStoppedWorld(3);
    const [first = ''] = [...world.people.keys()].toSorted();
    const profile = world.people.get(first);
    if (profile) world.people.set(first, { ...profile, suspended: { at: '2026-11-22T00:00:00Z' } });
    world.answer = () => undefined;
    world.now += 20_000;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.rootTally?.counts).toEqual({ accepted: 2, 'skipped: suspended': 1 });
  });

  it('gives a probe that is due to one of two workers', async () => {
    const world = await aStoppedWorld();
    world.now += 20_000;
    const { takeProbe } = world.deps.breaker;
    let taken = 0;
    Object.assign(world.deps, {
      breaker: {
        ...world.deps.breaker,
        takeProbe: async (...all: Parameters<typeof takeProbe>) => {
          taken += 1;
          if (taken === 1) await takeProbe(...all); // another worker was faster
          return takeProbe(...all);
        },
      },
    });
    expect(await world.deliver()).toMatchObject({ kind: 'stopped', isNews: false });
    expect(world.calls).toEqual([]);
  });

  it('splits what comes meanwhile, so that every range is found by its row', async () => {
    const world = await aStoppedWorld(300);
    await world.drain();
    expect(world.calls.length).toBeLessThanOrEqual(50);
    const leaves = [...world.rows.values()].filter((row) => row.shape === 'leaf');
    expect(leaves.length).toBeGreaterThan(5);
    expect(leaves.every((leaf) => leaf.leaseEndsAt === 0 && leaf.state === 'open')).toBe(true);
  });

  it('is noticed before the next chunk by a worker that thought it open', async () => {
    const world = aWorld(40, { maxSendRate: 20 });
    world.answer = () => {
      world.lane = { stopped: { code, since: '2026-11-23T08:00:00Z', probeAt: world.now + 60_000, interval: 60_000 } };
      return undefined;
    };
    expect(await world.deliver()).toMatchObject({ kind: 'stopped', isNews: false });
    expect(world.accepted).toHaveLength(9);
    expect(Object.keys(leafOf(world).outcomes)).toHaveLength(9);
  });
});

describe('a lane that was paused by hand', () => {
  it('sends nothing, not even a probe, and goes on when it is resumed', async () => {
    const world = aWorld(5);
    world.lane = { paused: byHand, stopped: { code, since: '2026-11-23T08:00:00Z', probeAt: 0, interval: 20_000 } };
    expect(await world.deliver()).toEqual({ kind: 'paused' });
    expect([world.calls.length, world.queue.length]).toEqual([0, 0]);
    world.lane = {};
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.accepted).toHaveLength(5);
  });

  it('holds from the next chunk on', async () => {
    const world = aWorld(40, { maxSendRate: 20 });
    world.answer = () => {
      world.lane = { paused: byHand };
      return undefined;
    };
    expect(await world.deliver()).toEqual({ kind: 'paused' });
    expect(world.accepted).toHaveLength(9);
    expect(leafOf(world)).toMatchObject({ state: 'open', leaseEndsAt: 0, submitting: {} });
  });
});

const superseded = { by: 'sev1-alerts_pm-1_r2', wasPaused: false };

describe.each([
  ['recalled', { recalled: true }],
  ['superseded', { superseded }],
])('an edition that is %s', (reason, over) => {
  it('completes although the lane is held, without a call and without a place', async () => {
    const world = aWorld(40, { maxSendRate: 20, edition: anEdition(over) });
    world.lane = { paused: byHand };
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect([world.calls.length, world.booked]).toEqual([0, 0]);
    expect(world.rootTally?.counts).toEqual({ [`skipped: ${reason}`]: 40 });
  });

  it('skips whoever has no mail yet, in the middle of an edition', async () => {
    const world = aWorld(40, { maxSendRate: 20 });
    world.answer = () => {
      world.edition = { ...world.edition, ...over };
      return undefined;
    };
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.rootTally?.counts).toEqual({ accepted: 9, [`skipped: ${reason}`]: 31 });
  });
});

describe('an edition whose time has passed', () => {
  it('completes although the lane is held, without a call and without a place', async () => {
    const world = aWorld(40, { maxSendRate: 20, edition: anEdition({ leavesUntil: '2026-11-23T08:00:00Z' }) });
    world.lane = { paused: byHand };
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect([world.calls.length, world.booked]).toEqual([0, 0]);
    expect(world.rootTally?.counts).toEqual({ 'skipped: too late': 40 });
  });

  it('skips whoever has no mail by then, and nobody a moment earlier', async () => {
    const world = aWorld(40, { maxSendRate: 20 });
    world.edition = { ...world.edition, leavesUntil: new Date(world.now + 60_000).toISOString() };
    world.answer = () => {
      if (world.calls.length === 9) world.now += 60_000;
      return undefined;
    };
    await world.deliver();
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ accepted: 9, 'skipped: too late': 31 });
  });
});

it('a paused edition is split all the same, and its leaves are free at once', async () => {
  const world = aWorld(120, { edition: anEdition({ paused: true }) });
  await world.deliver();
  await world.drain();
  const leaves = [...world.rows.values()].filter((row) => row.shape === 'leaf');
  expect(leaves.length).toBeGreaterThan(1);
  expect(leaves.every(({ leaseEndsAt }) => leaseEndsAt === 0)).toBe(true);
  expect(world.calls).toEqual([]);
});

const impact = anEdition({ id: 'customer-impact_pm-1_r1', stream: 'customer-impact' });

describe('the reserve of the day’s quota', () => {
  const nearlyUsed = { max24Hours: 1000, sentLast24Hours: 940, booked: 5000, reserve: 50 };

  it('stops bulk mail before it is touched, without a call', async () => {
    const world = aWorld(40, { maxSendRate: 20, quota: nearlyUsed, booked: 5000 });
    expect(await world.deliver()).toEqual({ kind: 'stopped', code: 'DailyQuotaReserve', isNews: true });
    expect(world.accepted).toHaveLength(9);
    expect(world.lane.stopped).toMatchObject({ code: 'DailyQuotaReserve' });
  });

  it('is asked for again by the probe: nothing is tried while it is touched, and everything goes on when it is not', async () => {
    const world = aWorld(40, { maxSendRate: 20, quota: nearlyUsed, booked: 5000 });
    await world.deliver();
    world.now += 20_000;
    expect(await world.deliver()).toEqual({ kind: 'stopped', code: 'DailyQuotaReserve', isNews: true });
    expect(world.calls).toHaveLength(9);
    world.quota = { ...nearlyUsed, sentLast24Hours: 10, booked: world.booked };
    world.now += 40_000;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.rootTally?.counts).toEqual({ accepted: 40 });
  });

  it('is kept by a mail that many get at once, too', async () => {
    const world = aWorld(40, { maxSendRate: 20, quota: nearlyUsed, booked: 5000, edition: impact });
    for (const [sid, profile] of world.people) {
      const settings = profile.streams['engineering-digest'];
      if (settings) world.people.set(sid, { ...profile, streams: { 'customer-impact': settings } });
    }
    expect(await world.deliver()).toEqual({ kind: 'stopped', code: 'DailyQuotaReserve', isNews: true });
    expect(world.accepted).toHaveLength(9);
  });

  it('lets urgent mail pass', async () => {
    const world = aWorld(1, { quota: nearlyUsed, booked: 9000, edition: anEdition({ id: 'sev1-alerts_pm-1_r1', stream: 'sev1-alerts' }) });
    const profile = world.people.get(aSid(0));
    const settings = profile?.streams['engineering-digest'];
    if (profile && settings) world.people.set(aSid(0), { ...profile, streams: { 'sev1-alerts': settings } });
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.accepted).toEqual([aSid(0)]);
  });

  it('counts what was booked since SES was asked; an account without a limit has none', () => {
    expect(isForUrgentMail(nearlyUsed, 5010)).toBe(false);
    expect(isForUrgentMail(nearlyUsed, 5011)).toBe(true);
    expect(isForUrgentMail({ ...nearlyUsed, max24Hours: -1 }, 99_999)).toBe(false);
    expect(isForUrgentMail(undefined, 99_999)).toBe(false);
  });

  it('is a twentieth of the quota and at least fifty, unless the distribution file says', () => {
    expect([reserveOf(50_000, undefined), reserveOf(200, undefined), reserveOf(200, 20), reserveOf(200, 0)]).toEqual([2500, 50, 20, 0]);
  });
});
