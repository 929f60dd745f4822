import { beforeEach, describe, expect, it } from 'vitest';
import { openLane } from '../../../core/delivery/lane.ts';
import { countOutcomes } from '../../../core/delivery/tally.ts';
import type { Edition } from '../../../core/edition/edition.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { forEveryLane } from '../../../core/stream/stream.ts';
import { type TellAgainDeps, tellAgain } from '../../../core/sweep/tell-again.ts';
import { wakeLeaves } from '../../../core/sweep/wake-leaves.ts';
import { aLeaf, anEdition, aProfile, aSid, someMade } from '../../support/delivery.ts';
import { aWorld, type World } from '../../support/delivery-fixture.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import type { listsOf } from '../../support/sweep.ts';

const distribution = aDistribution();
const onAlerts = { 'sev1-alerts': { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] } };
const published = '2026-11-23T08:00:00Z';

/** A Sev-1 that is told by one alert, and what `sweep` does once it may be told again. */
function aTelling(people: number, change: Partial<Edition> = {}) {
  const sids = Array.from({ length: people }, (_, n) => aSid(n));
  const edition = anEdition({
    id: 'sev1-alerts_pm-1_r1',
    stream: 'sev1-alerts',
    incident: 'pm-1',
    carries: [{ id: 'pm-1', revision: 1, title: 'A failover', severity: 'sev1' }],
    ...change,
  });
  const world = aWorld(0, { edition, people: new Map(sids.map((sid) => [sid, aProfile({ sid, streams: onAlerts })])) });
  const told = { missed: [] as string[], asked: [] as string[], related: [] as string[], texts: new Map<number, string>() };
  const deps: TellAgainDeps = {
    edition: async (id) => (id === world.edition.id ? { ...world.edition, withheld: [...world.withheld] } : undefined),
    editions: { release: async (_edition, postmortem) => void world.withheld.delete(postmortem) },
    updates: { read: async () => undefined },
    postmortems: { noteMissed: async (_id, missed) => void told.missed.push(missed) },
    renditions: async (_audience, _id, revision) => ({ text: told.texts.get(revision) ?? 'the same' }),
    ranges: world.ledger,
    send: async (_edition, range) => world.deps.queue.send([range]),
    queue: { alert: async (id) => void told.asked.push(id), published: async () => {} },
    relate: async (id) => void told.related.push(id),
    distribution: async () => distribution,
    newOwner: () => `again-${world.now}`,
    now: () => new Date(world.now),
  };
  const stored = (more: Partial<StoredPostmortem> = {}): StoredPostmortem => ({
    postmortem: aPostmortem({ severity: 'sev1', publishedAt: published }),
    revision: 3,
    hash: 'h',
    updatedAt: published,
    owed: ['tell again'],
    editions: [world.edition.id],
    namedIn: [],
    ...more,
  });
  return { world, deps, told, stored, again: (more?: Partial<StoredPostmortem>) => tellAgain(stored(more), deps) };
}

const deliverAll = async (world: World) => {
  await world.deliver();
  await world.drain();
};

