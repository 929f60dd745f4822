import { expect, it } from 'vitest';
import { tokenBucket } from '../../local/ses/token-bucket.ts';

const taken = (bucket: ReturnType<typeof tokenBucket>, times: number, atMs: number) =>
  Array.from({ length: times }, () => bucket.take(atMs)).filter(Boolean).length;

it('gives a second’s worth at once, and no more', () => {
  expect(taken(tokenBucket(14), 20, 1000)).toBe(14);
});

it('refills at its rate, up to one second’s worth', () => {
  const bucket = tokenBucket(10);
  taken(bucket, 10, 0);

  expect(taken(bucket, 10, 500)).toBe(5);
  expect(taken(bucket, 100, 60_000)).toBe(10);
});

it('never gives more than a replay of its log allows', () => {
  const bucket = tokenBucket(14);
  const log: number[] = [];
  for (let ms = 0; ms < 5000; ms += 7) if (bucket.take(ms)) log.push(ms);

  let tokens = 14;
  let last = 0;
  for (const ms of log) {
    tokens = Math.min(14, tokens + ((ms - last) * 14) / 1000) - 1;
    last = ms;
    expect(tokens).toBeGreaterThan(-1e-9);
  }
});

it('gives at a rate below one a second too', () => {
  const bucket = tokenBucket(0.5);

  expect([bucket.take(0), bucket.take(500), bucket.take(1500)]).toEqual([true, false, true]);
});
