import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

it('writes both documents under the name of the product, or prints the Markdown', async () => {
  await using folder = await aFolder({});
  await using api = await fakeApi(({ path }) => {
    const { searchParams } = new URL(path, 'http://api.example');
    const [product, since] = ['Billing & invoices', searchParams.get('since')];
    return {
      status: 200,
      body: { product, since, incidents: 1, text: `# As ${searchParams.get('format')} of ${searchParams.get('product')}\n` },
    };
  });
  const asked = ['pack', '--product', 'billing & invoices', '--since', '2026-07-01', '--api', api.url];

  expect((await afterword(asked)).stdout).toBe('# As markdown of billing & invoices\n');
  expect((await afterword([...asked, '--out', 'for/renewal'], { cwd: folder.path })).code).toBe(0);
  const out = join(folder.path, 'for/renewal');
  expect((await readdir(out)).toSorted()).toEqual(['billing-invoices-since-2026-07-01.html', 'billing-invoices-since-2026-07-01.md']);
  expect(await readFile(join(out, 'billing-invoices-since-2026-07-01.html'), 'utf8')).toBe('# As html of billing & invoices\n');
});
