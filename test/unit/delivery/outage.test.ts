import { describe, expect, it } from 'vitest';
import { newOutageDetector } from '../../../core/delivery/outage.ts';
import type { Outcome } from '../../../core/delivery/outcome.ts';
import type { SendOutcome } from '../../../core/delivery/ports.ts';
import { type Leaf, rootOf } from '../../../core/delivery/range.ts';
import { aSid, someMade } from '../../support/delivery.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';
import { aSweep, listsOf } from '../../support/sweep.ts';

const code = 'InDoubt';
const unanswered: SendOutcome = { kind: 'in doubt', code: 'ServiceUnavailable' };
const leafOf = (world: World) => world.rows.get(keyOf(rootOf(world.edition.id))) as Leaf;
const since = '2026-11-23T08:00:00Z';
const stop = { code, since, probeAt: 0, interval: 20_000 };

/** Minute after minute, as long as something is left to do; answers how many there were. */
async function minutes(world: World, most: number): Promise<number> {
  const sweeper = aSweep(world, { open: listsOf(world) });
  for (let minute = 0; minute < most; minute += 1) {
    const isSettling = (await listsOf(world).settling(new Date(Number.MAX_SAFE_INTEGER / 2), 1)).length > 0;
    if (world.rootTally && !isSettling) return minute;
    world.now += 60_000;
    await sweeper.run();
    await world.drain();
  }
  return most;
}

describe('an outage', () => {
  const doubts = (many: number, issuedAt = 1_800_000_000) =>
    Object.fromEntries(
      Array.from({ length: many }, (_, n): [string, Outcome] => [aSid(n), { kind: 'in doubt', attempt: 1, made: someMade({ issuedAt }) }]),
    );

  it('is too long with the twentieth call in a row that got no answer, and began with the first of them', () => {
    const outages = newOutageDetector();
    expect(outages.after(false, doubts(9, 1_800_000_000))).toBeUndefined();
    expect(outages.after(false, {})).toBeUndefined();
    expect(outages.after(false, doubts(10, 1_800_000_001))).toBeUndefined();
    expect(outages.after(false, doubts(1, 1_800_000_002))).toBe('2027-01-15T08:00:00Z');
    expect(outages.after(false, doubts(19))).toBeUndefined();
  });

  it('is over with any answer', () => {
    const outages = newOutageDetector();
    outages.after(false, doubts(19));
    expect(outages.after(true, doubts(46))).toBeUndefined();
    expect(outages.after(false, doubts(19))).toBeUndefined();
  });
});

describe('a lane in which SES answers nothing', () => {
  it('stops after some calls; whoever was not tried is kept', async () => {
    const world = aWorld(50, { maxSendRate: 20, answer: () => unanswered });
    const began = new Date(Math.floor(world.now / 1000) * 1000).toISOString().replace('.000Z', 'Z');
    expect(await world.deliver()).toEqual({ kind: 'stopped', code, isNews: true });
    expect(world.calls).toHaveLength(27);
    expect(world.lane.stopped).toMatchObject({ code, since: began, probeAt: Math.trunc(world.now) + 20_000 });
    expect(leafOf(world)).toMatchObject({ state: 'open', leaseEndsAt: 0, submitting: {} });
    expect([Object.keys(leafOf(world).outcomes).length, world.queue]).toEqual([27, []]);
  });

  it('stops too where everybody in the leaf was tried, and their doubts wait for evidence', async () => {
    const world = aWorld(30, { answer: () => unanswered });
    expect(await world.deliver()).toMatchObject({ kind: 'stopped', code });
    expect(leafOf(world)).toMatchObject({ state: 'settling', leaseEndsAt: 0, settlesAt: Math.trunc(world.now) + 5000 });
  });

  it('does not stop where one call of a chunk was answered, whatever the others were', async () => {
    const world = aWorld(50, { maxSendRate: 20 });
    world.answer = () => (world.calls.length % 9 === 0 ? undefined : unanswered);
    expect(await world.deliver()).toEqual({ kind: 'settling' });
    expect(world.calls).toHaveLength(50);
  });

  it('tries one mail when a probe is due, which is in doubt too and is no news', async () => {
    const world = aWorld(50, { maxSendRate: 20, answer: () => unanswered });
    await world.deliver();
    for (let probe = 1; probe <= 22; probe += 1) {
      world.now = world.lane.stopped?.probeAt ?? 0;
      expect(await world.deliver()).toEqual({ kind: 'stopped', code, isNews: false });
      expect(world.calls).toHaveLength(27 + probe);
    }
  });

  it('loses few of many mails to an outage of two hours, and sends all others after it', async () => {
    const world = aWorld(2000, { answer: () => unanswered });
    await world.deliver();
    await world.drain();
    await minutes(world, 120);
    const lost = world.calls.length;
    expect(lost).toBeLessThan(80);
    world.answer = () => undefined;
    expect(await minutes(world, 30)).toBeLessThan(30);
    expect([world.rootTally?.counts, world.calls.length]).toEqual([{ accepted: 2000 - lost, unconfirmed: lost }, 2000]);
  });
});

describe('a lane whose mails are accepted and not answered', () => {
  const accepting = (size: number, change: Partial<World> = {}) => {
    const world: World = aWorld(size, {
      ...change,
      answer: (sid) => {
        world.proofs.add(sid);
        return unanswered;
      },
    });
    return world;
  };

  it.each([[60], [1000]])('F6: gets to the end of %i readers by evidence, with one call each', async (size) => {
    const world = accepting(size);
    await world.deliver();
    await world.drain();
    expect(await minutes(world, 120)).toBeLessThan(120);
    expect([world.rootTally?.counts, world.calls.length]).toEqual([{ accepted: size }, size]);
  });

  it('goes on with a probe that finds evidence in its leaf, and spends no mail on it', async () => {
    const world = accepting(50, { maxSendRate: 20 });
    await world.deliver();
    world.answer = () => undefined;
    world.now += 20_000;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect([world.lane, world.rootTally?.counts, world.calls.length]).toEqual([{}, { accepted: 50 }, 50]);
  });

  it('goes on with one that finds what feedback healed meanwhile', async () => {
    const world = aWorld(50, { maxSendRate: 20, answer: () => unanswered });
    await world.deliver();
    const range = rootOf(world.edition.id);
    const [[sid, doubt] = ['', undefined]] = Object.entries(leafOf(world).outcomes);
    const made = doubt && 'made' in doubt ? doubt.made : someMade();
    const healed = { ...leafOf(world).outcomes, [sid]: { kind: 'accepted', attempt: 1, messageId: 'm', made } as const };
    world.rows.set(keyOf(range), { ...leafOf(world), version: leafOf(world).version + 1, outcomes: healed });
    world.now += 20_000;
    await world.deliver();
    expect(world.calls).toHaveLength(50);
  });

  it('is opened by settling doubts too', async () => {
    const world = accepting(30);
    await world.deliver();
    world.now += 5000;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.lane).toEqual({});
  });

  it.each([
    ['that left before SES fell silent', { ...stop, since: '2026-11-24T08:00:00Z' }],
    ['where SES itself said why it takes none', { ...stop, code: 'AccountSendingPausedException' }],
  ])('is not opened by evidence of mails %s', async (_what, stopped) => {
    const world = accepting(3);
    await world.deliver();
    world.lane = { stopped };
    world.now += 5000;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.lane).toEqual({ stopped });
  });
});
