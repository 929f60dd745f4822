import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const at = '2026-11-19T15:20:30.400Z';
const stored = (change: object) => ({
  at,
  who: '5f2c9a0b1d3e4f60',
  act: 'postmortem stored',
  facts: { postmortem: 'checkout-down', revision: 2, status: 'published', ...change },
});
const words = async (...acts: object[]) => {
  await using api = await fakeApi(() => ({ status: 200, body: { acts } }));
  const { stdout } = await afterword(['audit', '--api', api.url]);
  return stdout.trimEnd().split('\n').slice(1);
};

it('prints one line an act: when, who, what', async () => {
  expect(
    await words(
      stored({ revision: 1 }),
      { at, who: 'reader', act: 'subscription changed', facts: { way: 'page', after: 'off', field: 'frequency', stream: 'sev1-alerts' } },
      { at, who: 'first-key', act: 'lane paused', facts: { lane: 'bulk', by: 'first key' } },
      { at, who: 'first-key', act: 'configuration applied', facts: { hash: 'abc', changes: 1 } },
    ),
  ).toEqual([
    '2026-11-19 15:20  5f2c9a0b1d3e4f60       published revision 1 of checkout-down',
    '2026-11-19 15:20  a reader               subscription changed: stream sev1-alerts, field frequency, after off, way page',
    '2026-11-19 15:20  first-key (first key)  lane paused: lane bulk',
    '2026-11-19 15:20  first-key              applied the distribution file, 1 change',
  ]);
});

it.each([
  ['changed', {}],
  ['restricted', { restricted: 'yes' }],
  ['restricted', { restricted: 'yes', revision: 1 }],
  ['retracted', { status: 'retracted' }],
  ['published', { revision: 1, status: 'preliminary' }],
  ['changed', { status: 'a status of a later release' }],
])('says %s of a revision with %j', async (verb, change) => {
  expect((await words(stored(change)))[0]).toContain(`  ${verb} revision `);
});

it('counts whom an import put on a stream in place of listing hundreds, and prints no control characters', async () => {
  const [line] = await words({ at, who: 'key\u001b[31m', act: 'something new', facts: { subscribers: 'aa bb cc', reason: 'asked\nfor' } });
  expect(line).toBe('2026-11-19 15:20  key[31m  something new: 3 subscribers, reason asked for');
});

it('asks for what was wanted, page by page, until it has enough', async () => {
  await using api = await fakeApi((_asked, count) => ({ status: 200, body: { acts: [stored({}), stored({})], cursor: `place-${count}` } }));

  const ran = await afterword(
    ['audit', '--since', '2026-11-01', '--until', 'now', '--postmortem', 'checkout-down', '--who', 'k1', '--limit', '3', '--json'].concat(
      '--api',
      api.url,
    ),
  );

  expect(JSON.parse(ran.stdout).acts).toHaveLength(3);
  expect(api.received.map(({ path }) => path)).toEqual([
    '/operator/audit?since=2026-11-01&postmortem=checkout-down&who=k1&limit=3',
    '/operator/audit?since=2026-11-01&postmortem=checkout-down&who=k1&limit=1&cursor=place-1',
  ]);
});

it('says that there is nothing', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { acts: [] } }));
  expect((await afterword(['audit', '--api', api.url])).stdout).toContain('Nothing happened in that time.');
});
