import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoPeopleStore } from '../../../adapters/dynamodb/profile-store.ts';
import { dynamoSearchIndex } from '../../../adapters/dynamodb/search-index.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import type { Service } from '../../../core/catalog/catalog.ts';
import { aService } from '../../support/catalog.ts';
import { aProfile } from '../../support/delivery.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

const freshTable = oneEngine();
let table: Table;
let operator: Awaited<ReturnType<typeof anOperator>>;
beforeEach(async () => {
  table = await freshTable();
  operator = await anOperator(table);
});

const put = (services: Service[], readHash: string, teams: object[] = []) =>
  operator.ask('PUT', `/operator/catalog?readHash=${readHash}`, { services, teams });
const get = (path = '') => operator.ask('GET', `/operator/catalog${path}`);
const owned = (id: string, team: string, service: string, publishedAt = '2026-03-10T00:00:00Z') =>
  dynamoSearchIndex(table).put(
    'engineering',
    {
      id,
      revision: 1,
      title: 'T',
      severity: 'sev1',
      status: 'published',
      services: [service],
      team,
      tags: [],
      publishedAt,
      gist: '',
    },
    publishedAt,
  );

describe('the service catalogue of the operator', () => {
  it('is replaced whole, tells what it is, and leaves one line for each that differs', async () => {
    expect((await get()).body).toEqual({});
    const first = await put([aService('cart'), aService('prices')], 'none', [{ name: 'shop' }]);
    expect(first.body).toMatchObject({ outcome: 'put', services: 2, teams: 1 });

    expect((await put([aService('prices'), aService('cart')], 'none', [{ name: 'shop' }])).body).toMatchObject({ outcome: 'unchanged' });
    await put([aService('cart')], first.body.hash);

    expect((await get()).body).toEqual({ head: { hash: expect.any(String), services: 1, teams: 0, at: '2026-11-19T15:00:00Z' } });
    expect((await get('?content=true')).body.content).toEqual({ services: [aService('cart')], teams: [] });
    expect((await operator.audit()).map(({ act, facts }) => [act, facts])).toEqual([
      ['catalogue imported', expect.objectContaining({ services: 2, servicesBefore: 0, by: 'local' })],
      ['catalogue imported', expect.objectContaining({ services: 1, servicesBefore: 2, teamsBefore: 1 })],
    ]);
  });

  it('has recent postmortems related anew, also by the call that repeats one which died', async () => {
    const asked: (readonly string[])[] = [];
    operator = await anOperator(table, { relate: async (ids) => void asked.push(ids) });
    await owned('old', 'shop', 'cart');
    await owned('recent', 'shop', 'cart', '2026-11-10T00:00:00Z');

    await put([aService('cart')], 'none');
    await put([aService('cart')], 'none');

    expect(asked).toEqual([['recent'], ['recent']]);
  });

  it.each([
    ['the call that repeats it', ['cart'], [1]],
    ['the next import', ['prices', 'web'], [1, 2]],
  ])('has the line of an import that died before it, by %s', async (_by, next, services) => {
    const died = await anOperator(table, { audit: { record: async () => Promise.reject(new Error('died')) } });
    expect((await died.ask('PUT', '/operator/catalog?readHash=none', { services: [aService('cart')], teams: [] })).status).toBe(500);
    expect(await operator.audit()).toEqual([]);

    const { head } = (await get()).body;
    await put(
      next.map((name) => aService(name)),
      head.hash,
    );

    expect((await operator.audit()).map(({ act, who, facts }) => [act, who, facts])).toEqual(
      services.map((count) => ['catalogue imported', expect.any(String), expect.objectContaining({ services: count, by: 'local' })]),
    );
  });

  it('is left alone where somebody else put one meanwhile', async () => {
    await put([aService('cart')], 'none');

    const late = await put([aService('prices')], 'none');

    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('Import it again')]);
    expect((await get()).body.head).toMatchObject({ services: 1 });
  });

  it.each([
    ['a service without a name', [{ ...aService('cart'), name: undefined }], 'services.0.name'],
    ['two services of one ref', [aService('cart'), aService('cart')], 'services.1.ref'],
    ['a name of several lines', [aService('a', { aliases: ['a\nb'] })], 'services.0.aliases.0'],
    ['no list', 'cart', 'services'],
  ])('refuses %s with the name of the field', async (_what, services, field) => {
    const { status, body } = await operator.ask('PUT', '/operator/catalog?readHash=none', { services, teams: [] });

    expect([status, body.errors[0]]).toEqual([422, expect.objectContaining({ field, remedy: expect.stringMatching(/./) })]);
    expect((await get()).body).toEqual({});
  });

  it('asks for the hash that was read', async () => {
    expect((await operator.ask('PUT', '/operator/catalog', { services: [], teams: [] })).body.errors).toMatchObject([
      { field: 'readHash' },
    ]);
  });

  it('takes members of a later release and leaves them out', async () => {
    await operator.ask('PUT', '/operator/catalog?readHash=none', { services: [{ ...aService('cart'), tier: 1 }], teams: [], domains: [] });

    expect((await get('?content=true')).body.content).toEqual({ services: [aService('cart')], teams: [] });
  });

  it('takes five thousand services, and no more bytes than a function can be given', async () => {
    const many = (about: string) =>
      Array.from({ length: 5000 }, (_, n) => aService(`service-${n}`, { about, dependsOn: [`component:default/service-${n + 1}`] }));

    expect((await put(many('A sentence that says what it does.'), 'none')).body).toMatchObject({ services: 5000 });
    expect(
      (
        await put(
          many('x'.repeat(300)).map((one) => ({ ...one, aliases: ['y'.repeat(250), 'z'.repeat(250)] })),
          'none',
        )
      ).status,
    ).toBe(413);
  });

  it('wants the scope configure to change it, and read to see it', async () => {
    const { body } = await operator.ask('POST', '/operator/keys', { label: 'reads', scopes: ['read'] });
    const asReader = (method: string, url: string) => operator.ask(method, url, { services: [], teams: [] }, body.key);

    expect((await asReader('PUT', '/operator/catalog?readHash=none')).status).toBe(403);
    expect((await asReader('GET', '/operator/catalog')).status).toBe(200);
  });
});

