import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoPublicNotices } from '../../../adapters/dynamodb/public-notices.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { aHomeWorld, homeYaml, sids } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { aNotice } from '../../support/public-notices.ts';
import { publish } from '../../support/published.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const customers = `customers: { name: Status, address: status@notices.example.com }`;
const withProducts = `${homeYaml.replace(/^senders:\n/m, `senders:\n  ${customers}\n`).replace(/^streams:\n/m, 'streams:\n  customer-notices: {}\n')}
products:
  - { name: Checkout, services: [zqcart] }
  - { name: Billing & invoices, services: [zqbilling] }
`;
const aWorld = async () => {
  const home = await aHomeWorld(table, { distribution: withProducts });
  const notices = dynamoPublicNotices(table);
  const at = '2026-11-20T09:00:00Z';
  await notices.putVersion('k7p3wq9xzt', { version: 1, at, content: aNotice({ publicId: 'k7p3wq9xzt', title: 'Checkout was slow' }) });
  await notices.show({ publicId: 'k7p3wq9xzt', version: 1, standing: 'public', publishedAt: at, at }, undefined);
  return { ...home, notices };
};
const query = (product: string, since = '2026-07-01') => new URLSearchParams({ product, since });

describe('the page of the pack', () => {
  it.each(['operator', 'author', 'reader'] as const)('shows %s what anybody may read of a product, and nothing internal', async (as) => {
    const { open } = await aWorld();
    await publish(table, { id: 'zq-inside', title: 'Zqtitle', services: ['zqcart'], severity: 'sev1', rootCauses: ['zqcause'] });
    const { statusCode, body = '' } = await open(`/home/pack?${query('checkout')}`, { as });

    expect(statusCode).toBe(200);
    expect(body).toContain('Checkout was slow');
    expect(body).toContain('1 July 2026 to 23 November 2026');
    expect(body).not.toMatch(/zq|k7p3wq9xzt/i);
    expect(body.match(/<h1/g)).toHaveLength(1);
  });

  it('asks for a product and a day before it shows anything, a year ago at first', async () => {
    const { open } = await aWorld();
    const { statusCode, body = '' } = await open('/home/pack', { as: 'reader' });

    expect(statusCode).toBe(200);
    expect(body).toContain('value="2025-11-23"');
    expect(body).toContain('<option value="Billing &amp; invoices">');
    expect(body).not.toContain('Checkout was slow');
  });

  it('says that nothing was published', async () => {
    const { open } = await aWorld();

    expect((await open(`/home/pack?${query('Billing & invoices')}`)).body).toContain('No incident notice was published in this time.');
  });

  it.each([
    ['an unknown product', query('Search'), 404, 'There are: Checkout, Billing &amp; invoices.'],
    ['a day to come', query('Checkout', '2026-11-24'), 422, 'since is in the future.'],
    ['what is no day', query('Checkout', 'yesterday'), 422, 'since is not a day.'],
    ['no day', query('Checkout', ''), 422, 'since is not a day.'],
  ])('says what is wrong with %s, and keeps the form', async (_, asked, status, words) => {
    const { open } = await aWorld();
    const { statusCode, body } = await open(`/home/pack?${asked}`, { as: 'reader' });

    expect(statusCode).toBe(status);
    expect(body).toContain(words);
    expect(body).toContain('<select name="product"');
  });

  it('says why there is none where the file has no products, and no page leads there', async () => {
    const { open } = await aHomeWorld(table);
    const { body = '' } = await open('/home/pack', { as: 'author' });

    expect(body).toContain('There is no pack yet');
    expect(body).not.toContain('href="/home/pack"');
  });

  it('is left by what was withdrawn at once', async () => {
    const { open, notices } = await aWorld();
    const at = '2026-11-21T09:00:00Z';
    await notices.show(
      { publicId: 'k7p3wq9xzt', version: 2, standing: 'withdrawn', publishedAt: '2026-11-20T09:00:00Z', at },
      await notices.read('k7p3wq9xzt'),
    );

    expect((await open(`/home/pack?${query('Checkout')}`)).body).not.toContain('Checkout was slow');
  });

  it('is not for who was suspended', async () => {
    const { open, deps } = await aWorld();
    const [profile] = await deps.people.readProfiles([{ realm: 'staff', sid: sids.reader }]);
    if (!profile) throw new Error('there is no reader');
    await deps.operator.people.writeProfile({ ...profile, suspended: { at: '2026-11-23T09:30:00Z' }, revision: 2 }, 1);

    expect((await open('/home/pack', { as: 'reader' })).statusCode).toBe(303);
  });
});

describe('the file of the pack', () => {
  it.each([
    ['html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['md', 'text/markdown; charset=utf-8', '# '],
  ])('is downloaded as %s', async (ending, type, begin) => {
    const { open } = await aWorld();
    const { statusCode, headers, body = '' } = await open(`/home/pack.${ending}?${query('Checkout')}`, { as: 'reader' });

    expect([statusCode, headers?.['content-type']]).toEqual([200, type]);
    expect(headers?.['content-disposition']).toBe(
      `attachment; filename="pack.${ending}"; filename*=UTF-8''checkout-since-2026-07-01.${ending}`,
    );
    expect(body.startsWith(begin)).toBe(true);
    expect(body).toContain('Checkout was slow');
  });

  it('is none where something is wrong: the page says what', async () => {
    const { open } = await aWorld();
    const { statusCode, headers } = await open(`/home/pack.md?${query('Search')}`);

    expect([statusCode, headers?.location]).toEqual([303, '/home/pack?product=Search&since=2026-07-01']);
  });
});
