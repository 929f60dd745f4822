import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBackstage } from '../../../../core/catalog/backstage/read-backstage.ts';
import { CatalogContent } from '../../../../core/catalog/catalog.ts';

const read = (...texts: string[]) => readBackstage(texts.map((text, n) => ({ file: `${'abc'[n] ?? n}.yaml`, text, format: 'yaml' })));
const readJson = (value: unknown) => readBackstage([{ file: 'entities.json', text: JSON.stringify(value), format: 'json' }]);
const remarks = (found: ReturnType<typeof read>) =>
  found.remarks.map(({ level, file, line, column, field, problem }) => `${level} ${file}:${line}:${column} ${field} ${problem}`);

const entity = (kind: string, name: string, spec: string, metadata = '') => `apiVersion: backstage.io/v1alpha1
kind: ${kind}
metadata:
  name: ${name}
${metadata}spec:
${spec}`;
const component = (name: string, spec = '', metadata = '') =>
  entity('Component', name, `  type: service\n  owner: shop\n${spec}`, metadata);
const inJson = (kind: string, name: string, spec: object) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: { owner: 'group:default/shop', ...spec },
});

describe('a catalogue of Backstage files', () => {
  it('takes components, resources, APIs, systems and groups of a file of several documents', () => {
    const metadata = `  namespace: eu
  title: The Cart
  description: |
    Keeps what
    people want.
  tags: [go, redis]
  annotations:
    backstage.io/kubernetes-id: cart
    afterword/aliases: basket, trolley
    example.com/language: golang
`;
    const spec = `  type: Service
  lifecycle: production
  owner: team-shop
  system: store
  dependsOn: [resource:cart-db, 'component:default/Prices']
  providesApis: [cart-api]
  consumesApis: ['default/price-api']
`;
    const group = entity('Group', 'team-shop', '  parent: group:default/commerce\n  profile: { displayName: Shop }\n', '  namespace: eu\n');
    const text = [
      entity('Component', 'Cart', spec, metadata),
      group,
      entity('Resource', 'cart-db', '  type: redis\n  owner: team-shop\n'),
    ].join('\n---\n');

    const { content } = read(text);

    expect(content).toEqual({
      services: [
        {
          ref: 'component:eu/cart',
          name: 'Cart',
          aliases: ['The Cart', 'basket', 'trolley'],
          team: 'team-shop',
          kind: 'service',
          tech: ['go', 'redis', 'kubernetes', 'golang'],
          dependsOn: ['component:default/prices', 'resource:eu/cart-db'],
          provides: ['api:eu/cart-api'],
          consumes: ['api:default/price-api'],
          system: 'system:eu/store',
          lifecycle: 'production',
          about: 'Keeps what people want.',
        },
        expect.objectContaining({ ref: 'resource:default/cart-db', kind: 'resource', tech: ['redis'], team: 'team-shop' }),
      ],
      teams: [{ name: 'team-shop', aliases: ['Shop'], partOf: 'commerce' }],
    });
  });

  it('reads what the API answers, and a page of it', () => {
    const entities = [
      inJson('Component', 'cart', { type: 'website', dependsOn: ['resource:default/db'] }),
      inJson('Resource', 'db', { type: 'database' }),
      { ...inJson('Template', 'new-service', {}), apiVersion: 'scaffolder.backstage.io/v1beta3' },
      inJson('User', 'ada', {}),
    ];

    for (const sent of [entities, { items: entities, totalItems: 4 }]) {
      const { content, remarks: said, otherKinds, foreign } = readJson(sent);
      expect(content.services.map(({ ref, kind, team, dependsOn }) => [ref, kind, team, dependsOn])).toEqual([
        ['component:default/cart', 'website', 'shop', ['resource:default/db']],
        ['resource:default/db', 'resource', 'shop', []],
      ]);
      expect([said, [...otherKinds], foreign]).toEqual([[], [['User', 1]], 1]);
    }
  });

  it('loses no service for what is missing', () => {
    const found = read('apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: cart }\n');

    expect(found.content.services).toMatchObject([{ ref: 'component:default/cart', kind: 'service', dependsOn: [] }]);
    expect(remarks(found)).toEqual(['warning a.yaml:1:1 component:default/cart spec.owner is missing']);
  });

  it('leaves out, and counts, what is no entity: manifests of Kubernetes, templates, other kinds', () => {
    const found = read(
      'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\n---\n---\n# nothing\n',
      entity('Component', '${{ values.name }}', '  type: service\n'),
      'kind: Location\napiVersion: backstage.io/v1alpha1\nspec: { targets: [./a.yaml] }\n',
    );

    expect([found.content.services, found.foreign, [...found.otherKinds], found.remarks]).toEqual([[], 2, [['Location', 1]], []]);
  });

  it('has the edges that are written at their other end', () => {
    const { content } = read(
      [component('cart'), entity('Resource', 'db', '  owner: shop\n  dependencyOf: [component:cart]\n')].join('\n---\n'),
    );

    expect(content.services[0]?.dependsOn).toEqual(['resource:default/db']);
  });

  it('resolves a reference without kind by its name, and keeps what leads nowhere', () => {
    const found = read([component('cart', '  dependsOn: [prices, Nothing, resource:db]\n'), component('prices')].join('\n---\n'));

    expect(found.content.services[0]?.dependsOn).toEqual(['Nothing', 'component:default/prices', 'resource:default/db']);
    expect(remarks(found)).toEqual([
      'warning a.yaml:8:23 component:default/cart spec.dependsOn.1 names Nothing, which the catalogue does not have',
      'warning a.yaml:8:32 component:default/cart spec.dependsOn.2 names resource:default/db, which the catalogue does not have',
    ]);
    expect(found.remarks[1]?.remedy).toMatch(/^It is kept/);
  });

  it('takes the first of two with one name, and says where both are', () => {
    const found = read(component('cart', '  lifecycle: production\n'), `${component('prices')}\n---\n${component('CART')}`);

    expect(found.content.services.map(({ ref, lifecycle }) => [ref, lifecycle])).toEqual([
      ['component:default/cart', 'production'],
      ['component:default/prices', undefined],
    ]);
    expect(remarks(found)).toEqual(['warning b.yaml:13:9 component:default/cart metadata.name stands in a.yaml:4 already']);
  });

  it('names no team for a person, and warns of groups that are missing if there are any', () => {
    const of = (owner: string) => entity('Component', 'cart', `  type: service\n  owner: ${owner}\n`);
    const group = entity('Group', 'shop', '  children: [web]\n');

    expect(read(of('user:ada')).content.services[0]?.team).toBeUndefined();
    expect(remarks(read(of('user:ada')))).toEqual([
      'warning a.yaml:7:10 component:default/cart spec.owner is user:default/ada, which is no team',
    ]);
    expect(remarks(read(of('other')))).toEqual([]);
    const found = read(of('web'), group);
    expect(found.content.services[0]?.team).toBe('web');
    expect(remarks(found)).toEqual([
      'warning a.yaml:7:10 component:default/cart spec.owner names group:default/web, which the catalogue does not have',
    ]);
  });

  it('has the team above a team from either end, and takes two groups of one name as one team', () => {
    const group = (name: string, spec: string, metadata = '') => entity('Group', name, spec, metadata);
    const found = read(
      [
        group('commerce', '  children: [shop]\n'),
        group('shop', '  type: team\n'),
        group('pay', '  parent: commerce\n'),
        group('Shop', '  type: team\n', '  namespace: eu\n'),
      ].join('\n---\n'),
    );

    expect(found.content.teams).toEqual([{ name: 'commerce' }, { name: 'shop', partOf: 'commerce' }, { name: 'pay', partOf: 'commerce' }]);
    expect(remarks(found)).toEqual(['warning a.yaml:28:9 group:eu/shop metadata.name is the name of another group, shop']);
  });
});