describe('one service', () => {
  it('is shown with who runs it, whence that is known, and what is near', async () => {
    await operator.ask('PUT', '/operator/configuration', `${distributionYaml}`);
    await put(
      [
        aService('checkout', { team: 'others', dependsOn: ['resource:default/db'] }),
        aService('cart', { dependsOn: ['component:default/checkout'], team: 'Shop' }),
      ],
      'none',
    );

    expect((await get('/service?name=Checkout-Service')).body).toMatchObject({
      service: { ref: 'component:default/checkout' },
      isInCatalogue: true,
      runner: { source: 'distribution file' },
      otherwise: 'others',
      edges: [
        { name: 'db', direction: 'uses', path: ['checkout', 'db'] },
        { name: 'cart', direction: 'used by', kind: 'service', team: 'Shop' },
      ],
    });
  });

  it('is known from the archive alone after two postmortems', async () => {
    await owned('pm-1', 'Search', 'ranking');
    await owned('pm-2', 'Search', 'ranking');

    expect((await get('/service?name=ranking')).body).toMatchObject({
      isInCatalogue: false,
      runner: { name: 'Search', source: 'archive' },
      edges: [],
    });
  });

  it('that nobody has is answered with the nearest', async () => {
    await put([aService('checkout')], 'none');

    expect(await get('/service?name=chekout')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('Is checkout meant?') },
    });
    expect(await get('/service?name=zzzzzzzzzz')).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('Check its name') },
    });
    expect((await get('/service')).status).toBe(404);
  });
});

describe('the check of the catalogue', () => {
  it('names services without a team, teams without people, cycles, what leads nowhere and what the file says otherwise', async () => {
    await operator.ask('PUT', '/operator/configuration', distributionYaml);
    await dynamoPeopleStore(table).writeProfile(aProfile({ team: 'Payments' }), 0);
    await dynamoPeopleStore(table).writeProfile(
      aProfile({ sid: 'b'.repeat(32), address: 'b@example.com', team: 'Gone', suspended: { at: '2026-11-01T00:00:00Z' } }),
      0,
    );
    const services = [
      aService('checkout', { team: 'gone' }),
      aService('a', { team: 'gone', dependsOn: ['component:default/b'] }),
      aService('b', { team: 'team-pay', dependsOn: ['component:default/a', 'Nothing'] }),
      aService('lost'),
      aService('all', { ref: 'system:default/all', kind: 'system' }),
    ];
    await put(services, 'none', [
      { name: 'gone', partOf: 'commerce' },
      { name: 'team-pay', aliases: ['payments'] },
    ]);

    expect((await get('/check')).body).toEqual({
      head: expect.objectContaining({ services: 5 }),
      counts: { withoutTeam: 1, dissolved: 1, cycles: 1, unresolved: 1, differences: 1 },
      withoutTeam: ['component:default/lost'],
      dissolved: [{ team: 'gone', services: 1, partOf: 'commerce' }],
      sawEverybody: true,
      cycles: [['component:default/a', 'component:default/b']],
      unresolved: [{ service: 'component:default/b', reference: 'Nothing' }],
      differences: [{ service: 'checkout', file: 'Payments', catalogue: 'gone' }],
    });
  });

  it('says how to begin where there is none', async () => {
    expect(await get('/check')).toMatchObject({ status: 404, body: { detail: expect.stringContaining('afterword catalog import') } });
  });
});
