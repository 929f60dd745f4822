import { expect, it } from 'vitest';
import { simulated } from '../../support/reminded-days.ts';

it('says each step once over 400 days, with outages, holidays, crashes, lost mails, two runs at once, a pause and a leaver', async () => {
  const { mails, told, expected } = await simulated({
    begin: '2026-01-05',
    days: 400,
    zone: 'Europe/Berlin',
    holidays: [88, 91, 354, 355, 361],
    outages: [{ from: 30, days: 4 }],
    pauses: [{ person: 1, from: 20, days: 25 }],
    leavers: [{ person: 2, on: 120 }],
    actions: [
      { owner: 0, seen: 3, due: 31, done: undefined },
      { owner: 1, seen: 5, due: 28, done: 140 },
      { owner: 2, seen: 60, due: 90, done: undefined },
      { owner: 3, seen: 40, promised: -100, due: -20, done: undefined },
    ],
    crashes: [28, 87, 101],
    lost: [
      { on: 25, how: 'purged' },
      { on: 35, how: 'unsent' },
      { on: 36, how: 'unsent' },
      { on: 37, how: 'purged' },
      { on: 45, how: 'died' },
    ],
    twice: [45, 200],
  });
  expect(told).toEqual(expected);
  expect(told.length).toBeGreaterThan(20);
  expect(new Set(mails.map(({ subscriber, about }) => `${subscriber} ${about}`)).size).toBe(mails.length);
});