describe('an alert that skipped readers because it was restricted for a moment', () => {
  it('goes to all of them once it may be told, and twice is once', async () => {
    const { world, again } = aTelling(9);
    world.withheld.add('pm-1');
    await deliverAll(world);
    expect(world.rootTally?.counts).toEqual({ 'skipped: withheld': 9 });
    expect(await again()).toBe('done');
    await world.drain();
    expect(await again()).toBe('done');
    await world.drain();
    expect(world.accepted.toSorted()).toEqual([...world.people.keys()].toSorted());
    expect(world.rootTally?.counts).toEqual({ accepted: 9 });
  });

  it('stays as it is once a later mail about the incident was made, which tells everybody', async () => {
    const { world, again } = aTelling(9, { superseded: { by: 'sev1-alerts_pm-1_r2', wasPaused: false } });
    world.withheld.add('pm-1');
    await deliverAll(world);
    const before = world.rootTally;

    expect(await again()).toBe('done');
    await world.drain();
    expect([world.accepted, world.rootTally, [...world.withheld]]).toEqual([[], before, ['pm-1']]);
  });

  it('goes to exactly those who were skipped, in every part of a long list', async () => {
    const { world, again } = aTelling(130);
    const { makeMail } = world.deps;
    Object.assign(world.deps, {
      makeMail: ((...all) => {
        if (world.accepted.length > 40) world.withheld.add('pm-1');
        return makeMail(...all);
      }) satisfies typeof makeMail,
    });
    await deliverAll(world);
    Object.assign(world.deps, { makeMail });
    const before = world.rootTally?.counts;
    expect(before?.accepted).toBeGreaterThan(0);
    expect(before?.['skipped: withheld']).toBeGreaterThan(50);
    await again();
    await world.drain();
    expect(world.accepted.toSorted()).toEqual([...world.people.keys()].toSorted());
    expect(world.rootTally?.counts).toEqual({ accepted: 130 });
  });

  it('goes to them also where the process dies behind any write, or the message is lost', async () => {
    const { world, again, deps } = aTelling(9);
    world.withheld.add('pm-1');
    await deliverAll(world);
    await expect(
      tellAgain(aTelling(9).stored(), {
        ...deps,
        send: async () => {
          throw new Error('killed');
        },
      }),
    ).rejects.toThrow('killed');
    expect(await again()).toBe('done');
    expect(world.queue).toEqual([]);
    world.now += 1000;
    const waking = {
      ...deps,
      ranges: world.ledger,
      editions: { ...world.deps.editions },
      settling: reopenedOf(world),
      failed: () => {},
      hasTime: () => true,
    };
    await wakeLeaves(
      {},
      forEveryLane(() => openLane),
      waking,
    );
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ accepted: 9 });
  });

  it('waits in the list of open work while its lane is stopped', async () => {
    const { world, again } = aTelling(3);
    world.withheld.add('pm-1');
    await deliverAll(world);
    world.lane = { paused: { at: published, by: 'ops' } };
    await again();
    await world.drain();
    expect(world.accepted).toEqual([]);
    expect(await reopenedOf(world)(new Date(world.now + 1), 10)).toHaveLength(1);
    world.lane = {};
    await world.deliver();
    expect(world.rootTally?.counts).toEqual({ accepted: 3 });
    expect(await reopenedOf(world)(new Date(world.now + 1), 10)).toEqual([]);
  });

  it('is restricted again in between: nobody gets it, and nobody is lost', async () => {
    const { world, again } = aTelling(3);
    world.withheld.add('pm-1');
    await deliverAll(world);
    await again();
    world.withheld.add('pm-1');
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ 'skipped: withheld': 3 });
    await again();
    await world.drain();
    expect(world.rootTally?.counts).toEqual({ accepted: 3 });
  });

  it('leaves a part alone that somebody works on, and comes again', async () => {
    const { world, again } = aTelling(1);
    const leaf = aLeaf({ leaseEndsAt: world.now + 5000, outcomes: { [aSid(0)]: { kind: 'skipped', reason: 'withheld' } } });
    world.rows.set('default -', leaf);
    expect(await again()).toBe('later');
    expect(world.rows.get('default -')).toBe(leaf);
  });

  it('keeps doubts of others as doubts, and sends to them in no other way', async () => {
    const { world, again } = aTelling(2);
    const doubt = { kind: 'in doubt', attempt: 1, made: someMade() } as const;
    const outcomes = { [aSid(0)]: { kind: 'skipped', reason: 'withheld' }, [aSid(1)]: doubt } as const;
    world.rows.set('default -', aLeaf({ state: 'settling', settlesAt: world.now + 60_000, outcomes }));
    await again();
    await world.drain();
    const row = world.rows.get('default -');
    expect(row?.shape === 'leaf' && { state: row.state, counts: countOutcomes(row.outcomes) }).toEqual({
      state: 'settling',
      counts: { accepted: 1, 'in doubt': 1 },
    });
    expect(world.accepted).toEqual([aSid(0)]);
  });

  it.each<[string, Partial<StoredPostmortem>]>([
    ['may not be told after all', { postmortem: aPostmortem({ severity: 'sev1', status: 'retracted' }) }],
    ['is less severe now', { postmortem: aPostmortem({ severity: 'sev3', publishedAt: published }) }],
    ['is history now', { postmortem: aPostmortem({ severity: 'sev1', publishedAt: '2026-10-01T00:00:00Z' }) }],
  ])('is not sent where it %s', async (_, more) => {
    const { world, again } = aTelling(3);
    world.withheld.add('pm-1');
    await deliverAll(world);
    expect(await again(more)).toBe('done');
    expect(world.queue).toEqual([]);
    expect([...world.withheld]).toEqual(['pm-1']);
  });
});

