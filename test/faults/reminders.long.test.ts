import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { simulated, type World } from '../support/reminded-days.ts';

const params = { numRuns: 12, seed: 17 };

/** 400 days from a Monday, over two changes of the clocks, with holidays, outages and leavers. */
const aWorld: fc.Arbitrary<World> = fc.record({
  begin: fc.constantFrom('2026-01-05', '2026-08-31'),
  days: fc.constant(400),
  zone: fc.constantFrom('Europe/Berlin', 'America/Los_Angeles', 'Australia/Lord_Howe'),
  holidays: fc.uniqueArray(fc.integer({ min: 0, max: 399 }), { maxLength: 15 }),
  outages: fc.array(fc.record({ from: fc.integer({ min: 1, max: 395 }), days: fc.integer({ min: 1, max: 6 }) }), { maxLength: 6 }),
  pauses: fc.array(
    fc.record({ person: fc.integer({ min: 0, max: 5 }), from: fc.integer({ min: 1, max: 395 }), days: fc.integer({ min: 1, max: 30 }) }),
    { maxLength: 8 },
  ),
  leavers: fc.array(fc.record({ person: fc.integer({ min: 0, max: 5 }), on: fc.integer({ min: 50, max: 395 }) }), { maxLength: 2 }),
  actions: fc.array(
    fc.record({
      owner: fc.integer({ min: 0, max: 5 }),
      seen: fc.integer({ min: -200, max: 350 }),
      due: fc.integer({ min: -300, max: 390 }),
      done: fc.option(fc.integer({ min: 1, max: 399 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 25 },
  ),
  crashes: fc.uniqueArray(fc.integer({ min: 0, max: 399 }), { maxLength: 10 }),
  twice: fc.uniqueArray(fc.integer({ min: 0, max: 399 }), { maxLength: 10 }),
  lost: fc.array(fc.record({ on: fc.integer({ min: 0, max: 398 }), how: fc.constantFrom('purged', 'died', 'unsent') }), { maxLength: 20 }),
});

it('says each step once, in at most one mail a person and day, over 400 days', async () => {
  await fc.assert(
    fc.asyncProperty(aWorld, async (world) => {
      const { mails, expected, told } = await simulated(world);
      const keys = mails.map(({ subscriber, about }) => `${subscriber} ${about}`);
      expect(new Set(keys).size).toBe(keys.length);
      expect(told).toEqual(expected);
      for (const { about } of mails) expect(Temporal.PlainDate.from(about).dayOfWeek).toBeLessThan(6);
    }),
    params,
  );
});

it('mails nobody of an archive of 5,000 with overdue actions', async () => {
  const actions = Array.from({ length: 5000 }, (_, n) => ({
    owner: n % 6,
    seen: 30,
    promised: -400 - (n % 300),
    due: -10 - (n % 300),
    done: undefined,
  }));
  const { mails } = await simulated({
    begin: '2026-01-05',
    days: 60,
    zone: 'Europe/Berlin',
    holidays: [],
    outages: [],
    pauses: [],
    leavers: [],
    actions,
    crashes: [],
    twice: [],
  });
  expect(mails).toEqual([]);
});
