import { describe, expect, it } from 'vitest';
import type { Service } from '../../../core/catalog/catalog.ts';
import { graphOf } from '../../../core/catalog/graph.ts';
import { aService } from '../../support/catalog.ts';

const uses = (name: string, ...dependsOn: string[]) => aService(name, { dependsOn });
const near = (service: string, services: Service[], steps?: number) =>
  graphOf({ services })
    .neighbours(service, steps)
    .map(({ direction, path }) => `${direction}: ${path.join(' > ')}`);

describe('neighbours of a service', () => {
  it('are what it uses and what uses it, two steps far, by the shortest path', () => {
    const chain = [uses('web', 'cart', 'payments'), uses('cart', 'payments'), uses('payments', 'ledger'), uses('ledger', 'disk')];

    expect(near('web', chain)).toEqual(['uses: web > cart', 'uses: web > payments', 'uses: web > payments > ledger']);
    expect(near('ledger', chain)).toEqual([
      'uses: ledger > disk',
      'used by: ledger > payments',
      'used by: ledger > payments > web',
      'used by: ledger > payments > cart',
    ]);
    expect(near('web', chain, 1)).toEqual(['uses: web > cart', 'uses: web > payments']);
  });

  it('never mix the directions: what two others share is no neighbour of theirs', () => {
    expect(near('a', [uses('a', 'db'), uses('b', 'db'), aService('db')])).toEqual(['uses: a > db']);
  });

  it('reach who provides an API from who consumes it', () => {
    const api = aService('pay-api', { ref: 'api:default/pay-api', kind: 'api' });
    const services = [
      api,
      aService('web', { consumes: ['api:default/pay-api'] }),
      aService('payments', { provides: ['api:default/pay-api'] }),
    ];

    expect(near('web', services)).toEqual(['uses: web > pay-api', 'uses: web > pay-api > payments']);
    expect(near('payments', services)).toEqual(['used by: payments > pay-api', 'used by: payments > pay-api > web']);
  });

  it('are leaves by name where the catalogue does not have them', () => {
    const graph = graphOf({ services: [uses('cart', 'resource:default/orders-db', 'Kafka')] });

    expect(graph.neighbours('cart').map(({ id, name, service }) => [id, name, service])).toEqual([
      ['resource:default/orders-db', 'orders-db', undefined],
      ['Kafka', 'Kafka', undefined],
    ]);
    expect(graph.unresolved.map(({ service, reference }) => [service.name, reference])).toEqual([
      ['cart', 'resource:default/orders-db'],
      ['cart', 'Kafka'],
    ]);
  });

  it('take a reference with a kind for nothing else, and one without for whatever has the name', () => {
    const database = aService('orders', { ref: 'resource:default/orders', kind: 'resource' });

    expect(graphOf({ services: [uses('cart', 'component:default/orders'), database] }).unresolved).toHaveLength(1);
    expect(graphOf({ services: [uses('cart', 'Orders'), database] }).unresolved).toEqual([]);
  });

  it('of an unknown service are none', () => {
    expect(near('nothing', [aService('a')])).toEqual([]);
  });
});

describe('cycles', () => {
  const cycles = (...services: Service[]) => graphOf({ services }).cycles.map((refs) => refs.map((ref) => ref.split('/')[1]));

  it('are told once, with everybody in them, and stop no walk', () => {
    const services = [uses('a', 'b'), uses('b', 'c'), uses('c', 'a'), uses('d', 'a'), uses('self', 'self')];

    expect(cycles(...services)).toEqual([['a', 'b', 'c'], ['self']]);
    expect(near('a', services, 9).filter((path) => path.startsWith('uses: '))).toEqual(['uses: a > b', 'uses: a > b > c']);
    expect(near('self', services)).toEqual([]);
  });

  it('are none where two ways lead to one place', () => {
    expect(cycles(uses('a', 'b', 'c'), uses('b', 'd'), uses('c', 'd'), aService('d'))).toEqual([]);
  });

  it('are found in a chain of thousands', () => {
    const chain = Array.from({ length: 5000 }, (_, n) => uses(`s${n}`, `s${(n + 1) % 5000}`));

    expect(cycles(...chain)[0]).toHaveLength(5000);
  });
});
