import { expect, it } from 'vitest';
import { poll } from '../../../core/connector/poll.ts';

/** A poll at noon of a vendor that is busy. */
const busyPoll = (reached: string | undefined) =>
  poll('rootly', {
    vendor: { changedSince: async () => ({ kind: 'later', seconds: 60 }) },
    watermarks: { read: async () => reached, advance: () => expect.unreachable() },
    held: async () => [],
    ask: () => expect.unreachable(),
    now: () => new Date('2026-11-20T12:00:00Z'),
  });

it.each([
  ['soon, of a vendor that answered lately', '2026-11-20T11:00:00Z', { outcome: 'later', again: 60 }],
  ['by the next hourly poll, of one that is away', '2026-11-20T09:59:59Z', { outcome: 'later' }],
  ['by the next hourly poll, of one that never answered', undefined, { outcome: 'later' }],
])('polls again %s', async (_, reached, polled) => {
  expect(await busyPoll(reached)).toEqual(polled);
});
