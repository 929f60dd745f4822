import { describe, expect, it } from 'vitest';
import { mayHaveReached } from '../../../core/delivery/has-reached.ts';
import type { Leaf, RangeRow } from '../../../core/delivery/range.ts';
import { aLeaf, anEdition, aSid, someMade } from '../../support/delivery.ts';

const doubted = { attempt: 1, made: someMade() };
const skipped = { outcomes: { [aSid(1)]: { kind: 'skipped', reason: 'recalled' } } } as const;
const ask = (row: RangeRow | undefined, change: Parameters<typeof anEdition>[0] = {}) =>
  mayHaveReached(anEdition({ tallies: {}, ...change }), { read: async () => row });

describe('whether somebody may have an edition', () => {
  it.each<[string, Partial<Leaf>, boolean]>([
    ['being submitted', { submitting: { [aSid(1)]: doubted } }, true],
    ['accepted', { outcomes: { [aSid(1)]: { kind: 'accepted', messageId: 'm', ...doubted } } }, true],
    ['skipped', skipped, false],
  ])('follows from the rows of its ranges: %s', async (_, leaf, expected) => {
    expect(await ask(aLeaf(leaf))).toBe(expected);
  });

  it('is no where nothing has begun, and yes where there are too many rows to say so', async () => {
    expect(await ask(undefined)).toBe(false);
    expect(await ask({ shape: 'split', tallies: {} })).toBe(true);
  });

  it('looks again below a tally of readers who were withheld from, and may be sent to now', async () => {
    const tallies = { default: { version: 1, counts: { 'skipped: withheld': 1 } } };
    const row = aLeaf({ submitting: { [aSid(1)]: doubted } });

    expect([await ask(row, { tallies }), await ask(row, { tallies, withheld: ['pm-1'] })]).toEqual([true, false]);
  });
});
