import { expect, it } from 'vitest';
import { lazily } from '../../../core/shared/lazily.ts';

it('makes a value when it is first asked for, once, even if it is undefined', () => {
  let times = 0;
  const value = lazily(() => {
    times += 1;
  });
  expect(times).toBe(0);
  expect([value(), value()]).toEqual([undefined, undefined]);
  expect(times).toBe(1);
});

it('makes it again after a failure', () => {
  let times = 0;
  const value = lazily(() => {
    times += 1;
    if (times === 1) throw new Error('not yet');
    return times;
  });
  expect(value).toThrow('not yet');
  expect(value()).toBe(2);
});
