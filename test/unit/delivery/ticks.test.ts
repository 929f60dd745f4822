import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newThrottle } from '../../../core/delivery/send-rate.ts';
import { ticksOf } from '../../../core/delivery/ticks.ts';
import { lowestLevel } from '../../support/lowest-level.ts';

const paceOf = (maxSendRate: number) => newThrottle().pace(maxSendRate, 0);
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const sizes = (mails: number, interval: number) => ticksOf(numbers(mails), interval).map((tick) => tick.mails.length);

describe('the ticks of a chunk', () => {
  it.each([
    [1, 1, [1]],
    [14, 6, [1, 1, 1, 1, 1, 1]],
    [50, 23, [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1]],
    [200, 50, [9, 9, 9, 9, 9, 5]],
    [500, 50, [17, 17, 16]],
    [1000, 50, [25, 25]],
    [1000, 30, [30]],
    [1000, 0, []],
  ])('at %s mails a second, of %s mails, have these sizes: %s', (maxSendRate, mails, expected) => {
    expect(sizes(mails, paceOf(maxSendRate).interval)).toEqual(expected);
  });

  it('keep every mail in its order, none before its place or 50 ms after it, and the last at its own', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 20_000, noNaN: true }), fc.integer({ min: 1, max: 60 }), (interval, count) => {
        const ticks = ticksOf(numbers(count), interval);
        expect(ticks.flatMap(({ mails }) => mails)).toEqual(numbers(count));
        expect(ticks.at(-1)?.after).toBe((count - 1) * interval);
        for (const { after, mails } of ticks)
          for (const n of mails) {
            const late = after - n * interval;
            expect(late >= 0 && (late === 0 || late + interval <= 50)).toBe(true);
          }
      }),
      { seed: 61 },
    );
  });
});

it('a tick and the second after it have no more mails than SES allows in a second, at any rate and in any chunk', () => {
  for (let maxSendRate = 1; maxSendRate <= 1000; maxSendRate += 1) {
    const { interval, chunk } = paceOf(maxSendRate);
    const most = Math.max(...numbers(chunk).map((n) => sizes(n + 1, interval)[0] ?? 0));
    const placesAfterIt = Math.ceil(1000 / interval) - 1;
    if (most + placesAfterIt > maxSendRate) expect.fail(`at ${maxSendRate} a second: ${most} together, and ${placesAfterIt} after them`);
  }
});

/** One chunk: its worker, when it asks for places, and what it has of them. */
interface Booked {
  readonly worker: number;
  readonly pause: number;
  readonly people: number;
  readonly sent: number;
  readonly late: number;
}
interface Day {
  readonly maxSendRate: number;
  /** How far each worker's clock is off, in milliseconds, and its brake. */
  readonly workers: readonly { readonly skew: number; readonly slowedBy: number }[];
  readonly chunks: readonly Booked[];
}
const usualRates = [1, 2, 3, 7, 14, 20, 21, 43, 50, 100, 144, 200, 317, 500, 999, 1000, 2000];
const share = fc.double({ min: 0, max: 1, noNaN: true });
const rates = fc.oneof(fc.constantFrom(...usualRates), fc.integer({ min: 1, max: 3000 }));
const someChunks = fc.array(
  fc.record({
    worker: fc.nat({ max: 5 }),
    pause: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, share),
    people: share,
    sent: share,
    late: share,
  }),
  { minLength: 20, maxLength: 150, size: 'max' },
);
const someWorkers = fc.array(fc.record({ skew: share, slowedBy: fc.constantFrom(0, 0, 0, 0.1, 0.6) }), { minLength: 1, maxLength: 6 });
const days: fc.Arbitrary<Day> = fc.record({ maxSendRate: rates, workers: someWorkers, chunks: someChunks });

/**
 * When the mails leave, oldest first. Places are given out one after the other, as the pacer does.
 * `lateMs`: a chunk may leave up to so much after its places. `skewMs`: so far a clock may be off,
 * before or after the right time.
 */
function instantsOf({ maxSendRate, workers, chunks }: Day, { lateMs, skewMs }: { lateMs: number; skewMs: number }): number[] {
  let next = 1_000_000;
  const instants: number[] = [];
  for (const { worker: number, pause, people, sent, late } of chunks) {
    const worker = workers[number % workers.length] ?? { skew: 0.5, slowedBy: 0 };
    const throttle = newThrottle();
    throttle.slowDown(worker.slowedBy, 0);
    const { interval, chunk } = throttle.pace(maxSendRate, 0);
    const places = 1 + Math.floor(people * (chunk - 1));
    const at = next + pause * 1500;
    next = at + places * interval;
    const starts = at + late * lateMs + (worker.skew * 2 - 1) * skewMs;
    const mails = numbers(Math.ceil(Math.max(0.01, sent) * places));
    for (const tick of ticksOf(mails, interval)) instants.push(...tick.mails.map(() => starts + tick.after));
  }
  return instants.toSorted((a, b) => a - b);
}

describe('I6, by the model: whatever workers book and send', () => {
  it('no second has more mails than SES allows, where they are in time', () => {
    fc.assert(
      fc.property(days, (day) => {
        const instants = instantsOf(day, { lateMs: 0, skewMs: 0 });
        const tooNear = instants.findIndex((at, n) => (instants[n + day.maxSendRate] ?? Number.POSITIVE_INFINITY) - at < 999.999);
        expect(tooNear).toBe(-1);
      }),
      { seed: 62, numRuns: 200 },
    );
  });

  it('the bucket never runs dry, where they are late by up to 0.3 s and clocks are off by 0.1 s', () => {
    fc.assert(
      fc.property(
        days.filter(({ maxSendRate }) => maxSendRate > 1),
        (day) => {
          expect(lowestLevel(instantsOf(day, { lateMs: 300, skewMs: 100 }), day.maxSendRate)).toBeGreaterThanOrEqual(0);
        },
      ),
      { seed: 63, numRuns: 200 },
    );
  });
});
