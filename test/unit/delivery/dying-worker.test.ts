import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../core/delivery/ports.ts';
import { type Leaf, rootOf } from '../../../core/delivery/range.ts';
import { forEveryLane } from '../../../core/stream/stream.ts';
import { anEdition } from '../../support/delivery.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';
import { aSweep, listsOf } from '../../support/sweep.ts';

const minute = 60_000;
const leafOf = (world: World) => world.rows.get(keyOf(rootOf(world.edition.id))) as Leaf | undefined;

interface Death {
  /** The call of the worker at which it dies, counted from one. */
  readonly call: number;
  readonly when: 'before' | 'after';
}

/**
 * Has the worker die at one of its calls to anything outside. Answers the names of the calls that
 * it made.
 */
function dieAt(world: World, { call, when }: Death): string[] {
  const names: string[] = [];
  let isDead = false;
  const dying =
    <A extends readonly unknown[], T>(name: string, act: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      if (isDead) throw new Error('the worker is dead');
      names.push(name);
      const isLast = names.length === call;
      isDead ||= isLast && when === 'before';
      if (isDead) throw new Error('the worker was killed');
      const result = await act(...args);
      isDead ||= isLast;
      if (isDead) throw new Error('the worker was killed');
      return result;
    };
  const { audience, editions, fragments, evidence, ranges, reader, breaker, pacer, mailer, queue, waitUntil } = world.deps;
  const { replace } = ranges;
  world.deps = {
    ...world.deps,
    audience: { first: dying('read who is in the range', audience.first) },
    editions: { read: dying('read the edition', editions.read), setTally: dying('set the tally', editions.setTally) },
    fragments: { readFragments: dying('read fragments', fragments.readFragments) },
    evidence: { ask: dying('ask for evidence', evidence.ask) },
    ranges: {
      ...ranges,
      read: dying('read the row', ranges.read),
      create: (range, row) => {
        const isMark = row.shape === 'leaf' && Object.keys(row.submitting).length > 0;
        return dying(isMark ? 'create the row with the mark' : 'create the row', ranges.create)(range, row);
      },
      replace: (range, leaf, expected) => {
        const isMark = Object.keys(leaf.submitting).length > 0 && leaf.leaseEndsAt > 0 && leaf.step > 0;
        const what = isMark ? 'mark' : leaf.step === 0 ? 'claim' : leaf.leaseEndsAt === 0 ? 'give back or finish' : 'record';
        return dying(what, replace)(range, leaf, expected);
      },
    },
    reader: { read: dying('read readers', reader.read), outlook: dying('read outlook', reader.outlook) },
    breaker: {
      stop: dying('stop lane', breaker.stop),
      takeProbe: dying('take probe', breaker.takeProbe),
      reopen: dying('open lane', breaker.reopen),
    },
    pacer: { book: dying('book', pacer.book) },
    mailer: { send: dying('send', mailer.send) },
    queue: { send: dying('send a message', queue.send) },
    waitUntil: dying('wait', waitUntil),
  };
  return names;
}

/**
 * The same message comes again; what gets no message is found by `sweep`. Until the edition is
 * counted.
 */
async function carryOn(world: World): Promise<void> {
  const sweeper = aSweep(world, {
    open: listsOf(world),
    readLanes: async () => forEveryLane(() => world.lane),
  });
  world.queue.push({ range: rootOf(world.edition.id), delay: 8 });
  for (let n = 0; n < 120 && (!world.rootTally || world.queue.length > 0); n += 1) {
    await world.drain();
    world.now += minute;
    await sweeper.run();
  }
}

/**
 * A world of one leaf in which mail is sent in chunks of two; SES has evidence of all that it
 * accepted.
 */
function aLeafIn(story: Story): World {
  const world: World = aWorld(story.readers, {
    maxSendRate: 5,
    ...story.change,
    answer: (sid) => {
      const answer = story.answer?.(world.calls.length, sid);
      if (answer === undefined || answer.kind === 'in doubt') world.proofs.add(sid);
      return answer;
    },
  });
  for (const [sid, profile] of world.people) {
    const settings = profile.streams['engineering-digest'];
    if (settings) world.people.set(sid, { ...profile, streams: { ...profile.streams, 'sev1-alerts': settings } });
  }
  return world;
}