describe('an alert whose text was changed while it was restricted', () => {
  let telling: ReturnType<typeof aTelling>;
  beforeEach(async () => {
    telling = aTelling(3);
    telling.told.texts.set(3, 'without the secret');
    telling.world.withheld.add('pm-1');
  });

  it('is told anew where nobody had it, and the old text never leaves', async () => {
    await deliverAll(telling.world);
    expect(await telling.again()).toBe('done');
    expect(telling.told).toMatchObject({ missed: ['sev1-alerts_pm-1_r1'], asked: ['pm-1'] });
    expect([...telling.world.withheld]).toEqual(['pm-1']);
    expect(telling.world.queue).toEqual([]);
  });

  it('is told anew to teams by what is found of its new text', async () => {
    const { told, world, again } = aTelling(3, { id: 'relevant-incidents_pm-1_r1', stream: 'relevant-incidents' });
    told.texts.set(3, 'without the secret');
    world.withheld.add('pm-1');
    expect(await again()).toBe('done');
    expect(told).toMatchObject({ missed: ['relevant-incidents_pm-1_r1'], asked: [], related: ['pm-1'] });
  });

  it('is told anew only once it is known that what is being submitted reached nobody', async () => {
    const { world, again, told } = telling;
    const busy = aLeaf({ leaseEndsAt: world.now + 5000, submitting: { [aSid(0)]: { attempt: 1, made: someMade() } } });
    world.rows.set('default -', busy);
    expect(await again()).toBe('later');
    expect(told.missed).toEqual([]);
    world.rows.set('default -', aLeaf({ state: 'done', outcomes: { [aSid(0)]: { kind: 'skipped', reason: 'withheld' } } }));
    expect(await again()).toBe('done');
    expect(told.missed).toEqual(['sev1-alerts_pm-1_r1']);
  });

  it('is told to nobody by itself where somebody may have it, because its worker fell silent', async () => {
    const { world, again, told } = telling;
    world.rows.set('default -', aLeaf({ leaseEndsAt: world.now - 1, submitting: { [aSid(0)]: { attempt: 1, made: someMade() } } }));
    expect([await again(), told.missed]).toEqual(['done', []]);
  });

  it('is told to nobody by itself where somebody had it: an operator hears of it', async () => {
    const outcomes = {
      [aSid(0)]: { kind: 'skipped', reason: 'withheld' },
      [aSid(1)]: { kind: 'accepted', attempt: 1, messageId: 'm', made: someMade() },
    } as const;
    telling.world.rows.set('default -', aLeaf({ state: 'done', outcomes }));
    expect(await telling.again()).toBe('done');
    expect(telling.told).toMatchObject({ missed: [], asked: [] });
    expect([...telling.world.withheld]).toEqual(['pm-1']);
  });
});

describe('a digest that was to carry it', () => {
  const digest = { id: 'engineering-digest_2026-W47', stream: 'engineering-digest' } as const;
  const aDigest = (change: Partial<Edition>) => {
    const { incident: _, ...rest } = anEdition({ ...digest, ...change });
    const telling = aTelling(0, rest);
    const { incident: __, ...edition } = telling.world.edition;
    telling.world.edition = edition;
    telling.world.withheld.add('pm-1');
    return telling;
  };

  it('tells it in its waves to come, and leaves it to the next one where a mail may have left without it', async () => {
    const { again, told, world } = aDigest({ missed: ['pm-1'] });
    await again();
    expect(told.missed).toEqual([digest.id]);
    expect([...world.withheld]).toEqual([]);
  });

  it('tells it where it has not begun', async () => {
    const { again, told, world } = aDigest({ missed: ['pm-1'], waves: { default: '2026-11-27T08:00:00Z' }, begun: [] });
    await again();
    expect(told.missed).toEqual([]);
    expect([...world.withheld]).toEqual([]);
  });

  it('has told it where it was finished before', async () => {
    const { again, told } = aDigest({ completedAt: '2026-11-23T09:00:00Z' });
    await again();
    expect(told.missed).toEqual([]);
  });

  it('leaves it to the next one where its text was changed', async () => {
    const { again, told, world } = aDigest({ missed: ['pm-1'], waves: { default: '2026-11-27T08:00:00Z' }, begun: [] });
    told.texts.set(3, 'without the secret');
    await again();
    expect(told.missed).toEqual([digest.id]);
    expect([...world.withheld]).toEqual(['pm-1']);
  });
});

/** The list of leaves that are due, as the index shows it. */
const reopenedOf =
  (world: World): ReturnType<typeof listsOf>['settling'] =>
  async () =>
    [...world.rows].flatMap(([key, row]) =>
      row.shape === 'leaf' && row.state !== 'done' && row.settlesAt > 0
        ? [{ range: { edition: world.edition.id, slot: 'default', prefix: (key.split(' ')[1] ?? '').replace('-', '') }, place: key }]
        : [],
    );
