import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zones } from '../../../core/shared/zone.ts';
import { definitionOf, frequencies, type StreamName } from '../../../core/stream/stream.ts';
import { frequencyOf, readSlot, type SlotChoice, slotOf } from '../../../core/subscriber/slot.ts';
import { Slot } from '../../../core/subscriber/subscriber.ts';
import { tries } from '../../support/hostile/fuzz.ts';

const choices: fc.Arbitrary<SlotChoice> = fc.record({
  frequency: fc.constantFrom(...frequencies),
  at: fc.option(
    fc.record({ weekday: fc.integer({ min: 1, max: 7 }), hour: fc.integer({ min: 0, max: 23 }), zone: fc.constantFrom(...zones()) }),
    { nil: undefined },
  ),
});

/** One stream whose readers usually get it by its schedule, one that comes as things happen. */
const both: readonly StreamName[] = ['engineering-digest', 'customer-impact'];

it('writes every choice as a mail tag of at most 64 characters and reads it back', async () => {
  await fc.assert(
    fc.property(choices, fc.constantFrom(...both), (choice, stream) => {
      const slot = Slot.parse(slotOf(choice, stream));
      expect(frequencyOf(slot, stream)).toBe(choice.frequency);
      expect(readSlot(slot, stream)).toEqual(choice.at && choice.frequency !== 'published' ? choice : { frequency: choice.frequency });
    }),
    tries(5),
  );
});

it('writes each zone that can be chosen in its own way', () => {
  const written = zones().map((zone) => slotOf({ frequency: 'weekly', at: { weekday: 1, hour: 0, zone } }, 'engineering-digest'));
  expect(new Set(written).size).toBe(zones().length);
  expect(written.filter((slot) => slot === undefined)).toEqual([]);
});

it('is the plain one for the usual frequency of the stream, and says every other', () => {
  const written = both.map((stream) => frequencies.map((frequency) => slotOf({ frequency }, stream)));
  expect(written).toEqual([
    ['published', 'default', 'monthly'],
    ['default', 'weekly', 'monthly'],
  ]);
});

describe('a choice', () => {
  const at = { weekday: 1, hour: 9, zone: 'Europe/Berlin' };

  it('that equals the stream’s own schedule is the stream’s own, whatever the place is called', () => {
    expect(slotOf({ frequency: 'weekly', at }, 'engineering-digest', at)).toBe('default');
    expect(slotOf({ frequency: 'weekly', at }, 'customer-impact', at)).toBe('weekly');
    const own = { weekday: 1, hour: 9, zone: 'Asia/Calcutta' };
    expect(slotOf({ frequency: 'weekly', at: { ...at, zone: 'Asia/Kolkata' } }, 'engineering-digest', own)).toBe('default');
    expect(slotOf({ frequency: 'monthly', at }, 'engineering-digest', at)).toBe('m1-0900-Europe--Berlin');
  });

  it('has one name for one place', () => {
    expect(slotOf({ frequency: 'weekly', at: { ...at, zone: 'Asia/Calcutta' } }, 'engineering-digest')).toBe('w1-0900-Asia--Kolkata');
    expect(slotOf({ frequency: 'weekly', at: { ...at, zone: 'us/pacific' } }, 'engineering-digest')).toBe('w1-0900-America--Los_Angeles');
  });

  it.each([{ weekday: 0 }, { weekday: 8 }, { hour: 24 }, { hour: 9.5 }, { hour: -1 }, { zone: 'Etc/GMT+5' }, { zone: 'Nowhere/At_All' }])(
    'is none with %o',
    (change) => {
      expect(slotOf({ frequency: 'weekly', at: { ...at, ...change } }, 'engineering-digest')).toBeUndefined();
    },
  );
});

it('reads nothing into a text of no known form, and counts it to the usual ones', () => {
  for (const slot of ['mon-0700', 'w8-0900-UTC', 'w1-0930-UTC', 'w1-2400-UTC', 'w1-0900-Nowhere', 'x1-0900-UTC']) {
    for (const stream of both) {
      expect(readSlot(slot, stream)).toBeUndefined();
      expect(frequencyOf(slot, stream)).toBe(definitionOf(stream).usual);
    }
  }
});
