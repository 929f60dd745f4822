import { describe, expect, it } from 'vitest';
import { deliverRange } from '../../../core/delivery/deliver-range.ts';
import type { RangeLedger } from '../../../core/delivery/ports.ts';
import { type Range, rootOf } from '../../../core/delivery/range.ts';
import { newThrottle } from '../../../core/delivery/send-rate.ts';
import type { DeliverDeps } from '../../../core/delivery/work-leaf.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';
import { seededRandom } from '../../support/seeded-random.ts';

/** What a safeguard of the ledger does without it. */
type Without = (ledger: RangeLedger, world: World) => RangeLedger;
const asItIs: Without = (ledger) => ledger;
const safeguards: Readonly<Record<string, Without>> = {
  'the condition that a new leaf has no row yet': (ledger, { rows }) => ({
    ...ledger,
    create: async (range, row) => {
      if (row.shape === 'leaf') rows.delete(keyOf(range));
      return ledger.create(range, row);
    },
  }),
  'the answer that somebody else has written the leaf down': (ledger) => ({
    ...ledger,
    create: async (range, row) => (await ledger.create(range, row)) || row.shape === 'leaf',
  }),
  'the answer that the range is no split': (ledger) => ({
    ...ledger,
    create: async (range, row) => (await ledger.create(range, row)) || row.shape === 'split',
  }),
};

interface Turn {
  readonly go: () => void;
  readonly die: () => void;
}

/**
 * Workers take turns at their calls, in an order drawn from a seed. Some die, messages come twice,
 * and one in two has a pace at which leaves are larger. Answers what is wrong once the edition is
 * counted.
 */
async function workTogether(seed: number, without: Without): Promise<string[]> {
  const random = seededRandom(seed);
  const chance = (share: number) => random() < share;
  const upTo = (most: number) => Math.floor(random() * most);
  const world: World = aWorld(51 + upTo(100), { answer: (sid) => void world.proofs.add(sid) });
  const waiting: Turn[] = [];
  const root = rootOf(world.edition.id);
  world.queue.push({ range: root, delay: 0 }, ...(chance(0.7) ? [{ range: root, delay: 0 }] : []));
  let running = 0;

  const start = async (range: Range) => {
    running += 1;
    await deliverRange(range, worker()).then(
      ({ kind }) => void (kind === 'lost' && world.queue.push({ range, delay: 8 })),
      () => void world.queue.push({ range, delay: 8 }),
    );
    running -= 1;
  };
  const worker = (): DeliverDeps => {
    let isDead = false;
    const turn = () =>
      new Promise<void>((go, die) => {
        if (isDead) return die(new Error('dead'));
        waiting.push({
          go,
          die: () => {
            isDead = true;
            die(new Error('killed'));
          },
        });
      });
    const inTurn = <Port extends object>(port: Port): Port =>
      Object.fromEntries(
        Object.entries(port).map(([name, act]) => [
          name,
          async (...all: unknown[]) => {
            await turn();
            return act(...all);
          },
        ]),
      ) as Port;
    const { audience, pacer, queue, reader } = world.deps;
    const rate = chance(0.5) ? 100 : 1000;
    const { outlook } = reader;
    return {
      ...world.deps,
      audience: inTurn(audience),
      pacer: inTurn(pacer),
      queue: inTurn(queue),
      reader: inTurn({ ...reader, outlook: async (edition) => ({ ...(await outlook(edition)), maxSendRate: rate }) }),
      ranges: inTurn(without(world.ledger, world)),
      throttle: newThrottle(),
    };
  };

  for (let n = 0; n < 3000 && (!world.rootTally || running > 0 || world.queue.length > 0); n += 1) {
    await new Promise(setImmediate);
    world.now += upTo(200);
    if (running < 3 && world.queue.length > 0 && chance(0.3)) {
      const [message] = world.queue.splice(upTo(world.queue.length), 1);
      if (message) {
        if (chance(0.1)) world.queue.push(message);
        void start(message.range);
      }
    }
    const [next] = waiting.splice(upTo(waiting.length), 1);
    if (next && chance(0.03)) next.die();
    else next?.go();
    if (running === 0 && world.queue.length === 0 && !world.rootTally) sweep(world, root);
  }
  return wrongIn(world);
}

/** Puts every unfinished leaf back to work, a minute later. */
function sweep(world: World, root: Range): void {
  world.now += 60_000;
  for (const [key, row] of world.rows)
    if (row.shape === 'leaf' && row.state !== 'done')
      world.queue.push({ range: { ...root, prefix: key.split(' ')[1]?.replace('-', '') ?? '' }, delay: 0 });
}

function wrongIn({ people, accepted, rows, rootTally }: World): string[] {
  const outcomes = [...rows.values()].flatMap((row) => (row.shape === 'leaf' ? Object.entries(row.outcomes) : []));
  const got = new Set(accepted);
  const known = new Map(outcomes);
  const counted = Object.values(rootTally?.counts ?? {}).reduce((sum, one) => sum + one, 0);
  return [
    ...(got.size < accepted.length ? ['somebody got it twice'] : []),
    ...(outcomes.length > known.size ? ['somebody is in two leaves'] : []),
    ...([...people.keys()].some((sid) => !known.has(sid)) ? ['somebody has no outcome'] : []),
    ...(outcomes.some(([sid, { kind }]) => (kind === 'accepted') !== got.has(sid)) ? ['the ledger is wrong about somebody'] : []),
    ...(counted === people.size ? [] : ['the tally is wrong']),
  ];
}

async function wrongWithin(runs: number, without: Without): Promise<string[]> {
  const wrong = new Set<string>();
  for (let seed = 1; seed <= runs; seed += 1) for (const one of await workTogether(seed, without)) wrong.add(one);
  return [...wrong];
}

describe('workers of one edition', () => {
  it('send to everybody once, whatever the order of their calls and whoever dies', async () => {
    expect(await wrongWithin(30, asItIs)).toEqual([]);
  });

  it.each(Object.entries(safeguards))('do not without %s', async (_, without) => {
    expect(await wrongWithin(12, without)).not.toEqual([]);
  });
});
