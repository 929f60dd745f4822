import { expect, it } from 'vitest';
import { waitedFor } from '../support/waited-for.ts';

const short = { everyMs: 1, atMostMs: 30 };

it('a wait answers the first answer that will do', async () => {
  let asked = 0;
  const ask = async () => {
    asked += 1;
    return asked;
  };

  expect(await waitedFor('the third', ask, (n) => n === 3, { everyMs: 1 })).toBe(3);
});

it('a wait in vain says what was waited for, and what came instead', async () => {
  const ask = () => ({ state: 'sending' });
  const waiting = waitedFor('the end of the edition', ask, ({ state }) => state === 'complete', short);

  await expect(waiting).rejects.toThrow("waited 0 seconds for the end of the edition; the last answer was { state: 'sending' }");
});

it('a wait for an answer that never comes ends as well', async () => {
  const waiting = waitedFor('a word of the stack', () => new Promise(() => {}), Boolean, short);

  await expect(waiting).rejects.toThrow('waited 0 seconds for a word of the stack; there was no answer');
});
