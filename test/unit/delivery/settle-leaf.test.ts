import { describe, expect, it } from 'vitest';
import type { Doubted, Outcome } from '../../../core/delivery/outcome.ts';
import type { SendOutcome } from '../../../core/delivery/ports.ts';
import { type Leaf, rootOf } from '../../../core/delivery/range.ts';
import { mimeBytes } from '../../../core/mail/mail-text.ts';
import { aLeaf, anEdition, aSid, someMade } from '../../support/delivery.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';

const timeout: SendOutcome = { kind: 'in doubt', code: 'TimeoutError' };
const leafOf = (world: World) => world.rows.get(keyOf(rootOf(world.edition.id))) as Leaf;
const accepted: Outcome = { kind: 'accepted', attempt: 1, messageId: 'm', made: someMade() };
const alert = anEdition({ id: 'sev1-alerts_pm-1_r1', stream: 'sev1-alerts' });

/** Three people; the last one's mail got no answer. The worker and its grace are over. */
async function afterTheGrace(change: Partial<World> = {}): Promise<World> {
  const world = aWorld(3, { answer: (sid) => (sid === aSid(2) ? timeout : undefined), ...change });
  for (const profile of world.people.values()) {
    const settings = profile.streams['engineering-digest'];
    if (settings) world.people.set(profile.sid, { ...profile, streams: { ...profile.streams, 'sev1-alerts': settings } });
  }
  await world.deliver();
  world.answer = () => undefined;
  world.now += 5000;
  return world;
}

describe('a doubt', () => {
  it('is left alone until its grace is over', async () => {
    const world = await afterTheGrace();
    world.now -= 1;
    expect(await world.deliver()).toEqual({ kind: 'settling' });
    expect(world.asked.size).toBe(0);
  });

  it('that an event has proven is accepted, and counted', async () => {
    const world = await afterTheGrace();
    world.proofs.add(aSid(2));
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(leafOf(world).outcomes[aSid(2)]).toMatchObject({ kind: 'accepted', attempt: 1, messageId: `m-${aSid(2)}` });
    expect(world.rootTally?.counts).toEqual({ accepted: 3 });
    expect(world.calls).toHaveLength(3);
  });

  it('without evidence is unconfirmed on a digest and never sent again', async () => {
    const world = await afterTheGrace();
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(await world.deliver()).toEqual({ kind: 'done already' });
    expect(world.rootTally?.counts).toEqual({ accepted: 2, unconfirmed: 1 });
    expect(world.calls).toHaveLength(3);
    expect([...world.asked]).toEqual([aSid(2)]);
  });

  it('of an edition that was superseded is settled by evidence, else unconfirmed: an old text is not sent again', async () => {
    const world = await afterTheGrace({ edition: alert, answer: (sid) => (sid === aSid(0) ? undefined : timeout) });
    world.edition = { ...alert, superseded: { by: 'sev1-alerts_pm-1_r2', wasPaused: false } };
    world.proofs.add(aSid(1));
    world.lane = { paused: { at: '2026-11-23T08:00:00Z', by: 'on call' } };
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.rootTally?.counts).toEqual({ accepted: 2, unconfirmed: 1 });
    expect(world.calls).toHaveLength(3);
  });

  it('of an edition whose time has passed stays in doubt until evidence, else it is unconfirmed', async () => {
    const world = await afterTheGrace({ edition: alert, answer: (sid) => (sid === aSid(0) ? undefined : timeout) });
    world.edition = { ...alert, leavesUntil: '2026-11-23T08:00:00Z' };
    world.proofs.add(aSid(1));
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.rootTally?.counts).toEqual({ accepted: 2, unconfirmed: 1 });
    expect(world.calls).toHaveLength(3);
  });

  it('without evidence is sent once more where losing it would be worse, marked as a possible repeat', async () => {
    const subjects: string[] = [];
    const world = await afterTheGrace({ edition: alert });
    const { mailer } = world.deps;
    Object.assign(world.deps, {
      mailer: {
        send: (mail: Parameters<typeof mailer.send>[0]) => {
          subjects.push(/^Subject: (.*)$/m.exec(mimeBytes(mail.mime).toString())?.[1] ?? '');
          expect(mail.tags.attempt).toBe(2);
          return mailer.send(mail);
        },
      },
    });
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(subjects).toEqual([expect.stringContaining('possible repeat')]);
    expect(leafOf(world).outcomes[aSid(2)]).toMatchObject({ kind: 'accepted', attempt: 2 });
    expect(world.rootTally?.counts).toEqual({ accepted: 3 });
  });

  it('about the second copy too is unconfirmed', async () => {
    const world = await afterTheGrace({ edition: alert });
    world.answer = () => timeout;
    const { made: first } = leafOf(world).outcomes[aSid(2)] as Doubted;
    expect(await world.deliver()).toEqual({ kind: 'settling' });
    expect(leafOf(world).outcomes[aSid(2)]).toMatchObject({ kind: 'in doubt', attempt: 2, earlier: [first] });
    world.now += 5000;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(leafOf(world).outcomes[aSid(2)]).toMatchObject({ kind: 'unconfirmed', attempt: 2, earlier: [first] });
    expect(world.calls).toHaveLength(4);
    expect(world.rootTally?.counts).toEqual({ accepted: 2, unconfirmed: 1 });
  });

  it.each([
    ['is refused', (world: World) => Object.assign(world, { answer: () => ({ kind: 'refused', code: 'MessageRejected' }) })],
    ['is skipped because its reader left', (world: World) => world.people.delete(aSid(2))],
  ])('whose second copy %s stays unconfirmed: the first one may have arrived', async (_what, change) => {
    const world = await afterTheGrace({ edition: alert });
    change(world);
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(leafOf(world).outcomes[aSid(2)]).toMatchObject({ kind: 'unconfirmed', attempt: 1 });
  });

  it('whose second copy is throttled keeps its place and is sent later', async () => {
    const world = await afterTheGrace({ edition: alert });
    world.answer = () => ({ kind: 'try later', why: 'throttled', code: 'Throttling' });
    expect(await world.deliver()).toEqual({ kind: 'later' });
    expect(leafOf(world)).toMatchObject({ state: 'settling', outcomes: { [aSid(2)]: { kind: 'in doubt', attempt: 1 } } });
    world.answer = () => undefined;
    expect(await world.drain()).toEqual(['done']);
    expect(leafOf(world).outcomes[aSid(2)]).toMatchObject({ kind: 'accepted', attempt: 2 });
  });

  it('that an operator wants sent again is, whatever the stream says', async () => {
    const world = aWorld(1);
    const again = { kind: 'in doubt', attempt: 2, made: someMade(), again: true } as const;
    world.rows.set(keyOf(rootOf(world.edition.id)), aLeaf({ state: 'settling', outcomes: { [aSid(0)]: again } }));
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(leafOf(world).outcomes[aSid(0)]).toMatchObject({ kind: 'accepted', attempt: 3 });
  });
});

