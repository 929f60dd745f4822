import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi, problem } from '../support/fake-api.ts';

const first = [{ what: 'the readers of engineering-digest_2026-W47', sentAt: '2026-11-23T08:00:00Z' }];
const failed = { state: 'failed', startedAt: '2026-11-23T09:00:00Z', moved: 2, failure: 'AccessDenied' };

it('are listed with what they are and what moves them, or with the reason that nothing does', async () => {
  const bulk = { queue: 'bulk', letters: 12, oldest: first[0]?.sentAt, first, canRedrive: true, redrive: failed };
  const schedules = { queue: 'schedules', letters: 1, oldest: first[0]?.sentAt, first, canRedrive: false };
  await using api = await fakeApi(() => ({ status: 200, body: { queues: [bulk, schedules] } }));
  const ran = await afterword(['dead-letters', 'list', '--api', api.url]);

  expect(ran).toMatchObject({ code: 0 });
  expect(ran.stdout).toBe(`bulk: 12 letters, the oldest shown sent 2026-11-23 08:00 UTC
  2026-11-23 08:00  the readers of engineering-digest_2026-W47
  and about 11 more
  The redrive of 2026-11-23 09:00 UTC failed (AccessDenied): 2 letters moved
  When the cause is fixed: afterword dead-letters redrive bulk

schedules: 1 letter, the oldest shown sent 2026-11-23 08:00 UTC
  2026-11-23 08:00  the readers of engineering-digest_2026-W47
`);
});

it('that are not there are said to be none', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { queues: [] } }));
  expect((await afterword(['dead-letters', 'list', '--api', api.url])).stdout).toBe('There are no dead letters.\n');
});

it.each([
  ['started', 'About 3 letters of bulk are being moved back.\nSee how far it is: afterword dead-letters list\n'],
  ['under way', 'An earlier redrive of bulk is still under way. Nothing was started.\nSee how far it is: afterword dead-letters list\n'],
  ['empty', 'bulk has no dead letters. Nothing was moved.\n'],
])('that are moved back say what became of it: %s', async (state, stdout) => {
  await using api = await fakeApi(() => ({ status: 202, body: { queue: 'bulk', state, letters: 3 } }));
  expect(await afterword(['dead-letters', 'redrive', 'bulk', '--api', api.url])).toMatchObject({ code: 0, stdout });
  expect(api.received.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/operator/dead-letters/redrive', '{"queue":"bulk"}'],
  ]);
});

it('of a queue that is none are refused', async () => {
  await using api = await fakeApi(() => problem(404, 'There is no queue of this name.'));
  expect(await afterword(['dead-letters', 'redrive', 'bulkk', '--api', api.url])).toMatchObject({
    code: 1,
    stderr: 'There is no queue of this name.\n',
  });
});
