import { expect, it } from 'vitest';
import { allFollowed, byFirstKey, matched, percent, type Tally, tallyOf } from '../support/action-histories.ts';

const told = (rule: string, tally: Tally) => {
  const share = (of: readonly [number, number]) => `${percent(of).toFixed(1)} % of ${of[1]}`;
  const kinds = Object.entries(tally.followed).map(([kind, of]) => `${kind} ${share(of)}`);
  console.log(
    `${rule}: ${tally.wrong} of ${tally.moves} moves wrong; unchanged kept ${share(tally.kept)}; rewordings followed ${share(allFollowed(tally))} (${kinds.join(', ')}); others suggested ${share(tally.suggested)}`,
  );
};

it('moves no decision to another action, over 10,000 histories with crashes, and follows most rewordings', () => {
  const tally = tallyOf(matched, 10_000, 1_000_000);
  told('matched over sets', tally);
  told('releases before', tallyOf(byFirstKey, 10_000, 1_000_000));

  expect(tally.example).toBeUndefined();
  expect(tally.wrong).toBe(0);
  expect(percent(tally.kept)).toBeGreaterThan(99);
  expect(percent(allFollowed(tally))).toBeGreaterThanOrEqual(80);
  expect(percent(tally.suggested)).toBeGreaterThanOrEqual(90);
});
