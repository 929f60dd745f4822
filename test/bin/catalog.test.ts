import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogOf } from '../../core/catalog/catalog.ts';
import { aService } from '../support/catalog.ts';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const component = (name: string, more = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: ${name} }\nspec: { type: service, owner: shop${more} }\n`;

const folderWith = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const folder = await mkdtemp(join(tmpdir(), 'catalog-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
};
const head = (services: number, teams = 0) => ({ head: { hash: 'before', services, teams, at: '2026-11-19T15:00:00Z' } });
const put = { hash: 'after', outcome: 'put', services: 1, teams: 0 };

/** Runs `catalog import` against an API that answers GET and PUT with these. */
const imported = async (
  paths: string[],
  before: object,
  after: { status: number; body: object } = { status: 200, body: put },
  ...more: string[]
) => {
  await using api = await fakeApi(({ method }) => (method === 'GET' ? { status: 200, body: before } : after));
  const { stdout, stderr, code } = await afterword(['catalog', 'import', ...paths, ...more, '--api', api.url]);
  return { stdout, stderr, code, puts: api.received.filter(({ method }) => method === 'PUT') };
};

describe('afterword catalog import', () => {
  it('sends what a folder has, with the hash that it read, and leaves other YAML alone', async () => {
    const folder = await folderWith({
      'a/catalog-info.yaml': component('cart'),
      'deploy.yaml': 'a: {{ .Values.broken }\n',
      'node_modules/x/catalog-info.yaml': component('not-ours'),
      '.hidden/catalog-info.yml': component('hidden'),
      'b/all.yml': `${component('prices')}---\napiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: { name: ada }\n`,
    });

    const { stdout, code, puts } = await imported([folder], head(1));

    expect([code, stdout]).toEqual([0, 'Left out: 1 User.\nImported 2 services and 0 teams.\n']);
    expect(puts.map(({ path }) => path)).toEqual(['/operator/catalog?readHash=before']);
    expect(JSON.parse(puts[0]?.body ?? '')).toEqual({
      services: [
        { ref: 'component:default/cart', name: 'cart', kind: 'service', team: 'shop' },
        { ref: 'component:default/prices', name: 'prices', kind: 'service', team: 'shop' },
      ],
      teams: [],
    });
  });

  it('reads globs, each file once, UTF-16 and JSON', async () => {
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(component('wide'), 'utf16le')]);
    const json = JSON.stringify([{ apiVersion: 'backstage.io/v1alpha1', kind: 'API', metadata: { name: 'pay' }, spec: { owner: 'shop' } }]);
    const folder = await folderWith({ 'x/catalog-info.yaml': wide, 'y/catalog-info.yaml': component('cart'), 'entities.json': json });

    const { puts, code } = await imported(
      [`${folder}/*/catalog-info.yaml`, join(folder, 'y/catalog-info.yaml'), join(folder, 'entities.json')],
      {},
    );

    expect([code, puts[0]?.path]).toEqual([0, '/operator/catalog?readHash=none']);
    expect(JSON.parse(puts[0]?.body ?? '').services.map(({ name }: { name: string }) => name)).toEqual(['wide', 'cart', 'pay']);
  });

  it('stores nothing if one entity cannot be read, and says where', async () => {
    const folder = await folderWith({
      'a.yaml': component('cart'),
      'b.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  title: x\n',
    });

    const { stdout, stderr, code, puts } = await imported([folder], head(1));

    expect([code, puts]).toEqual([1, []]);
    expect(stdout).toContain(`${join(folder, 'b.yaml')}:3:1: API metadata.name: is missing`);
    expect(stderr).toContain('Nothing was imported');
  });

  it('wants --yes to lose more than a tenth', async () => {
    const files = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`${n}.yaml`, component(`s${n}`)]));
    const folder = await folderWith(files);

    expect(await imported([folder], head(10))).toMatchObject({ code: 0 });
    const refused = await imported([folder], head(11));
    expect(refused).toMatchObject({ code: 1, puts: [] });
    expect(refused.stderr).toContain('9 services where there are 11');
    expect((await imported([folder], head(9, 3))).stderr).toContain('0 teams where there are 3');
    expect((await imported([folder], head(11), undefined, '--yes')).puts).toHaveLength(1);
  });

  it('asks no API with --check', async () => {
    const folder = await folderWith({ 'a.yaml': component('cart', ', dependsOn: [component:cart]') });
    const { stdout, code } = await afterword(['catalog', 'import', folder, '--check', '--api', 'http://localhost:1']);

    expect([code, stdout]).toEqual([
      0,
      '1 group of services that depend on each other in a circle, which is allowed: component:default/cart\n' +
        '1 service and 0 teams. Nothing was imported, because of --check.\n',
    ]);
  });

  it('takes its own catalogue for stored where the answer was lost and somebody else’s not', async () => {
    const folder = await folderWith({ 'a.yaml': component('cart') });
    const conflict = { status: 409, body: { type: 'about:blank', title: 'Conflict', status: 409, detail: 'Somebody imported another.' } };
    const { hash } = catalogOf({ services: [aService('cart', { team: 'shop' })], teams: [] });

    expect((await imported([folder], { head: { ...head(1).head, hash } }, conflict)).code).toBe(0);
    expect(await imported([folder], head(1), conflict)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Somebody imported another.'),
    });
  });

  it.each([
    [['nowhere'], 'There is no file or folder "nowhere"'],
    [['nowhere/*.yaml'], 'No file matches'],
  ])('says of %s what is missing', async (paths, words) => {
    const { stderr, code } = await imported(paths, {});

    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it('imports nothing that has no service', async () => {
    const folder = await folderWith({ 'a.yaml': '# backstage.io/ some day\n' });

    expect(await imported([folder], {})).toMatchObject({ code: 2, puts: [] });
    expect((await imported([await folderWith({ 'a.txt': '' })], {})).stderr).toContain('There is no YAML file of Backstage');
  });
});

it('shows a service with whoever runs it and what is near', async () => {
  const body = {
    service: { ...aService('cart'), aliases: ['basket'], tech: ['go', 'redis'], about: 'Keeps what people want.' },
    isInCatalogue: true,
    runner: { name: 'Shop', source: 'distribution file' },
    otherwise: 'web',
    edges: [
      { name: 'db', path: ['cart', 'db'], direction: 'uses', kind: 'resource', team: 'Storage' },
      { name: 'disk', path: ['cart', 'db', 'disk'], direction: 'uses' },
      { name: 'web', path: ['cart', 'web'], direction: 'used by', kind: 'website' },
    ],
  };
  await using api = await fakeApi(() => ({ status: 200, body }));
  const { stdout, code } = await afterword(['catalog', 'show', 'Basket & co', '--api', api.url]);

  expect([code, api.received[0]?.path]).toEqual([0, '/operator/catalog/service?name=Basket%20%26%20co']);
  expect(stdout.trimEnd().split('\n')).toEqual([
    'cart  service, component:default/cart',
    'Run by Shop, as the distribution file says; the catalogue says web.',
    'Also called: basket',
    'Technologies: go, redis',
    'About: Keeps what people want.',
    'Uses:',
    '  db  (resource, Storage)',
    '  db > disk  (not in the catalogue)',
    'Is used by:',
    '  web  (website)',
  ]);
});

it('checks the stored one, and fails where services have no team or teams no people', async () => {
  const none = { withoutTeam: [], dissolved: [], cycles: [], unresolved: [], differences: [], sawEverybody: true, ...head(2, 1) };
  const counts = { withoutTeam: 0, dissolved: 0, cycles: 0, unresolved: 0, differences: 0 };
  const checked = async (body: object) => {
    await using api = await fakeApi(() => ({ status: 200, body }));
    const { stdout, code } = await afterword(['catalog', 'check', '--api', api.url]);
    return { code, lines: stdout.trimEnd().split('\n') };
  };

  expect(await checked({ ...none, counts })).toEqual({
    code: 0,
    lines: ['2 services and 1 team, imported 2026-11-19 15:00 UTC', 'Nothing is amiss.'],
  });
  const many = Array.from({ length: 25 }, (_, n) => `component:default/s${n}`);
  const found = await checked({ ...none, withoutTeam: many, cycles: [['a', 'b']], counts: { ...counts, withoutTeam: 300, cycles: 1 } });
  expect(found.code).toBe(1);
  expect(found.lines).toContain('  and 280 more');
  expect(found.lines).toContain('  a, b');
});
