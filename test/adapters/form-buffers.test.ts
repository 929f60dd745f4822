import { expect, it } from 'vitest';
import { formBuffers } from '../../adapters/ses/form-buffers.ts';

it('gives one buffer to two forms only if the first came back', () => {
  const buffers = formBuffers();
  const [first, second] = [buffers.take(100), buffers.take(100)];
  expect(first.buffer).not.toBe(second.buffer);
  buffers.giveBack(first);
  expect(buffers.take(90).buffer).toBe(first.buffer);
  expect(buffers.take(90).buffer).not.toBe(first.buffer);
});

it('has exactly the bytes that were asked for, also where one that came back is too short', () => {
  const buffers = formBuffers();
  buffers.giveBack(buffers.take(10));
  expect([buffers.take(100_000), buffers.take(1), buffers.take(0)].map(({ length }) => length)).toEqual([100_000, 1, 0]);
});
