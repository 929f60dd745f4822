import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { csv } from '../../bin/cli/actions/csv.ts';
import { afterword } from '../support/command-line.ts';
import { fakeApi, problem } from '../support/fake-api.ts';

const anAction = (n: number, change: object = {}) => ({
  ...{
    id: `checkout/${String(n).padStart(12, '0')}`,
    title: `Action ${n}`,
    state: 'open',
    status: 'open',
    promisedAt: '2026-11-10T08:00:00Z',
  },
  ...{ postmortem: 'checkout', postmortemTitle: 'Checkout was down', severity: 'sev1', services: ['checkout', 'cart'], ...change },
});

it('lists what matches, overdue first, and says what was not looked at', async () => {
  const unseen = 'Not looked at: actions that were closed before 2025-11-22. Name an earlier day as since to include them.';
  await using api = await fakeApi(({ path }) => ({
    status: 200,
    body: path.includes('cursor=')
      ? {
          notLookedAt: [unseen],
          actions: [
            anAction(2, { state: 'withdrawn', withdrawnAt: '2026-11-12T08:00:00Z', perhaps: { id: 'checkout/x', title: 'Raise it' } }),
            anAction(1, { state: 'overdue', due: '2026-11-20', owner: 'Ada \u001b[31m', hidden: 'restricted' }),
          ],
        }
      : { actions: [anAction(1)], notLookedAt: [unseen], cursor: 'b3BlbiM' },
  }));
  const list = (...args: string[]) => afterword(['actions', 'list', ...args, '--api', api.url]);
  const { stdout } = await list('--team', 'Payments', '--due-before', '2026-12-01');
  expect(stdout.split('\n')).toEqual([
    'ID                     STATE                DUE         OWNER     ACTION',
    'checkout/000000000001  overdue, restricted  2026-11-20  Ada [31m  Action 1',
    'checkout/000000000002  withdrawn            -           -         Action 2 (perhaps now: Raise it)',
    '',
    '2 actions',
    unseen,
    '',
  ]);
  expect(api.received.map(({ path }) => path)).toEqual([
    '/operator/actions?team=Payments&dueBefore=2026-12-01&limit=1000',
    '/operator/actions?team=Payments&dueBefore=2026-12-01&limit=1000&cursor=b3BlbiM',
  ]);
  expect((await list('--limit', '1')).stdout).toContain('1 action\n');
  expect((await list('--limit', '1')).stdout).toContain('More may follow: --cursor b3BlbiM\n');
  expect((await list('--limit', '5', '--cursor', 'b3BlbiM')).stdout).not.toContain('More may follow');
  for (const wrong of [
    ['--state', 'late'],
    ['--due-before', '2026-02-30'],
    ['--since', 'soon'],
  ])
    expect((await list(...wrong)).code).toBeGreaterThan(0);
});

it('writes a file for a spreadsheet, one line an action', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'actions-'));
  const file = join(folder, 'actions.csv');
  const title = '=HYPERLINK("http://evil.example";"Pay\r\nup")';
  await using api = await fakeApi(() => ({ status: 200, body: { actions: [anAction(1, { title, owner: 'Jörg' })], notLookedAt: [] } }));
  const { stdout, code } = await afterword(['actions', 'list', '--csv', file, '--api', api.url]);
  expect({ stdout, code }).toEqual({ stdout: `Wrote ${file}: 1 action.\n`, code: 0 });

  const written = await readFile(file, 'utf8');
  expect(written.startsWith('\u{feff}"id","state","title",')).toBe(true);
  expect(written.split('\r\n')).toHaveLength(3);
  const [read] = parse<Record<string, string>>(written, { bom: true, columns: true });
  expect(read).toMatchObject({
    ...{ id: 'checkout/000000000001', title: `'${title.replace('\r\n', ' ')}`, owner: 'Jörg', services: 'checkout, cart' },
    ...{ lines: '1', 'not told': '', due: '' },
  });
  const { stdout: help } = await afterword(['actions', 'list', '--help']);
  for (const heading of Object.keys(read ?? {})) expect(help).toContain(`\n  ${heading} `);
  expect((await afterword(['actions', 'export', file, '--api', api.url])).stdout).toBe(`Wrote ${file}: 1 action.\n`);
  expect(api.received.slice(1).map(({ path }) => path)).toEqual([
    '/operator/actions?since=earliest&limit=1000',
    '/operator/actions?limit=1000',
  ]);
  expect((await afterword(['actions', 'list', '--csv', folder, '--api', api.url])).stderr).toContain('Cannot write');
});

it('leaves nothing in a cell that a spreadsheet runs, by comma or by semicolon', () => {
  const begin = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
  const led = ['', '\t', '\r', '\n', ' ', '\u0000', '\u200b', '\u{feff}', '"', '""', '\u2028', '\u00a0', 'a;', 'a;"', 'a; \t', ';"";'];
  for (const text of led.flatMap((lead) => begin.map((sign) => `${lead}${sign}1+1`))) {
    const line = csv([['id', text, 'z']]).slice(1);
    expect(line.match(/[\r\n\t\u2028]/g)).toEqual(['\r', '\n']);
    for (const delimiter of [',', ';']) {
      const cells: string[] = parse(line, { delimiter, relax_quotes: true, relax_column_count: true }).flat();
      expect(cells.filter((cell) => /^["\s\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([]);
    }
  }
  expect(csv([['a "b", c', 'fail-over', 'x; y']])).toBe('\u{feff}"a ""b"", c","fail-over","x; y"\r\n');
});

it('shows one, with what it perhaps became', async () => {
  const lost = { state: 'withdrawn', withdrawnAt: '2026-11-12T08:00:00Z', perhaps: { id: 'checkout/b', title: 'Raise it' } };
  await using api = await fakeApi(({ path }) =>
    path.endsWith('/gone') ? problem(404, 'Not Found') : { status: 200, body: anAction(1, { ...lost, perhapsWas: [] }) },
  );
  const show = (id: string) => afterword(['actions', 'show', id, '--api', api.url]);
  const { stdout } = await show('checkout/000000000001');
  expect(stdout).toContain('  state        withdrawn; its status: open\n');
  expect(stdout).toContain('  withdrawn    2026-11-12 08:00 UTC: a revision no longer has it\n  perhaps now  Raise it (checkout/b)\n');
  expect(api.received[0]?.path).toBe('/operator/actions/checkout/000000000001');
  expect((await show('checkout')).stderr).toContain('is not the id of an action');
  expect((await show('checkout/gone')).code).toBeGreaterThan(0);
});
