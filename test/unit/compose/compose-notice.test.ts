import { expect, it } from 'vitest';
import { composeNotice, composeWithdrawal } from '../../../core/compose/compose-notice.ts';
import { EditionFragments, toldIn } from '../../../core/mail/fragments.ts';
import { fragmentsHash } from '../../../core/mail/fragments-hash.ts';
import { renderNotice } from '../../../emails/render-notice.ts';
import { aDistribution } from '../../support/distribution.ts';
import { noticeInputs } from '../../support/samples/notices.ts';

const distribution = aDistribution({
  organisation: { name: 'Northwind', zone: 'Europe/Berlin', domains: ['example.com'] },
  senders: {
    internal: { name: 'Lessons', address: 'lessons@example.com' },
    customers: { name: 'Northwind status', address: 'status@notices.example.com' },
  },
  brand: { name: 'Northwind lessons', footer: 'For colleagues only.' },
});
const deps = { renderNotice, zones: async () => ['Asia/Tokyo', 'Europe/Berlin', 'Europe/Paris'] };
const { content } = noticeInputs['notice to customers'];
const first = { isUpdate: false, productsBefore: [] };

it('tells the times in each zone, and stores the text once', async () => {
  const told = await composeNotice(content, first, distribution, deps);

  expect(told.times?.text).toContain('13:35 to 14:33, Berlin time');
  expect(toldIn(told, 'Asia/Tokyo').times?.text).toContain('19 November 2026, 21:35 to 22:33, Tokyo time');
  expect(toldIn(told, 'Asia/Tokyo').blocks).toEqual(told.blocks);
  expect(JSON.stringify(told).split('nobody was charged twice').length - 1).toBe(3);
});

it('has the hash that it was approved with once it was stored and read', async () => {
  const told = await composeNotice(content, first, distribution, deps);

  expect(fragmentsHash(EditionFragments.parse(JSON.parse(JSON.stringify(told))))).toBe(fragmentsHash(told));
  expect(fragmentsHash(await composeNotice(content, first, distribution, deps))).toBe(fragmentsHash(told));
});

it('calls itself what customers know the sender as, and has nothing of the brand of staff', async () => {
  const told = JSON.stringify([
    await composeNotice(content, first, distribution, deps),
    await composeWithdrawal(
      { publicId: content.publicId, products: ['Checkout'], publishedAt: '2026-11-17T16:02:00Z', withdrawnAt: '2026-11-18T09:00:00Z' },
      distribution,
      deps,
    ),
  ]);

  expect(told).toContain('Northwind status');
  expect(told).not.toMatch(/lessons|colleagues/i);
});

it('says in each zone when a withdrawn notice was sent', async () => {
  const told = await composeWithdrawal(
    { publicId: content.publicId, products: ['Checkout'], publishedAt: '2026-11-17T16:02:00Z', withdrawnAt: '2026-11-18T09:00:00Z' },
    distribution,
    deps,
  );

  expect(JSON.stringify(toldIn(told, 'Asia/Tokyo').blocks)).toContain('18 November 2026 at 01:02, Tokyo time, was withdrawn');
});
