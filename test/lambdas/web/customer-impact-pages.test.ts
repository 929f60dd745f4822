import { beforeEach, describe, expect, it } from 'vitest';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const since = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const supporter = aProfile({ sid: aSid(1), streams: { 'customer-impact': since, 'sev1-alerts': since } });
const distribution = aDistribution({
  products: [{ name: 'Checkout', services: ['cart'] }],
  streams: {
    'sev1-alerts': { severities: ['sev1'] },
    'customer-impact': { severities: ['sev1', 'sev2', 'sev3'], schedule: { every: 'week', on: 'friday', at: '14:00' }, contact: '#desk' },
  },
});
const banner = 'Internal: do not forward. Tell customers only what stands under Say.';
const felt = {
  title: 'Customers could not pay',
  services: ['cart'],
  startedAt: '2026-11-17T12:52:00Z',
  mitigatedAt: '2026-11-17T13:33:00Z',
  summary: 'The lock of the ledger was held.',
  customerImpact: { text: 'Payments <b>failed</b> with an error.', customersAffected: 1200, regions: ['EU'] },
  rootCauses: ['A migration without a timeout.'],
  support: {
    say: ['It works again.', 'Nobody was charged twice.'],
    doNotSay: ['That the vendor is at fault.'],
    workaround: 'Pay by invoice.',
    doing: ['Refunding who was charged.'],
    contact: '#incident-desk',
    nextNewsAt: '2026-11-24T15:00:00Z',
  },
};

let table: Table;
let read: (path?: string, audience?: string) => Promise<string>;
let feed: () => Promise<string>;
beforeEach(async () => {
  table = await freshTable();
  const world = await aWebWorld(table, { people: [supporter], distribution });
  const ask = world.serve(pageRoutes(world.deps));
  const session = await world.begin(supporter.sid);
  const text = await world.begin(supporter.sid, { kind: 'feed' });
  const get = async (url: string) => (await ask(aPageEvent('GET', url, { session }))).body ?? '';
  read = (path = '', audience = 'cross-functional') => get(`/archive/${audience}${path}`);
  feed = () => get(`/feed/f1.${text}?audience=cross-functional`);
});

/** The texts of a page in their order, without its markup. */
const textsOf = (body: string) =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .split(/<[^<>]*>/)
    .filter((text) => text.trim() !== '');

describe('the page of a postmortem for support, sales and marketing', () => {
  it('says first that it is internal, then what customers saw and what may be said', async () => {
    await publish(table, felt);
    const texts = textsOf(await read('/pm-1'));

    expect(texts.slice(texts.indexOf(banner), texts.indexOf('More postmortems'))).toEqual([
      banner,
      'Sev-2',
      'Customers could not pay',
      'Began',
      'Tuesday 17 November at 13:52, Berlin time',
      'Lasted',
      '41 minutes',
      'Products',
      'Checkout',
      'Services',
      'cart',
      'Customers',
      '1,200 affected',
      'Regions',
      'EU',
      'Over since Tuesday 17 November at 14:33, Berlin time.',
      'What customers saw',
      'Payments &lt;b&gt;failed&lt;/b&gt; with an error.',
      'Say',
      'It works again.',
      'Nobody was charged twice.',
      'Do not say',
      'That the vendor is at fault.',
      'Workaround',
      'Pay by invoice.',
      'What we are doing',
      'Refunding who was charged.',
      'Next news',
      'Tuesday 24 November at 16:00, Berlin time',
      'Whom to ask',
      '#incident-desk',
    ]);
  });

  it('has no part for what is not known', async () => {
    await publish(table, { customerImpact: { customersAffected: 3 } });
    const texts = textsOf(await read('/pm-1'));

    expect(texts).toContain('No end is given yet.');
    expect(texts.filter((text) => /^(?:Say|Do not say|Workaround|Next news|Whom to ask|What )/.test(text))).toEqual([]);
  });

  it('says nothing of being internal to leaders, who see the cause', async () => {
    await publish(table, felt);
    const body = await read('/pm-1', 'leadership');

    expect(body).not.toContain(banner);
    expect(body).toContain('A migration without a timeout.');
  });
});

describe('the archive of customer impact', () => {
  it('has what customers felt, says that it is internal, and finds what may be said', async () => {
    await publish(table, felt);
    await publish(table, { id: 'pm-2', title: 'A build failed' });

    expect(await read()).toContain(banner);
    expect(await read()).toContain('<h1>Customer impact</h1>');
    expect(await read()).toContain('1 postmortem<');
    expect(await read()).not.toContain('A build failed');
    expect(await read('?q=invoice')).toContain('1 postmortem found');
    expect(await read('?q=timeout')).toContain('No postmortems found');
    expect(await read('?q=lock')).toContain('No postmortems found');
  });

  it('loses a postmortem once it says that no customer was affected, and gets it back', async () => {
    await publish(table, felt);
    await publish(table, { ...felt, customerImpact: { text: 'Nothing after all.', customersAffected: 0 } });

    expect(await read()).not.toContain('Customers could not pay');
    expect(await read('/pm-1')).not.toContain('Customers could not pay');
    expect(await read('', 'leadership')).toContain('Customers could not pay');
    await publish(table, felt);
    expect(await read('/pm-1')).toContain('It works again.');
  });

  it('is a feed, which says that it is internal', async () => {
    await publish(table, felt);
    await publish(table, { id: 'pm-2', title: 'A build failed' });

    expect(await feed()).toContain(`<subtitle>${banner}</subtitle>`);
    expect(await feed()).toMatch(/<title>[^<]+: customer impact<\/title>/);
    expect((await feed()).match(/<entry>/g)).toHaveLength(1);
    expect(await feed()).not.toMatch(/timeout|ledger/);
  });
});
