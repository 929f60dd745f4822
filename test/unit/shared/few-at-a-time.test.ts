import { expect, it } from 'vitest';
import { fewAtATime } from '../../../core/shared/few-at-a-time.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));

it('has no more under way than it may, and answers in the order of the list', async () => {
  let [running, most] = [0, 0];
  const doubled = await fewAtATime(
    Array.from({ length: 50 }, (_, n) => n),
    async (n) => {
      most = Math.max(most, ++running);
      for (let turns = n % 3; turns >= 0; turns -= 1) await soon();
      running -= 1;
      return 2 * n;
    },
    4,
  );
  expect(most).toBe(4);
  expect(doubled).toEqual(Array.from({ length: 50 }, (_, n) => 2 * n));
});

it('ends with what one of them throws', async () => {
  await expect(fewAtATime([1, 2, 3], async (n) => (n === 2 ? Promise.reject(new Error('two')) : n))).rejects.toThrow('two');
  expect(await fewAtATime([], soon)).toEqual([]);
});
