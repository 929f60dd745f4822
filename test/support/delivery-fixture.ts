import { addresseesOf } from '../../core/delivery/addressees.ts';
import { deliverRange } from '../../core/delivery/deliver-range.ts';
import type { LaneState } from '../../core/delivery/lane.ts';
import { mailMaker } from '../../core/delivery/make-mail.ts';
import { newOutageDetector } from '../../core/delivery/outage.ts';
import type { RangeLedger, SendOutcome } from '../../core/delivery/ports.ts';
import { boundsOf, type Range, type RangeRow, rootOf } from '../../core/delivery/range.ts';
import { newRefusals } from '../../core/delivery/refusals.ts';
import { type DailyQuota, newThrottle } from '../../core/delivery/send-rate.ts';
import type { DeliverDeps, Handled } from '../../core/delivery/work-leaf.ts';
import type { Edition, Tally } from '../../core/edition/edition.ts';
import { isAfter } from '../../core/shared/instant.ts';
import type { Profile, SubscriberId } from '../../core/subscriber/subscriber.ts';
import { anEdition, aProfile, aSid, someFragments } from './delivery.ts';

/**
 * The dependencies of one worker in memory: plain fakes that record calls, without a mock library.
 * Time passes only when something waits.
 */
export interface World {
  edition: Edition;
  people: Map<SubscriberId, Profile>;
  rows: Map<string, RangeRow>;
  /** The subscribers whose mail was accepted, in order. */
  accepted: SubscriberId[];
  /** The subscriber of every call, accepted or not. */
  calls: SubscriberId[];
  queue: { range: Range; delay: number }[];
  rootTally: Tally | undefined;
  now: number;
  remainingMs: number;
  maxSendRate: number;
  withheld: Set<string>;
  lane: LaneState;
  /** Patterns of the addresses that may be mailed. */
  mayMail: readonly string[];
  quota: DailyQuota | undefined;
  /** Places booked so far. */
  booked: number;
  /**
   * `proofs`: subscribers for whom an SES event proved acceptance. `asked`: those whose evidence
   * was asked for without a proof.
   */
  proofs: Set<SubscriberId>;
  asked: Set<SubscriberId>;
  /** The mail server's answer. Undefined: accepted. */
  answer: (sid: SubscriberId) => SendOutcome | undefined;
  /** Runs before each write of the ledger. It may change rows, or throw to simulate a crash. */
  beforeWrite: (what: 'create' | 'replace' | 'tally', range: Range) => void;
  /**
   * True: reports a write as lost although it was made, as after a lost reply and the SDK's second
   * try.
   */
  loseReply: (what: 'create' | 'replace', range: Range) => boolean;
  ledger: RangeLedger;
  deps: DeliverDeps;
  deliver(range?: Range): Promise<Handled>;
  /** Handles one message after another until the queue is empty. */
  drain(): Promise<Handled['kind'][]>;
}

export const keyOf = (range: Range) => `${range.slot} ${range.prefix || '-'}`;

