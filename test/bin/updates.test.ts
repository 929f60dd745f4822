import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const told = {
  stream: 'sev1-alerts',
  postmortem: 'checkout',
  mails: [
    {
      edition: 'sev1-alerts_checkout_r1',
      kind: 'first',
      revision: 1,
      at: '2026-11-17T14:31:00Z',
      state: 'superseded',
      counts: { accepted: 7 },
    },
    { edition: 'sev1-alerts_checkout_r2', kind: 'update', revision: 2, at: '2026-11-17T14:34:00Z' },
  ],
  next: { state: 'decided', dueAt: '2026-11-17T14:35:00Z' },
};

it('shows the mails about an incident, and what is being made', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { updates: [told] } }));

  const ran = await afterword(['updates', 'checkout', '--api', api.url]);

  expect(api.received[0]?.path).toBe('/operator/updates?postmortem=checkout');
  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout.split('\n').map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
    'checkout, sev1-alerts',
    'MAIL | DECIDED (UTC) | KIND | STATE | DELIVERIES',
    'sev1-alerts_checkout_r1 | 2026-11-17 14:31 | first | superseded | 7 accepted',
    'sev1-alerts_checkout_r2 | 2026-11-17 14:34 | update | is being made | none counted yet',
    'The last one is being made.',
    '',
  ]);
});

it('says when the next is due, and that none waits', async () => {
  const waiting = { ...told, next: { state: 'waiting', dueAt: '2026-11-17T14:38:10Z' } };
  await using api = await fakeApi(({ path }) => ({ status: 200, body: { updates: path.includes('?') ? [] : [waiting] } }));

  expect((await afterword(['updates', '--api', api.url])).stdout).toContain('due at 2026-11-17 14:38:10 UTC');
  expect((await afterword(['updates', 'other', '--api', api.url])).stdout).toBe('No mail was sent about other at once.\n');
});