it('reads the catalogue of the evaluation set without a remark', () => {
  const folder = new URL('../../../relevance/catalog/', import.meta.url);
  const files = globSync('*.yaml', { cwd: folder.pathname }).toSorted();

  const { content, remarks: said } = read(...files.map((file) => readFileSync(new URL(file, folder), 'utf8')));

  expect(said).toEqual([]);
  expect(content.services.length).toBeGreaterThan(100);
});

describe('a file that cannot be read', () => {
  it.each([
    ['a tab', 'kind: Component\nmetadata:\n\tname: a\n', 'a.yaml:3:1'],
    ['a doubled key', 'kind: Component\nmetadata:\n  name: a\n  name: b\n', 'a.yaml:4:3'],
    ['brackets that do not close', 'kind: Component\nmetadata: { name: a\n', 'a.yaml:3:1'],
    ['no name', 'apiVersion: backstage.io/v1\nkind: Component\nmetadata:\n  title: a\n', 'a.yaml:3:1'],
    ['a name like a reference', 'kind: API\nmetadata:\n  name: a:b/c\n', 'a.yaml:3:9'],
    ['a name without end', `kind: API\nmetadata:\n  name: ${'a'.repeat(81)}\n`, 'a.yaml:3:9'],
    ['aliases of aliases', `${bomb()}kind: Component\nmetadata: { name: a, tags: *i }\n`, 'a.yaml:undefined'],
    ['a crowd of aliases', `kind: API\nmetadata: &m { name: a }\nspec: [${'*m, '.repeat(101)}]\n`, 'a.yaml:3:408'],
    ['brackets in brackets', `kind: API\nmetadata: ${'['.repeat(20_000)}\n`, 'a.yaml:2:'],
  ])('with %s is told with its place, and makes an error', (_what, text, where) => {
    const found = read(text);

    expect(found.remarks[0]).toMatchObject({ level: 'error', file: 'a.yaml' });
    expect(remarks(found)[0]).toContain(`error ${where}`);
    expect(found.remarks[0]?.remedy).not.toBe('');
  });

  it('in JSON is told by its file', () => {
    expect(readBackstage([{ file: 'e.json', text: '[{]', format: 'json' }]).remarks).toMatchObject([{ level: 'error', file: 'e.json' }]);
    expect(readBackstage([{ file: 'e.json', text: '[{"kind":"API","metadata":{}}]', format: 'json' }]).remarks).toMatchObject([
      { level: 'error', file: 'e.json', field: 'API metadata.name' },
    ]);
  });
});