export function aWorld(size = 1, change: Partial<World> = {}): World {
  let owners = 0;
  const people = new Map(Array.from({ length: size }, (_, n) => [aSid(n), aProfile({ sid: aSid(n) })] as const));
  const world: World = {
    edition: anEdition(),
    people,
    rows: new Map(),
    accepted: [],
    calls: [],
    queue: [],
    rootTally: undefined,
    now: Date.parse('2026-11-23T08:05:00Z'),
    remainingMs: 60_000,
    maxSendRate: 100,
    withheld: new Set(),
    lane: {},
    mayMail: ['*@example.com'],
    quota: undefined,
    booked: 0,
    proofs: new Set(),
    asked: new Set(),
    answer: () => undefined,
    beforeWrite: () => {},
    loseReply: () => false,
    ledger: fakeLedger(() => world),
    deps: undefined as never,
    deliver: (range = rootOf(world.edition.id)) => deliverRange(range, world.deps),
    async drain() {
      const kinds: Handled['kind'][] = [];
      for (let i = 0; i < 10_000; i += 1) {
        const next = world.queue.shift();
        if (!next) return kinds;
        world.now += next.delay * 1000;
        kinds.push((await world.deliver(next.range)).kind);
      }
      throw new Error('the queue never ran empty');
    },
    ...change,
  };
  world.deps = {
    audience: {
      async first(edition, { prefix }, limit) {
        const { first, last } = boundsOf(prefix);
        const here = [...world.people.values()].filter(({ sid, streams }) => {
          const since = edition.stream === 'service' ? undefined : streams[edition.stream]?.since;
          return sid >= first && sid <= last && since !== undefined && !isAfter(since, edition.cutoff);
        });
        return here
          .map(({ sid }) => sid)
          .toSorted()
          .slice(0, limit);
      },
    },
    editions: {
      read: async (id) => (id === world.edition.id ? world.edition : undefined),
      async setTally(_id, _slot, tally) {
        if (!world.rootTally || world.rootTally.version < tally.version) world.rootTally = tally;
      },
    },
    fragments: { readFragments: async () => someFragments() },
    evidence: {
      async ask(_edition, subscribers) {
        for (const sid of subscribers) if (!world.proofs.has(sid)) world.asked.add(sid);
        return new Map(subscribers.flatMap((sid) => (world.proofs.has(sid) ? [[sid, { attempt: 1, messageId: `m-${sid}` }]] : [])));
      },
    },
    ranges: world.ledger,
    reader: {
      async read(_edition, chunk) {
        const { paused, recalled } = world.edition;
        const superseded = world.edition.superseded !== undefined;
        const { lane, withheld, maxSendRate, quota } = world;
        const profiles = new Map(chunk.flatMap((sid) => (world.people.has(sid) ? [[sid, world.people.get(sid) as Profile]] : [])));
        const corrected = new Set(world.edition.corrected);
        return { profiles, paused, recalled, superseded, lane, withheld, corrected, maxSendRate, ...(quota && { quota }) };
      },
      async outlook() {
        const { recalled, superseded } = world.edition;
        return { recalled, superseded: superseded !== undefined, lane: world.lane, maxSendRate: world.maxSendRate };
      },
    },
    breaker: {
      async stop(_lane, stopped) {
        if (world.lane.stopped) return false;
        world.lane = { ...world.lane, stopped };
        return true;
      },
      async takeProbe(_lane, seen, next) {
        if (world.lane.stopped?.probeAt !== seen.probeAt) return false;
        world.lane = { ...world.lane, stopped: next };
        return true;
      },
      async reopen() {
        const { stopped: _, ...rest } = world.lane;
        world.lane = rest;
      },
    },
    pacer: {
      async book({ places }) {
        world.booked += places;
        return { kind: 'booked', at: world.now, booked: world.booked };
      },
    },
    mailer: {
      async send({ tags: { subscriber } }) {
        world.calls.push(subscriber);
        const answer = world.answer(subscriber);
        if (answer) return answer;
        world.accepted.push(subscriber);
        return { kind: 'accepted', messageId: `m-${subscriber}` };
      },
    },
    makeMail: mailMaker({
      publicUrl: 'https://mail.example.com',
      sender: { name: 'Lessons', address: 'lessons@example.com' },
      keys: { kid: 'k1', key: 'x'.repeat(32) },
    }),
    queue: {
      async send(ranges, delay = 0) {
        world.queue.push(...ranges.map((range) => ({ range, delay })));
      },
    },
    throttle: newThrottle(),
    outages: newOutageDetector(),
    sieve: { isWanted: false },
    refusals: newRefusals(),
    addressees: { of: (address) => addresseesOf(world.mayMail).of(address) },
    newOwner: () => {
      owners += 1;
      return `owner-${owners}`;
    },
    leaseMs: 7000,
    graceMs: 5000,
    requestTimeoutMs: 2000,
    remainingMs: () => world.remainingMs,
    now: () => new Date(world.now),
    waitUntil: async (instant) => {
      world.now = Math.max(world.now, instant);
    },
  };
  return world;
}

function fakeLedger(world: () => World): RangeLedger {
  return {
    read: async (range) => world().rows.get(keyOf(range)),
    async create(range, row) {
      world().beforeWrite('create', range);
      if (world().rows.has(keyOf(range))) return false;
      world().rows.set(keyOf(range), row);
      return !world().loseReply('create', range);
    },
    async replace(range, leaf, expected) {
      world().beforeWrite('replace', range);
      const row = world().rows.get(keyOf(range));
      if (row?.shape !== 'leaf' || row.version !== expected.version || row.owner !== expected.owner) return false;
      world().rows.set(keyOf(range), leaf);
      return !world().loseReply('replace', range);
    },
    async setTally(range, half, tally) {
      world().beforeWrite('tally', range);
      const row = world().rows.get(keyOf(range));
      if (row?.shape !== 'split') return undefined;
      const known = row.tallies[half];
      if (known && known.version >= tally.version) return row;
      const after = { ...row, tallies: { ...row.tallies, [half]: tally } };
      world().rows.set(keyOf(range), after);
      return after;
    },
  };
}
