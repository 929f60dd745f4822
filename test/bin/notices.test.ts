import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const at = '2026-11-20T09:05:00Z';
const notice = { postmortem: 'checkout-down', publicId: 'bcdfghjkmn', state: 'approved', n: 2, at, approvals: 2, shown: 1 };

it('lists where notices stand, until when a hold lasts and what is public, without a title', async () => {
  const notices = [
    { ...notice, releaseAt: '2026-11-20T09:15:00Z', hiddenSince: at },
    { postmortem: 'vault', state: 'held', why: 'no writer\u001b[31m', at },
    { postmortem: 'pool', publicId: 'zzzzzzzzzz', state: 'stopped', at, isBeingWithdrawn: true },
    { postmortem: 'fresh' },
  ];
  await using api = await fakeApi(() => ({ status: 200, body: { notices, notLookedAt: ['Not looked at: more.'] } }));
  const list = (...args: string[]) => afterword(['notices', ...args, '--api', api.url]);
  expect((await list()).stdout.split('\n')).toEqual([
    'POSTMORTEM     STATE                  SINCE             HOLD              PUBLIC                        ID',
    'checkout-down  approved, 2 approvals  2026-11-20 09:05  2026-11-20 09:15  version 1, restricted inside  bcdfghjkmn',
    'vault          held, no writer[31m    2026-11-20 09:05  -                 -                             -',
    'pool           stopped                2026-11-20 09:05  -                 being withdrawn               zzzzzzzzzz',
    'fresh          not asked yet          -                 -                 -                             -',
    '',
    '4 notices.',
    'Not looked at: more.',
    '',
  ]);
  await list('list', '--state', 'sent back', '--since', '2026-11-01');
  expect(api.received.map(({ path }) => path)).toEqual(['/operator/notices', '/operator/notices?state=sent+back&since=2026-11-01']);
  expect((await list('--state', 'public')).code).toBeGreaterThan(0);
});

it('shows one', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { ...notice, textSince: at } }));
  const { stdout } = await afterword(['notices', 'show', 'checkout-down', '--api', api.url]);
  expect(stdout).toContain(
    'State: approved, 2 approvals, since 2026-11-20 09:05\nPublic: version 1\nA text to ask since: 2026-11-20 09:05\n',
  );
});

it('says of one that is held what to do about it', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { postmortem: 'vault', state: 'held', why: 'no writer', at } }));
  const { stdout } = await afterword(['notices', 'show', 'vault', '--api', api.url]);
  expect(stdout).toContain('State: held, no writer, since 2026-11-20 09:05\nWhy: Nobody is named as its writer. Name who wrote it');
});

it('has one asked, stops it, and withdraws it only after a yes', async () => {
  let outcome = 'done';
  await using api = await fakeApi(() => ({ status: 200, body: { outcome, notice } }));
  const run = (...args: string[]) => afterword(['notices', ...args, '--api', api.url]);
  expect((await run('ask', 'checkout-down')).stdout).toContain('asked now');
  expect((await run('stop', 'checkout-down', '--reason', 'wrong times')).stdout).toBe('checkout-down: The request is stopped.\n');
  expect((await run('withdraw', 'checkout-down', '--reason', 'wrong times')).stderr).toContain('add --yes');
  expect((await run('withdraw', 'checkout-down', '--yes')).code).toBeGreaterThan(0);
  outcome = 'unchanged';
  expect((await run('withdraw', 'checkout-down', '--reason', 'wrong times', '--yes')).stdout).toBe(
    'checkout-down: It is withdrawn already. Nothing was changed.\n',
  );
  expect(api.received.map(({ method, path, body }) => [method, path, String(body ?? '')])).toEqual([
    ['POST', '/operator/notices/checkout-down/ask', ''],
    ['POST', '/operator/notices/checkout-down/stop', '{"reason":"wrong times"}'],
    ['POST', '/operator/notices/checkout-down/withdraw', '{"reason":"wrong times"}'],
  ]);
});
