import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zones } from '../../../core/shared/zone.ts';
import { frequencies } from '../../../core/stream/stream.ts';
import { frequencyOf, readSlot, type SlotChoice, slotOf } from '../../../core/subscriber/slot.ts';
import { Slot } from '../../../core/subscriber/subscriber.ts';

const choices: fc.Arbitrary<SlotChoice> = fc.record({
  frequency: fc.constantFrom(...frequencies),
  at: fc.option(
    fc.record({ weekday: fc.integer({ min: 1, max: 7 }), hour: fc.integer({ min: 0, max: 23 }), zone: fc.constantFrom(...zones()) }),
    { nil: undefined },
  ),
});

it('writes every choice as a mail tag of at most 64 characters and reads it back', async () => {
  await fc.assert(
    fc.property(choices, (choice) => {
      const slot = Slot.parse(slotOf(choice));
      expect(frequencyOf(slot)).toBe(choice.frequency);
      expect(readSlot(slot)).toEqual(choice.at && choice.frequency !== 'published' ? choice : { frequency: choice.frequency });
    }),
    { numRuns: 200 },
  );
});

it('writes each zone that can be chosen in its own way', () => {
  const written = zones().map((zone) => slotOf({ frequency: 'weekly', at: { weekday: 1, hour: 0, zone } }));
  expect(new Set(written).size).toBe(zones().length);
  expect(written.filter((slot) => slot === undefined)).toEqual([]);
});

describe('a choice', () => {
  const at = { weekday: 1, hour: 9, zone: 'Europe/Berlin' };

  it('that equals the stream’s own schedule is the stream’s own, whatever the place is called', () => {
    expect(slotOf({ frequency: 'weekly', at }, at)).toBe('default');
    const own = { weekday: 1, hour: 9, zone: 'Asia/Calcutta' };
    expect(slotOf({ frequency: 'weekly', at: { ...at, zone: 'Asia/Kolkata' } }, own)).toBe('default');
    expect(slotOf({ frequency: 'monthly', at }, at)).toBe('m1-0900-Europe--Berlin');
  });

  it('has one name for one place', () => {
    expect(slotOf({ frequency: 'weekly', at: { ...at, zone: 'Asia/Calcutta' } })).toBe('w1-0900-Asia--Kolkata');
    expect(slotOf({ frequency: 'weekly', at: { ...at, zone: 'us/pacific' } })).toBe('w1-0900-America--Los_Angeles');
  });

  it.each([{ weekday: 0 }, { weekday: 8 }, { hour: 24 }, { hour: 9.5 }, { hour: -1 }, { zone: 'Etc/GMT+5' }, { zone: 'Nowhere/At_All' }])(
    'is none with %o',
    (change) => {
      expect(slotOf({ frequency: 'weekly', at: { ...at, ...change } })).toBeUndefined();
    },
  );
});

it('reads nothing into a text of no known form, and keeps it with the weekly ones', () => {
  for (const slot of ['mon-0700', 'w8-0900-UTC', 'w1-0930-UTC', 'w1-2400-UTC', 'w1-0900-Nowhere', 'x1-0900-UTC']) {
    expect(readSlot(slot)).toBeUndefined();
    expect(frequencyOf(slot)).toBe('weekly');
  }
});
