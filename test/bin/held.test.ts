import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const id = 'rootly/7a3a6aa6';

it('lists what waits for an operator, and why', async () => {
  const held = [{ id, since: '2026-11-24T10:00:00Z', why: 'unmapped severity', severity: 'Odd', title: 'Down \u001b[31m' }];
  await using api = await fakeApi(() => ({ status: 200, body: { held } }));
  expect((await afterword(['held', 'list', '--api', api.url])).stdout.split('\n')).toEqual([
    'INCIDENT         SINCE       WHY                SEVERITY THERE  WHAT IS KNOWN',
    'rootly/7a3a6aa6  2026-11-24  unmapped severity  Odd             Down [31m',
    '',
    '1 incident.',
    '',
  ]);
});

it('says what an operator says, to the route of that incident', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { id, state: 'held' } }));
  const held = (...args: string[]) => afterword(['held', ...args, '--api', api.url]);
  expect((await held('release', id, '--severity', 'sev2', '--public')).stdout).toBe(
    `${id}: It is told of from the next poll on, within the hour.\n`,
  );
  await held('ignore', id, '--reason', 'a drill');
  await held('map', id, '--postmortem', 'pm-1');
  expect(api.received.map(({ path, body }) => [path, JSON.parse(String(body))])).toEqual([
    [`/operator/held/${id}/release`, { severity: 'sev2', public: true }],
    [`/operator/held/${id}/ignore`, { reason: 'a drill' }],
    [`/operator/held/${id}/map`, { postmortem: 'pm-1' }],
  ]);
  expect((await held('release', id, '--severity', 'huge')).code).toBeGreaterThan(0);
});