describe('a doubt of an edition or a lane that was paused by hand', () => {
  const byHand = { at: '2026-11-23T08:00:00Z', by: 'on call' };
  const brakes: [string, (world: World) => void][] = [
    ['edition', (world) => Object.assign(world, { edition: { ...world.edition, paused: true } })],
    ['lane', (world) => Object.assign(world, { lane: { paused: byHand } })],
  ];
  const resume = (world: World) => Object.assign(world, { edition: { ...world.edition, paused: false }, lane: {} });

  it.each(brakes)('is settled by evidence all the same: that sends nothing (%s)', async (_what, pause) => {
    const world = await afterTheGrace();
    world.proofs.add(aSid(2));
    pause(world);
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.rootTally?.counts).toEqual({ accepted: 3 });
  });

  it.each(brakes)('is sent once more only when it is resumed, be its edition or its lane paused (%s)', async (_what, pause) => {
    const world = await afterTheGrace({ edition: alert });
    const { booked } = world;
    pause(world);
    expect(await world.deliver()).toEqual({ kind: 'paused' });
    expect([world.calls.length, world.booked, world.queue.length]).toEqual([3, booked, 0]);
    expect(leafOf(world)).toMatchObject({ state: 'settling', isAsked: true, leaseEndsAt: 0, outcomes: { [aSid(2)]: { attempt: 1 } } });
    resume(world);
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(leafOf(world).outcomes[aSid(2)]).toMatchObject({ kind: 'accepted', attempt: 2 });
  });

  it('leaves whoever has no outcome yet for the time after it', async () => {
    const world = aWorld(40, { maxSendRate: 20 });
    world.answer = () => {
      world.edition = { ...world.edition, paused: true };
      return timeout;
    };
    await world.deliver();
    world.now += 60_000;
    expect(await world.deliver()).toEqual({ kind: 'paused' });
    expect(world.calls).toHaveLength(9);
    expect(leafOf(world)).toMatchObject({ state: 'open', leaseEndsAt: 0 });
  });
});

describe('a worker that dies while it settles', () => {
  it('behind the mark of the second copy leaves a doubt about it, which is not sent a third time', async () => {
    const world = await afterTheGrace({ edition: alert });
    const { mailer } = world.deps;
    Object.assign(world.deps, { mailer: { send: () => Promise.reject(new Error('the worker was killed')) } });
    await expect(world.deliver()).rejects.toThrow('killed');
    expect(leafOf(world).submitting[aSid(2)]).toMatchObject({ attempt: 2 });

    Object.assign(world.deps, { mailer });
    world.now += 7000;
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.calls).toHaveLength(3);
    expect(leafOf(world).outcomes[aSid(2)]).toMatchObject({ kind: 'unconfirmed', attempt: 2 });
  });
});

describe('what feedback healed between claim and mark', () => {
  it('is not sent again', async () => {
    const world = await afterTheGrace({ edition: alert });
    let writes = 0;
    world.beforeWrite = (what, range) => {
      writes += what === 'replace' ? 1 : 0;
      if (writes !== 2) return;
      const row = leafOf(world);
      world.rows.set(keyOf(range), { ...row, version: row.version + 1, outcomes: { ...row.outcomes, [aSid(2)]: accepted } });
    };
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.calls).toHaveLength(3);
    expect(leafOf(world).outcomes[aSid(2)]).toEqual(accepted);
    expect(world.rootTally?.counts).toEqual({ accepted: 3 });
  });

  it('stays accepted where the stream would have given up', async () => {
    const world = await afterTheGrace();
    let writes = 0;
    world.beforeWrite = (what, range) => {
      writes += what === 'replace' ? 1 : 0;
      if (writes !== 2) return;
      const row = leafOf(world);
      world.rows.set(keyOf(range), { ...row, version: row.version + 1, outcomes: { ...row.outcomes, [aSid(2)]: accepted } });
    };
    expect(await world.deliver()).toEqual({ kind: 'done' });
    expect(world.rootTally?.counts).toEqual({ accepted: 3 });
  });
});
