import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deliverRange } from '../../../core/delivery/deliver-range.ts';
import { newOutageDetector } from '../../../core/delivery/outage.ts';
import type { Booking, WantedPlaces } from '../../../core/delivery/ports.ts';
import { rootOf } from '../../../core/delivery/range.ts';
import { newRefusals } from '../../../core/delivery/refusals.ts';
import { newThrottle } from '../../../core/delivery/send-rate.ts';
import type { DeliverDeps } from '../../../core/delivery/work-leaf.ts';
import { aWorld, type World } from '../../support/delivery-fixture.ts';
import { lowestLevel } from '../../support/lowest-level.ts';

/** Passes only when everybody waits, and then to the first instant that somebody waits for. */
function aClock(start: number) {
  let now = start;
  const waiting: { readonly until: number; readonly wake: () => void }[] = [];
  const until = (instant: number) =>
    instant <= now ? Promise.resolve() : new Promise<void>((wake) => waiting.push({ until: instant, wake }));
  return {
    now: () => now,
    until,
    after: (ms: number) => until(now + ms),
    async passUntil(done: Promise<unknown>) {
      let isDone = false;
      const end = done.finally(() => {
        isDone = true;
      });
      while (!isDone) {
        await new Promise(setImmediate);
        now = Math.min(...waiting.map((one) => one.until), Number.MAX_SAFE_INTEGER);
        for (const { wake } of waiting.filter((one) => one.until <= now)) wake();
        waiting.splice(0, waiting.length, ...waiting.filter((one) => one.until > now));
      }
      await end;
    },
  };
}
type Clock = ReturnType<typeof aClock>;

/** As `adapters/dynamodb/pacer.ts` gives places out, by the clock of each worker. */
function aPacer() {
  let next = 0;
  let booked = 0;
  return (now: () => number) => ({
    async book({ places, interval, within }: WantedPlaces): Promise<Booking> {
      if (next > now() + Math.min(1000, within)) return { kind: 'far', until: next - 1000 };
      const at = Math.max(next, now());
      next = at + places * interval;
      booked += places;
      return { kind: 'booked', at, booked };
    },
  });
}

interface Worker {
  /** So far its clock is off, in milliseconds. */
  readonly skew: number;
  /** Milliseconds that each of its calls of the table takes. */
  readonly slow: number;
}

const workerOf = ({ skew, slow }: Worker, world: World, clock: Clock, pacer: ReturnType<typeof aPacer>): DeliverDeps => {
  const { deps } = world;
  const now = () => clock.now() + skew;
  const { reader, ranges } = deps;
  return {
    ...deps,
    now: () => new Date(now()),
    waitUntil: (instant) => clock.until(instant - skew),
    pacer: pacer(now),
    reader: { ...reader, read: (...asked) => clock.after(slow).then(() => reader.read(...asked)) },
    ranges: { ...ranges, replace: (...row) => clock.after(slow).then(() => ranges.replace(...row)) },
    throttle: newThrottle(),
    outages: newOutageDetector(),
    refusals: newRefusals(),
  };
};

/** Delivers one edition with several workers. Answers when SES was called. */
async function instantsOf(maxSendRate: number, readers: number, workers: readonly Worker[]): Promise<number[]> {
  const world = aWorld(readers, { maxSendRate });
  const clock = aClock(world.now);
  const { send } = world.deps.mailer;
  const instants: number[] = [];
  const mailer: DeliverDeps['mailer'] = {
    async send(mail) {
      instants.push(clock.now());
      await clock.after(60);
      return send(mail);
    },
  };
  world.deps = { ...world.deps, mailer };
  const pacer = aPacer();
  const range = rootOf(world.edition.id);
  world.queue.push({ range, delay: 0 });
  const work = async (worker: Worker) => {
    const deps = workerOf(worker, world, clock, pacer);
    while (new Set(world.accepted).size < readers) {
      const message = world.queue.shift();
      if (message) await deliverRange(message.range, deps);
      else await clock.after(20);
    }
  };
  await clock.passUntil(Promise.all(workers.map(work)));
  expect(world.accepted).toHaveLength(readers);
  return instants;
}

const someWorkers = fc.array(fc.record({ skew: fc.integer({ min: -100, max: 100 }), slow: fc.integer({ min: 1, max: 90 }) }), {
  minLength: 1,
  maxLength: 5,
});

it('I6: several workers with clocks that differ never let a bucket of the rate run dry, and call SES in ticks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(2, 14, 50, 200, 1000), someWorkers, async (maxSendRate, workers) => {
      const readers = Math.min(120, maxSendRate * 3);
      const instants = await instantsOf(maxSendRate, readers, workers);
      expect(lowestLevel(instants, maxSendRate)).toBeGreaterThanOrEqual(0);
      if (maxSendRate >= 200) expect(new Set(instants).size).toBeLessThan(readers / 3);
    }),
    { seed: 64, numRuns: 15 },
  );
});
