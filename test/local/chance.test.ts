import { expect, it } from 'vitest';
import { chanceOf } from '../../local/faults/chance.ts';

const calls = Array.from({ length: 4000 }, (_, n) => `call ${n}`);
const hit = (chance: ReturnType<typeof chanceOf>, order: readonly string[], fault = 'throttle') =>
  order.filter((what) => chance(what).hits(fault, 0.2)).toSorted();

it('hits the same calls again with the same seed, in whatever order they come', () => {
  expect(hit(chanceOf(1), calls)).toEqual(hit(chanceOf(1), calls.toReversed()));
});

it('hits other calls with another seed, and with another fault', () => {
  expect(hit(chanceOf(1), calls)).not.toEqual(hit(chanceOf(2), calls));
  expect(hit(chanceOf(1), calls)).not.toEqual(hit(chanceOf(1), calls, 'reset'));
});

it('hits the share that was asked for', () => {
  const share = hit(chanceOf(3), calls).length / calls.length;

  expect(share).toBeGreaterThan(0.17);
  expect(share).toBeLessThan(0.23);
});

it('spares a call at its second try as often as any other', () => {
  const chance = chanceOf(4);
  const unlucky = hit(chance, calls);
  const again = unlucky.filter((what) => chance(what).hits('throttle', 0.2));

  expect(again.length / unlucky.length).toBeLessThan(0.3);
  expect(again.length).toBeGreaterThan(0);
});

it('hits all with a share of one and none with a share of nothing', () => {
  for (const seed of [undefined, 5]) {
    const draw = chanceOf(seed)('a');
    expect([draw.hits('reset', 1), draw.hits('reset', 0)]).toEqual([true, false]);
  }
});

it('picks each of several about as often', () => {
  const chance = chanceOf(6);
  const counts = [0, 0, 0, 0];
  for (const what of calls) counts[chance(what).pick('error500', 4)] = (counts[chance(what).pick('error500', 4)] ?? 0) + 1;

  expect(Math.min(...counts)).toBeGreaterThan(0);
});
