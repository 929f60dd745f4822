import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const finding = (change: object = {}) => ({
  kind: 'channel-archived',
  area: 'slack',
  urgency: 'now',
  what: '#payments (team Payments) is archived',
  why: 'nothing is posted there',
  remedy: 'Restore it in Slack.',
  ...change,
});
const run = async (findings: readonly object[], change: object = {}, ...options: string[]) => {
  await using api = await fakeApi(() => ({ status: 200, body: { at: '2026-11-30T08:00:00Z', findings, ...change } }));
  const ran = await afterword(['check', '--drift', '--api', api.url, ...options]);
  expect(api.received.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /operator/drift']);
  return ran;
};

it('says that nothing differs, and ends well', async () => {
  expect(await run([], { notLookedAt: ['Posts: too many.'] })).toMatchObject({
    code: 0,
    stdout: 'Nothing differs: what the file in force says is so.\nNot looked at: Posts: too many.\n',
  });
});

it('prints findings in groups, the worst first, and ends with 1', async () => {
  const ran = await run(
    [
      finding({
        kind: 'team-without-services',
        area: 'services',
        urgency: 'later',
        what: 'Team Data has no services',
        why: 'w',
        remedy: 'r',
      }),
      finding({
        area: 'people',
        urgency: 'soon',
        what: 'A deputy\u001b[2J is suspended',
        why: 'no alert reaches them',
        address: 'ada@example.com',
      }),
      finding({ kind: 'posts-lost', urgency: 'later', what: '2 posts were deleted', postmortems: ['pm-1', 'pm-2'] }),
      finding(),
    ],
    { more: 1 },
  );

  expect(ran.code).toBe(1);
  expect(ran.stdout.split('\n')).toEqual([
    'Slack',
    'now    #payments (team Payments) is archived: nothing is posted there.',
    '       Restore it in Slack.',
    'later  2 posts were deleted: nothing is posted there.',
    '       pm-1, pm-2',
    '       Restore it in Slack.',
    'People whom the file names',
    'soon   A deputy[2J is suspended (ada@example.com): no alert reaches them.',
    '       Restore it in Slack.',
    'Teams and services',
    'later  Team Data has no services: w.',
    '       r',
    'And 1 finding more. They are listed once some of these are mended.',
    '',
  ]);
});

it('answers programs as the API did', async () => {
  const ran = await run([finding({ kind: 'of a later release' })], {}, '--json');

  expect([ran.code, JSON.parse(ran.stdout)]).toEqual([
    1,
    { at: '2026-11-30T08:00:00Z', findings: [finding({ kind: 'of a later release' })], more: 0, notLookedAt: [] },
  ]);
});

it.each([[['distribution.yaml']], [['--stack']]])('takes no %s beside it', async (too) => {
  expect(await afterword(['check', '--drift', ...too, '--api', 'http://127.0.0.1:9'])).toMatchObject({ code: 2, stdout: '' });
});
