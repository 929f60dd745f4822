import { expect, it } from 'vitest';
import { allFollowed, byFirstKey, matched, percent, tallyOf } from '../../support/action-histories.ts';

it('moves no decision to another action, over 150 histories', () => {
  const tally = tallyOf(matched, 150);

  expect(tally.example).toBeUndefined();
  expect(tally.wrong).toBe(0);
  expect(tally.moves).toBeGreaterThan(1500);
  expect(percent(tally.kept)).toBeGreaterThan(98);
  expect(percent(allFollowed(tally))).toBeGreaterThanOrEqual(75);
  expect(percent(tally.suggested)).toBeGreaterThanOrEqual(85);
});

it('notices a rule that does', () => {
  expect(tallyOf(byFirstKey, 20).wrong).toBeGreaterThan(0);
});
