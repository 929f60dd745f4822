import { describe, expect, it } from 'vitest';
import { catalogOf, Service } from '../../../core/catalog/catalog.ts';
import { keptCatalog } from '../../../core/catalog/kept-catalog.ts';
import { serviceNames } from '../../../core/catalog/service-names.ts';
import { aService } from '../../support/catalog.ts';

describe('a catalogue', () => {
  it('has one hash for the same content in any order, and another for other content', () => {
    const [a, b] = [aService('a'), aService('b')];
    const hash = (...services: Service[]) => catalogOf({ services, teams: [] }).hash;

    expect(hash(a, b)).toBe(hash(b, a));
    expect(hash(a, b)).not.toBe(hash(a, { ...b, team: 'Data' }));
  });

  it('is read without what a later release wrote, and with what one did not write', () => {
    expect(Service.parse({ ref: 'component:default/a', name: 'a', kind: 'service', tier: 1 })).toEqual(aService('a'));
  });

  it('is refused with names that would break a line', () => {
    expect(Service.safeParse({ ...aService('a'), name: 'a\nb' }).success).toBe(false);
  });
});

describe('finding a service', () => {
  const find = (name: string, ...services: Service[]) => serviceNames(services).find(name)?.ref;

  it.each(['event-stream', 'Event Stream', 'EVENT_STREAM', 'component:default/event-stream', 'Component:Default/Event-Stream'])(
    'takes %s for event-stream',
    (name) => {
      expect(find(name, aService('event-stream'))).toBe('component:default/event-stream');
    },
  );

  it('knows aliases, and prefers names', () => {
    const ledger = aService('ledger', { aliases: ['books', 'accounts'] });

    expect(find('Books', ledger)).toBe(ledger.ref);
    expect(find('accounts', ledger, aService('accounts'))).toBe('component:default/accounts');
  });

  it('leaves out the ending service where one alone can be meant', () => {
    const [short, long, svc] = [aService('checkout'), aService('checkout-service'), aService('cart_svc')];

    expect(find('checkout service', short)).toBe(short.ref);
    expect(find('checkout', long)).toBe(long.ref);
    expect(find('cart-service', svc)).toBe(svc.ref);
    expect(find('checkout', short, long)).toBe(short.ref);
    expect(find('checkout-service', short, long)).toBe(long.ref);
    expect(find('checkout svc', short, long)).toBeUndefined();
    expect(find('service', short)).toBeUndefined();
  });

  it('takes what runs before the API and the system of the same name', () => {
    const api = aService('payments', { ref: 'api:default/payments', kind: 'api' });
    const system = aService('payments', { ref: 'system:default/payments', kind: 'system' });
    const abroad = aService('payments', { ref: 'component:eu/payments' });

    expect(find('payments', api, system, abroad)).toBe('component:eu/payments');
    expect(find('payments', api, system, abroad, aService('payments'))).toBe('component:default/payments');
    expect(find('payments svc', api, system, aService('payments'))).toBe('component:default/payments');
    expect(find('payments', system, api)).toBe('api:default/payments');
  });

  it('finds nothing in names of objects', () => {
    expect([find('constructor', aService('a')), find('__proto__', aService('a'))]).toEqual([undefined, undefined]);
  });
});

describe('a catalogue that is kept', () => {
  it('is read again after a minute, and only if it changed', async () => {
    let at = Date.parse('2026-11-17T15:00:00Z');
    let stored = catalogOf({ services: [aService('a')], teams: [] });
    const reads = { head: 0, whole: 0 };
    const kept = keptCatalog(
      {
        head: async () => {
          reads.head += 1;
          return { hash: stored.hash, services: 1, teams: 0, at: '2026-11-17T15:00:00Z' };
        },
        read: async () => {
          reads.whole += 1;
          return stored;
        },
      },
      () => new Date(at),
    );

    const first = await kept();
    expect([first, await kept(), reads]).toEqual([stored, stored, { head: 1, whole: 1 }]);
    at += 60_000;
    expect([await kept(), reads]).toEqual([first, { head: 2, whole: 1 }]);
    stored = catalogOf({ services: [aService('b')], teams: [] });
    expect(await kept()).toEqual(first);
    at += 60_000;
    expect([await kept(), reads]).toEqual([stored, { head: 3, whole: 2 }]);
  });
});
