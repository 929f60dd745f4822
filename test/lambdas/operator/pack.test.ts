import { expect, it } from 'vitest';
import { putKey } from '../../../adapters/dynamodb/key-store.ts';
import { dynamoPublicNotices } from '../../../adapters/dynamodb/public-notices.ts';
import { packFormats } from '../../../core/operator/pack-api.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';
import { aNotice } from '../../support/public-notices.ts';
import { publish } from '../../support/published.ts';

const freshTable = oneEngine();
const withProducts = `${distributionYaml}\nproducts:\n  - { name: Checkout, services: [zqcart] }\n  - { name: Billing & invoices, services: [zqbilling] }\n`;

async function aWorld(yaml = withProducts) {
  const table = await freshTable();
  const operator = await anOperator(table, { now: () => '2026-11-25T10:00:00Z' });
  const applied = await operator.ask('PUT', '/operator/configuration', yaml, 'local');
  expect(applied.status).toBeLessThan(300);
  await putKey(table, 'reads', { label: 'reads', scopes: ['read'], createdAt: '2026-11-01T00:00:00Z' });
  await putKey(table, 'publishes', { label: 'publishes', scopes: ['publish'], createdAt: '2026-11-01T00:00:00Z' });
  const notices = dynamoPublicNotices(table);
  const tell = async (publicId: string, title: string) => {
    const at = '2026-11-20T09:00:00Z';
    await notices.putVersion(publicId, { version: 1, at, content: aNotice({ publicId, title }) });
    await notices.show({ publicId, version: 1, standing: 'public', publishedAt: at, at }, undefined);
  };
  const pack = (query: Record<string, string>, key = 'reads') =>
    operator.ask('GET', `/operator/pack?${new URLSearchParams(query)}`, undefined, key);
  return { table, notices, tell, pack };
}
const since = '2026-07-01';

it('answers one document about a product, by any spelling of its name, and nothing internal', async () => {
  const { table, tell, pack } = await aWorld();
  await publish(table, { id: 'zq-inside', title: 'Zqtitle', services: ['zqcart'], severity: 'sev1', rootCauses: ['zqcause'] });
  await tell('k7p3wq9xzt', 'Checkout was slow');
  for (const format of packFormats) {
    const { status, body } = await pack({ product: 'checkout', since, format });
    expect(status).toBe(200);
    expect(body).toMatchObject({ product: 'Checkout', since, incidents: 1, text: expect.stringContaining('Checkout was slow') });
    expect(JSON.stringify(body).replace(/<style>.*?<\/style>/s, '')).not.toMatch(/zq|sev1|postmortem|k7p3wq9xzt/i);
  }
  expect((await pack({ product: 'Billing & invoices', since })).body).toMatchObject({ incidents: 0 });
});

it('leaves out at once what was withdrawn, although the list may still have it', async () => {
  const { notices, tell, pack } = await aWorld();
  await tell('k7p3wq9xzt', 'Checkout was slow');
  const before = await notices.read('k7p3wq9xzt');
  await notices.show(
    { publicId: 'k7p3wq9xzt', version: 2, standing: 'withdrawn', publishedAt: '2026-11-20T09:00:00Z', at: '2026-11-21T09:00:00Z' },
    before,
  );

  expect((await pack({ product: 'Checkout', since })).body).toMatchObject({ incidents: 0 });
});

it('names the products that there are for one that there is not, and the field that is wrong', async () => {
  const { pack } = await aWorld();
  const unknown = await pack({ product: 'Search', since });
  expect(unknown).toMatchObject({
    status: 404,
    body: { detail: 'There is no product of this name. There are: Checkout, Billing & invoices.' },
  });
  for (const [query, field] of [
    [{ product: 'Checkout', since: '2026-13-01' }, 'since'],
    [{ product: 'Checkout' }, 'since'],
    [{ product: 'Checkout', since, format: 'pdf' }, 'format'],
  ] as const)
    expect(await pack(query)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  const none = await aWorld(distributionYaml);
  expect((await none.pack({ product: 'Checkout', since })).body.detail).toContain('has no products');
});

it('needs the scope read', async () => {
  const { pack } = await aWorld();
  expect((await pack({ product: 'Checkout', since }, 'publishes')).status).toBe(403);
});