interface Story {
  readonly what: string;
  readonly readers: number;
  readonly change?: Partial<World>;
  readonly answer?: (call: number, sid: string) => SendOutcome | undefined;
  readonly counts: Readonly<Record<string, number>>;
  /** Mail that was marked and never reached SES: not sent again, because nobody can tell. */
  readonly mayBeUnconfirmed: boolean;
}
const outage = { code: 'InDoubt', since: '2026-11-23T08:00:00Z', probeAt: 0, interval: 20_000 };
const stories: readonly Story[] = [
  { what: 'a digest', readers: 5, counts: { accepted: 5 }, mayBeUnconfirmed: true },
  {
    what: 'an alert of which one mail gets no answer',
    readers: 3,
    change: { edition: anEdition({ id: 'sev1-alerts_pm-1_r1', stream: 'sev1-alerts' }) },
    answer: (call) => (call === 2 ? { kind: 'in doubt', code: 'TimeoutError' } : undefined),
    counts: { accepted: 3 },
    mayBeUnconfirmed: false,
  },
  {
    what: 'a digest of which SES throttles a mail',
    readers: 5,
    answer: (call) => (call === 3 ? { kind: 'try later', why: 'throttled', code: 'Throttling' } : undefined),
    counts: { accepted: 5 },
    mayBeUnconfirmed: true,
  },
  {
    what: 'a digest whose account is paused half way',
    readers: 5,
    answer: (call) => (call === 3 ? { kind: 'try later', why: 'stopped', code: 'AccountSendingPaused' } : undefined),
    counts: { accepted: 5 },
    mayBeUnconfirmed: true,
  },
  {
    what: 'a digest of a lane whose probe is due',
    readers: 4,
    change: { lane: { stopped: outage } },
    counts: { accepted: 4 },
    mayBeUnconfirmed: true,
  },
  {
    what: 'a recalled edition',
    readers: 3,
    change: { edition: anEdition({ recalled: true }) },
    counts: { 'skipped: recalled': 3 },
    mayBeUnconfirmed: false,
  },
];

/** The calls of a worker that does not die. */
async function callsOf(story: Story): Promise<string[]> {
  const world = aLeafIn(story);
  const names = dieAt(world, { call: 0, when: 'before' });
  await world.deliver();
  return names;
}

/** The world as a worker leaves it that dies at one of its calls. */
async function afterDeath(story: Story, death: Death): Promise<World> {
  const world = aLeafIn(story);
  const { deps } = world;
  dieAt(world, death);
  await expect(world.deliver()).rejects.toThrow('the worker was killed');
  world.deps = deps;
  return world;
}

describe.each(stories)('a worker that dies in $what', (story) => {
  it('at any call, before it or after it, doubles no mail and loses none', async () => {
    const calls = await callsOf(story);
    for (const [n, name] of calls.entries())
      for (const when of ['before', 'after'] as const) {
        const world = await afterDeath(story, { call: n + 1, when });
        const marked = Object.keys(leafOf(world)?.submitting ?? {}).filter((sid) => !world.accepted.includes(sid));
        await carryOn(world);
        const where = `${when} call ${n + 1}, ${name}`;
        const unconfirmed = story.mayBeUnconfirmed ? marked.length : 0;
        const { accepted = 0, ...others } = story.counts;
        const counts = { ...others, ...(accepted > 0 && { accepted: accepted - unconfirmed }), ...(unconfirmed > 0 && { unconfirmed }) };
        expect([where, world.rootTally?.counts]).toEqual([where, counts]);
        expect([where, world.accepted.length]).toEqual([where, new Set(world.accepted).size]);
      }
  });
});

/** What the row of a leaf tells a worker who comes next. */
function rowOf(world: World): string {
  const leaf = leafOf(world);
  if (!leaf) return 'no row';
  const parts = [leaf.state, leaf.leaseEndsAt > world.now && 'leased'];
  const marked = Object.keys(leaf.submitting).length;
  const known = Object.keys(leaf.outcomes).length;
  return [...parts, marked > 0 && `${marked} marked`, known > 0 && `${known} known`].filter(Boolean).join(', ');
}

it('a worker leaves behind, after each of its calls, what docs/adr/035 says', async () => {
  const story: Story = { what: '', readers: 3, counts: {}, mayBeUnconfirmed: true };
  const left: string[] = [];
  for (const [n, name] of (await callsOf(story)).entries())
    left.push(`${name}: ${rowOf(await afterDeath(story, { call: n + 1, when: 'after' }))}`);
  expect(left).toEqual([
    'read the edition: no row',
    'read outlook: no row',
    'read who is in the range: no row',
    'read the row: no row',
    'read outlook: no row',
    'read fragments: no row',
    'book: no row',
    'wait: no row',
    'read readers: no row',
    'create the row with the mark: open, leased, 2 marked',
    'wait: open, leased, 2 marked',
    'wait: open, leased, 2 marked',
    'send: open, leased, 2 marked',
    'send: open, leased, 2 marked',
    'book: open, leased, 2 marked',
    'wait: open, leased, 2 marked',
    'read readers: open, leased, 2 marked',
    'mark: open, leased, 1 marked, 2 known',
    'wait: open, leased, 1 marked, 2 known',
    'send: open, leased, 1 marked, 2 known',
    'give back or finish: done, 3 known',
    'set the tally: done, 3 known',
  ]);
});
