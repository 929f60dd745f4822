import { expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { fakeApi, problem } from '../support/fake-api.ts';

const found = (revision: number) => ({
  revision: 2,
  relevance: { revision, at: '2026-11-20T09:00:00Z', teams: [{ name: 'Payments', reasons: ['You run ledger, which this is about.'] }] },
});
const stored = {
  status: 201,
  body: {
    id: 'a',
    revision: 2,
    status: 'published',
    title: 'Down',
    sections: [],
    warnings: [],
    outcome: 'new',
    relevance: '/postmortems/a/relevance',
  },
};

it('shows each team with its reasons, and that an earlier revision was looked at', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: found(1) }));
  const { stdout } = await afterword(['relevance', 'a', '--api', api.url]);
  expect(stdout).toBe('Found at 2026-11-20 09:00 UTC, revision 1 of 2.\nRelevant to Payments:\n  You run ledger, which this is about.\n');
});

it('says that nothing is known, and that it matters to no other team', async () => {
  const answers = [{ revision: 1 }, { revision: 1, relevance: { ...found(1).relevance, teams: [] } }];
  await using api = await fakeApi((_asked, count) => ({ status: 200, body: answers[count - 1] }));
  expect((await afterword(['relevance', 'a', '--api', api.url])).stdout).toMatch(/^Nothing is known yet/);
  expect((await afterword(['relevance', 'a', '--api', api.url])).stdout).toMatch(/It matters to no other team by name\.\n$/);
});

it('is told to the author once it is known of the revision that they published', async () => {
  await using folder = await aFolder({ 'a.md': '# A' });
  let asked = 0;
  await using api = await fakeApi(({ method }) => {
    if (method === 'PUT') return stored;
    asked += 1;
    return { status: 200, body: found(asked < 2 ? 1 : 2) };
  });
  const { stdout, code } = await afterword(['publish', `${folder.path}/a.md`, '--api', api.url]);
  expect({ asked, code }).toEqual({ asked: 2, code: 0 });
  expect(stdout).toMatch(/1 new\n\nRelevant to Payments:\n {2}You run ledger, which this is about\.\n$/);
});

it('is left out where the key may not read it, which is no failure of publishing', async () => {
  await using folder = await aFolder({ 'a.md': '# A' });
  await using api = await fakeApi(({ method }) => (method === 'PUT' ? stored : problem(403, 'Forbidden')));
  const ran = await afterword(['publish', `${folder.path}/a.md`, '--api', api.url]);
  expect(ran.code).toBe(0);
  expect(ran.stdout.trimEnd()).toMatch(/1 new$/);
});

const again = {
  ...found(2),
  similar: [
    {
      id: 'old',
      title: 'Down',
      state: 'found',
      says: 'Looks like “Down” of March.',
      promises: ['“Limit it” is still open. It was promised there.'],
    },
  ],
};

it('shows earlier incidents of the same failure with their promises', async () => {
  await using api = await fakeApi((_asked, count) => ({ status: 200, body: count < 3 ? again : found(2) }));
  const lines = 'Looks like “Down” of March. (old)\n  “Limit it” is still open. It was promised there.\n';
  expect((await afterword(['similar', 'a', '--api', api.url])).stdout).toBe(lines);
  expect((await afterword(['relevance', 'a', '--api', api.url])).stdout).toMatch(
    new RegExp(`${lines.replaceAll(/[().]/g, String.raw`\$&`)}$`),
  );
  expect((await afterword(['similar', 'a', '--api', api.url])).stdout).toBe('No earlier postmortem tells of the same failure.\n');
});

it('confirms and dismisses an earlier one, and sends nothing that is used wrongly', async () => {
  await using api = await fakeApi((_asked, count) => ({
    status: 200,
    body: { id: 'a', earlier: 'old', outcome: count === 1 ? 'stored' : 'same' },
  }));
  const run = (...more: string[]) => afterword(['similar', 'a', ...more, '--api', api.url]);
  expect((await run('--confirm', 'old')).stdout).toBe('a is told as the same failure as old.\n');
  expect((await run('--dismiss', 'old', '--reason', 'Another index')).stdout).toBe(
    'a is another failure. It is told nowhere beside old, as before.\n',
  );
  expect(api.received.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual([
    'POST /postmortems/a/similar/old {"says":"confirm"}',
    'POST /postmortems/a/similar/old {"says":"dismiss","reason":"Another index"}',
  ]);
  for (const wrong of [
    ['--dismiss', 'old'],
    ['--reason', 'x'],
    ['--confirm', 'old', '--dismiss', 'old'],
  ])
    expect((await run(...wrong)).code).toBe(2);
  expect(api.received).toHaveLength(2);
});
