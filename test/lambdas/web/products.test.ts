import { expect, it } from 'vitest';
import type { TokenScope } from '../../../core/access/token.ts';
import { forCustomers } from '../../../core/distribution/for-customers.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { idOf, shownIn } from '../../support/sign-up.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const cleo = 'cleo@elsewhere.example';
const sid = idOf(cleo, 'customers');
const stream = 'customer-notices';
const since = '2026-05-03T10:00:00Z';

/** As customers' pages read it. */
const distribution = forCustomers(
  aDistribution({
    senders: {
      internal: { name: 'Afterword', address: 'afterword@example.com' },
      customers: { name: 'Example status', address: 'status@notices.example.com' },
    },
    streams: { [stream]: { signUp: 'open' } },
    teams: [{ name: 'Payments', services: ['ledger', 'cart'] }],
    products: [
      { name: 'Checkout', services: ['ledger'] },
      { name: 'Exports & reports', services: ['cart'] },
    ],
  }),
);

const on = { on: true, since, slots: [{ slot: 'default', at: since }] };
const subscribed = (follow?: string[]) =>
  aProfile({ sid, realm: 'customers', address: cleo, streams: { [stream]: { ...on, ...(follow && { follow }) } } });

async function pagesOf(profile: ReturnType<typeof aProfile>) {
  const world = await aWebWorld(await freshTable(), { people: [profile], distribution, realm: 'customers' });
  const ask = world.serve(pageRoutes(world.deps));
  const link = (scope: TokenScope, about = '') => world.token({ scope, subscriber: sid, about });
  return {
    link,
    get: async (path: string) => (await ask(aPageEvent('GET', `/customers${path}`))).body ?? '',
    post: async (path: string, form: Record<string, string>) => (await ask(aPageEvent('POST', `/customers${path}`, { form }))).body ?? '',
    follow: async () => (await world.profile(sid))?.streams[stream]?.follow,
  };
}

/** A box of a form, and whether it is ticked. */
const boxes = (body: string) =>
  [...body.matchAll(/<input type="checkbox"[^>]*value="(product:[^"]*)"([^>]*)>/g)].map(
    ([, topic, rest]) => `${topic}${rest?.includes('checked') ? ' ticked' : ''}`,
  );

it('a customer chooses products on their page, and is told what that means', async () => {
  const { get, post, link, follow } = await pagesOf(subscribed());
  const path = `/p/${link('preferences')}`;
  const body = await get(path);
  expect(boxes(body)).toEqual(['product:checkout', 'product:exports &amp; reports']);

  const form = { shown: shownIn(body), press: 'save', [`${stream}.topics`]: '1' };
  const saved = await post(path, { ...form, [`${stream}.follow`]: 'product:checkout' });
  expect(saved).toContain('You get incident notices about Checkout only.');
  expect(boxes(saved)).toEqual(['product:checkout ticked', 'product:exports &amp; reports']);
  expect(await follow()).toEqual(['product:checkout']);

  expect(await post(path, { ...form, shown: shownIn(saved) })).toContain('You get incident notices about all products.');
  expect(await follow()).toBeUndefined();
});

it('a customer can take off a product that is no more', async () => {
  const { get, link } = await pagesOf(subscribed(['product:old shop']));

  expect(boxes(await get(`/p/${link('preferences')}`))).toContain('product:old shop ticked');
});

it.each(['service:ledger', 'team:payments', 'nonsense'])('a form that was made up chooses nothing of the inside: %s', async (topic) => {
  const { get, post, link, follow } = await pagesOf(subscribed());
  const path = `/p/${link('preferences')}`;
  const form = { shown: shownIn(await get(path)), press: 'save', [`${stream}.topics`]: '1', [`${stream}.follow`]: topic };

  expect(await post(path, form)).toContain('Choose products from the list');
  expect(await follow()).toBeUndefined();
});

it('a customer chooses products where they confirm, and nobody chooses for them before', async () => {
  const stranger = aProfile({ sid, realm: 'customers', address: cleo, streams: {}, unconfirmed: { at: '2026-11-23T07:00:00Z' } });
  const { get, post, link, follow } = await pagesOf(stranger);
  const path = `/c/${link('confirm', stream)}`;
  expect(boxes(await get(path))).toEqual(['product:checkout', 'product:exports &amp; reports']);

  expect(await post(path, { press: 'confirm', product: 'product:exports & reports' })).toContain('You are subscribed');
  expect(await follow()).toEqual(['product:exports & reports']);
});

it('a customer who chooses none, or what there is not, hears about all products', async () => {
  const stranger = aProfile({ sid, realm: 'customers', address: cleo, streams: {}, unconfirmed: { at: '2026-11-23T07:00:00Z' } });
  const { post, link, follow } = await pagesOf(stranger);

  await post(`/c/${link('confirm', stream)}`, { press: 'confirm', product: 'team:payments' });
  expect(await follow()).toBeUndefined();
});
