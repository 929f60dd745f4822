import { describe, expect, it } from 'vitest';
import { contentHash, NoticeContent, noticeContentOf } from '../../../core/notice/notice-content.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const products = [
  { name: 'Search', services: ['search-api'] },
  { name: 'Checkout', services: ['checkout', 'payments'] },
];
const external = { title: 'Payments were slow', body: 'Some payments took minutes.', ready: true };
const publicId = 'bcdfghjkmn';
const contentOf = (change: Record<string, unknown> = {}, file = { products }) =>
  noticeContentOf({ postmortem: aPostmortem({ services: ['checkout'], external, ...change }) }, publicId, file);

describe('what customers would read of a postmortem', () => {
  it('is its external version, and times and products beside it', () => {
    const times = { startedAt: '2026-11-17T12:05:00Z', resolvedAt: '2026-11-17' };
    const change = 'It was not twelve minutes but forty.';

    const content = contentOf({ ...times, external: { ...external, change, writtenBy: ['ada@example.com'] } });

    expect(content).toEqual({
      publicId,
      title: external.title,
      body: external.body,
      change,
      products: ['Checkout'],
      ...times,
      state: 'final',
    });
  });

  it.each([
    ['nobody says that it is ready', { external: { ...external, ready: undefined } }],
    ['it is said not to be ready', { external: { ...external, ready: false } }],
    ['it has no title of its own', { external: { ...external, title: undefined } }],
    ['it is too long to be approved', { external: { ...external, body: 'x'.repeat(20_001) } }],
    ['there is none', { external: undefined }],
    ['the postmortem is restricted', { restricted: true }],
    ['the postmortem is a draft', { status: 'draft' }],
    ['the postmortem was taken back', { status: 'retracted' }],
    ['another postmortem tells of the incident', { mergedInto: 'another' }],
  ])('is nothing where %s', (_, change) => {
    expect(contentOf(change)).toBeUndefined();
  });

  it.each([
    [
      'are those that it names, in the spelling of the file',
      { external: { ...external, products: ['SEARCH', 'checkout'] } },
      ['Checkout', 'Search'],
    ],
    ['are those of its services where it names none', { services: ['search-api', 'payments', 'cart'] }, ['Checkout', 'Search']],
    ['are none where the file does not know what it names', { external: { ...external, products: ['Billing'] } }, []],
  ])('products %s', (_, change, expected) => {
    expect(contentOf(change)?.products).toEqual(expected);
    expect(contentOf(change, { products: products.toReversed() })?.products).toEqual(expected);
  });

  it('says that an account is preliminary', () => {
    expect(contentOf({ status: 'preliminary' })?.state).toBe('preliminary');
  });
});

describe('the hash of what customers would read', () => {
  const hashOf = (change: Record<string, unknown> = {}) => contentHash(NoticeContent.parse(contentOf(change)));

  it('stays for good', () => {
    expect(hashOf()).toBe('b078c9c46c3fae6518fc4ec4995284b3c1228b7c076d6b9881a09e4259bfb062');
  });

  it('is that of what was stored and read again, whatever a later release adds', () => {
    const stored = { ...JSON.parse(JSON.stringify(contentOf())), later: true };

    expect(contentHash(NoticeContent.parse(stored))).toBe(hashOf());
  });

  it.each([
    { external: { ...external, title: 'Payments were slow.' } },
    { external: { ...external, body: `${external.body}\n\nAll is well.` } },
    { external: { ...external, change: 'A word.' } },
    { services: ['search-api'] },
    { startedAt: '2026-11-17' },
    { resolvedAt: '2026-11-17' },
    { status: 'preliminary' },
  ])('changes with each of its parts: %j', (change) => {
    expect(hashOf({ ...change })).not.toBe(hashOf());
  });

  it('stays where the postmortem changes and this does not', () => {
    expect(hashOf({ summary: 'Another.', severity: 'sev1', external: { ...external, writtenBy: ['ada@example.com'] } })).toBe(hashOf());
  });

  it('is another for another postmortem of the same text', () => {
    const content = NoticeContent.parse(contentOf());

    expect(contentHash({ ...content, publicId: 'nmkjhgfdcb' })).not.toBe(contentHash(content));
  });
});
