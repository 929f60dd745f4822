import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const empty = { unsent: [], missing: [], late: [], paused: [], unconfirmed: [], lanes: [], needsDeploy: [] };
const edition = (id: string, state: string, counts: Record<string, number>) => ({
  edition: id,
  stream: 'engineering-digest',
  scheduledFor: '2026-11-23T08:00:00Z',
  composedAt: '2026-11-23T08:00:03Z',
  subject: 'Five incidents',
  postmortems: 5,
  state,
  counts,
});
const printed = async (body: object) => {
  await using api = await fakeApi(() => ({ status: 200, body }));
  const { stdout, code } = await afterword(['status', '--api', api.url]);
  expect([code, api.received[0]?.path]).toEqual([0, '/operator/status']);
  return stdout.trimEnd().split('\n');
};

it('says that nothing waits', async () => {
  expect(await printed(empty)).toEqual(['Nothing waits for you.']);
});

it('says in one line each what waits, and how to go on', async () => {
  const body = {
    unsent: [{ postmortem: 'pm-1', edition: 'sev1-alerts_pm-1_r1', since: '2026-11-23T08:00:00Z', why: 'nobody' }],
    missing: [{ edition: 'engineering-digest_2026-W47', due: '2026-11-23T08:00:00Z' }],
    late: [{ stream: 'sev1-alerts', postmortem: 'pm-2', dueAt: '2026-11-23T08:10:00Z' }],
    paused: [edition('engineering-digest_2026-W46', 'paused', { accepted: 4 })],
    unconfirmed: [edition('engineering-digest_2026-W45', 'complete', { accepted: 4, unconfirmed: 1 })],
    lanes: [],
    needsDeploy: ['organisation.zone'],
  };

  expect(await printed(body)).toEqual([
    'An alert about pm-1 is unsent since 2026-11-23 08:00 UTC: nobody.',
    'engineering-digest_2026-W47 was due 2026-11-23 08:00 UTC and is not there.',
    'An update of sev1-alerts about pm-2 is late since 2026-11-23 08:10 UTC.',
    'engineering-digest_2026-W46 is paused, 4 accepted. Continue: afterword resume engineering-digest_2026-W46',
    '1 mail of engineering-digest_2026-W45 unconfirmed. See whose: afterword edition engineering-digest_2026-W45 --unconfirmed --addresses',
    'The distribution file in force needs a deploy: organisation.zone.',
  ]);
});