describe('a hostile file', () => {
  it('changes nothing but the catalogue', () => {
    const text = `kind: Component
__proto__: { polluted: yes }
metadata:
  name: constructor
  __proto__: { polluted: yes }
  annotations: { __proto__: evil, constructor: evil, toString: evil }
spec: { owner: __proto__, dependsOn: ['resource:__proto__', { kind: x }, 7, null] }
`;
    const found = read(text);

    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(found.content.services).toMatchObject([{ ref: 'component:default/constructor', team: '__proto__', tech: [] }]);
    expect(readJson(JSON.parse('[{"kind":"API","__proto__":{"a":1},"metadata":{"name":"a"}}]')).content.services).toHaveLength(1);
  });

  it('is read with a byte order mark, with CRLF and with names of any script', () => {
    const found = read(`\ufeff${component('naïve-カート')}`.replaceAll('\n', '\r\n'));

    expect(found.content.services).toMatchObject([{ name: 'naïve-カート', ref: 'component:default/naïve-カート' }]);
    expect(remarks(found)).toEqual([
      'warning a.yaml:4:9 component:default/naïve-カート metadata.name is no name by the rules of Backstage',
    ]);
  });

  it('makes only what may be stored: one line, of limited length', () => {
    const long = 'x'.repeat(5000);
    const metadata = {
      name: 'a\u0007\u202eb',
      title: long,
      description: `${long}\n`,
      tags: Array(900)
        .fill(0)
        .map((_, n) => `t${n}`),
      namespace: long,
    };
    const spec = { type: long, owner: long, system: long, lifecycle: { a: 1 }, dependsOn: [long, `resource:${long}`], providesApis: long };
    const { content } = readJson([
      { kind: 'Component', metadata, spec },
      { kind: 'Group', metadata: { ...metadata, namespace: 'b' }, spec: { parent: long } },
    ]);

    expect(CatalogContent.safeParse(content).error).toBeUndefined();
    expect(content.services).toMatchObject([{ name: 'a b' }]);
  });

  it('is refused where it has more services than a catalogue may have', () => {
    const many = Array.from({ length: 5001 }, (_, n) => inJson('Component', `s${n}`, {}));

    expect(readJson(many).remarks[0]).toMatchObject({ level: 'error', field: 'services', problem: 'are 5001, and at most 5000 are taken' });
    expect(readJson(many.slice(1)).remarks).toEqual([]);
  });
});

function bomb(): string {
  const letters = [...'abcdefghi'];
  return letters
    .map(
      (letter, n) =>
        `${letter}: &${letter} [${Array(9)
          .fill(n === 0 ? 'x' : `*${letters[n - 1]}`)
          .join(', ')}]\n`,
    )
    .join('');
}
