import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const stored = (change: object = {}) => ({
  id: 'a',
  revision: 1,
  title: 'Down',
  severity: 'sev2',
  severityLabel: 'P2',
  status: 'published',
  restricted: false,
  updatedAt: '2026-11-20T09:00:00Z',
  editions: [],
  ...change,
});
const anApi = (change?: object) =>
  fakeApi(({ path }) => ({ status: 200, body: path.endsWith('/relevance') ? { revision: 1 } : stored(change) }));

it('prints a sheet, or writes it', async () => {
  await using folder = await aFolder({});
  await using api = await anApi();
  expect((await afterword(['reading-club', 'a', '--api', api.url])).stdout).toMatch(/^# Down\n\nP2\n\n[\s\S]*## Questions\n/);
  const out = join(folder.path, 'sheet.md');
  expect((await afterword(['reading-club', 'a', '--out', out, '--api', api.url])).stdout).toBe(`Wrote ${out}.\n`);
  expect(await readFile(out, 'utf8')).toMatch(/^# Down\n/);
});

it('makes none of what may not be told', async () => {
  await using api = await anApi({ restricted: true });
  const ran = await afterword(['reading-club', 'a', '--api', api.url]);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('a may not be told: it is restricted.');
});
