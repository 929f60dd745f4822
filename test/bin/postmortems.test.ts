import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi, problem } from '../support/fake-api.ts';

const aPostmortem = (id: string, change: object = {}) => ({
  ...{ id, revision: 2, title: `Title of ${id}`, severity: 'sev2', status: 'published', restricted: false },
  ...{ updatedAt: '2026-11-19T12:00:00.000Z', ...change },
});

it('lists what matches, latest change first, each once', async () => {
  await using api = await fakeApi(({ path }) => ({
    status: 200,
    body: path.includes('cursor=')
      ? { postmortems: [aPostmortem('b'), aPostmortem('a', { revision: 3, restricted: true })] }
      : { postmortems: [aPostmortem('a')], cursor: '2026-11-19T12:00:00Z#a' },
  }));
  const list = (...args: string[]) => afterword(['postmortems', 'list', ...args, '--api', api.url]);
  expect((await list('--text', 'pool', '--restricted', '--since', '2026-11-01')).stdout.split('\n')).toEqual([
    'ID  CHANGED (UTC)     REVISION  SEVERITY  STATUS                 TITLE',
    'b   2026-11-19 12:00  2         sev2      published              Title of b',
    'a   2026-11-19 12:00  3         sev2      published, restricted  Title of a',
    '',
    '2 postmortems',
    '',
  ]);
  expect(api.received[0]?.path).toBe('/postmortems?text=pool&restricted=true&since=2026-11-01&limit=1000');
  expect((await list('--limit', '1')).stdout).toContain('1 of 2 postmortems\n');
  expect((await list('--status', 'gone')).code).toBeGreaterThan(0);
});

it('shows one with what holds it, its revisions and the editions that told it', async () => {
  const held = {
    restricted: true,
    retracted: false,
    at: '2026-11-19T12:00:00Z',
    by: 'key-1',
    document: { restricted: false, status: 'published' },
  };
  const { id: _, ...revision } = aPostmortem('x', { by: 'key-1' });
  await using api = await fakeApi(({ path }) => ({
    status: 200,
    body: path.endsWith('/revisions')
      ? { revisions: [revision] }
      : {
          ...aPostmortem('checkout', { restricted: true }),
          held,
          editions: ['sev1-alerts_checkout_r1'],
          namedIn: ['engineering-digest_2026-W46'],
        },
  }));
  const { stdout } = await afterword(['postmortems', 'show', 'checkout', '--api', api.url]);
  expect(stdout).toContain('held        restricted by an operator (key-1) since 2026-11-19 12:00 UTC; its document says: published\n');
  expect(stdout).toMatch(/2 +2026-11-19 12:00 +key-1 +sev2 +published +Title of x\n/);
  expect(stdout).toContain('Told in: sev1-alerts_checkout_r1\nOnly named in: engineering-digest_2026-W46\n');
});

it('restricts with a reason and a yes, sends it again until it is taken back, and says what it is now', async () => {
  const answer = {
    ...aPostmortem('checkout', { restricted: true, outcome: 'changed' }),
    warnings: ['It is taken out of what has not left yet.'],
    tells: [],
  };
  await using api = await fakeApi((_, count) => (count === 1 ? problem(503, 'Service Unavailable') : { status: 200, body: answer }));
  const restrict = (...args: string[]) => afterword(['postmortems', 'restrict', 'checkout', ...args, '--api', api.url]);
  expect((await restrict()).code).toBeGreaterThan(0);
  expect(api.received).toEqual([]);
  expect(await restrict('--reason', 'names a customer')).toMatchObject({
    code: 2,
    stdout: '',
    stderr:
      'Nothing was changed. Nobody can read it any more, and readers of an alert about it are mailed that it no longer stands. Add --yes to confirm.\n',
  });
  expect(api.received).toEqual([]);
  expect((await restrict('--reason', 'names a customer', '--yes')).stdout).toBe(
    'checkout is restricted. It is restricted now, in revision 2.\nIt is taken out of what has not left yet.\n',
  );
  expect(api.received).toHaveLength(2);
  expect(api.received[1]).toMatchObject({ method: 'POST', path: '/postmortems/checkout/restrict', body: '{"reason":"names a customer"}' });
});

it.each([
  ['retract', 'readers of an alert about it are mailed so'],
  ['release', 'readers who missed an alert because it was held are mailed'],
])('says before it does so whom %s mails', async (act, said) => {
  await using api = await fakeApi(() => problem(500, 'nothing is to be asked'));

  const ran = await afterword(['postmortems', act, 'checkout', '--reason', 'because', '--api', api.url]);

  expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
  expect(api.received).toEqual([]);
});

it('calls a severity as the organisation does, where the stage says how', async () => {
  const named = (id: string) => aPostmortem(id, { severityLabel: 'P1' });
  await using api = await fakeApi(({ path }) => ({
    status: 200,
    body: path.endsWith('/revisions')
      ? { revisions: [named('x')] }
      : path.endsWith('/checkout')
        ? { ...named('checkout'), editions: [] }
        : { postmortems: [named('a')] },
  }));
  const { stdout: list } = await afterword(['postmortems', 'list', '--api', api.url]);
  const { stdout: one } = await afterword(['postmortems', 'show', 'checkout', '--api', api.url]);

  expect(list).toMatch(/^a .* P1 +published/m);
  expect(one).toMatch(/severity +P1\n/);
  expect(one).toMatch(/^2 .* P1 +published/m);
  expect(list + one).not.toContain('sev2');
});
