import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const skipped = [{ outcome: 'skipped: nothing for them', count: 30 }];
const editions = [
  { edition: 'engineering-digest_2026-W47', mails: 42, notReached: 3 },
  { edition: 'relevant-incidents_a_r1', mails: 4, notReached: 0, skipped },
];
const readership = {
  until: '2026-11-29',
  countedAt: '2026-11-30T08:00:00Z',
  readers: 20,
  teams: [{ name: 'Payments', word: 'most' }],
  others: 2,
};

it('shows in words how far each team read it, and how many mails were sent', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { editions, readership } }));
  const { stdout } = await afterword(['readership', 'a', '--api', api.url]);
  expect(stdout.split('\n')).toEqual([
    'Mails that told of it:',
    '  engineering-digest_2026-W47: 42 sent, 3 not reached',
    '  relevant-incidents_a_r1: 4 sent, 0 not reached, 30 skipped: nothing for them',
    'Until the end of 2026-11-29, at least 20 people are known to have read it.',
    '  Payments: most',
    '  2 other teams: nobody yet',
    'Teams were counted at 2026-11-30 08:00 UTC. Teams below five are not shown.',
    '',
  ]);
});

it('says why nothing is told of teams', async () => {
  const { countedAt, readers, ...uncounted } = readership;
  const answers = [{ editions: [] }, { editions, readership: { ...uncounted, teams: [], others: 0 } }];
  await using api = await fakeApi((_asked, count) => ({ status: 200, body: answers[count - 1] }));
  expect((await afterword(['readership', 'a', '--api', api.url])).stdout).toContain('Nobody may be told of it now');
  expect((await afterword(['readership', 'a', '--api', api.url])).stdout).toContain('Nothing is said by team yet');
});
