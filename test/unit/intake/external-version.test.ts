import { describe, expect, it } from 'vitest';
import { checkExternal, externalOutlook } from '../../../core/intake/external-version.ts';
import { concernsCustomers } from '../../../core/intake/take-postmortem.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { refusal } from '../../support/reading.ts';

const products = [{ name: 'Checkout', services: ['checkout'] }];
const approvers = ['ruth@example.com', 'tom@example.com', 'legal@example.com'].map((address) => ({ address }));
const file = aDistribution({
  products,
  senders: { internal: { name: 'A', address: 'a@example.com' }, customers: { name: 'B', address: 'status@notices.example.com' } },
  streams: { 'customer-notices': { approvers } },
});
const external = { title: 'Payments were slow', body: 'Some payments took minutes.', writtenBy: ['ada@example.com'], ready: true };
const withExternal = (change: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
  aPostmortem({ services: ['checkout'], external: { ...external, ...change }, ...more });

describe('an external version that names what the file does not have', () => {
  it('is refused, with the known products', () => {
    const { flaws } = refusal(() => checkExternal(withExternal({ products: ['checkout', 'Billing'] }), file));

    expect(flaws).toEqual([
      {
        field: 'external.products',
        problem: '"Billing" is no product of the distribution file',
        remedy: 'Use one of Checkout, or leave it out.',
      },
    ]);
  });

  it('is refused where a writer is outside the organisation', () => {
    expect(refusal(() => checkExternal(withExternal({ writtenBy: ['ada@elsewhere.example'] }), file)).fields).toEqual([
      'external.writtenBy',
    ]);
  });

  it.each([
    ['there is no file', withExternal({ products: ['Billing'] }), undefined],
    ['it names none', withExternal(), file],
    ['there is no external version', aPostmortem(), file],
  ])('is let through where %s', (_, postmortem, distribution) => {
    expect(() => checkExternal(postmortem, distribution)).not.toThrow();
  });
});

describe('a check of an external version tells', () => {
  it('who would be asked', () => {
    expect(externalOutlook(withExternal(), file)).toEqual([
      'external: ruth@example.com, tom@example.com and legal@example.com would be asked to approve it for customers of Checkout; 2 of them have to.',
    ]);
  });

  it.each([
    ['nobody says who wrote it', withExternal({ writtenBy: undefined }), 'writtenBy does not say'],
    ['it concerns no product', withExternal({}, { services: [] }), 'no product'],
    ['the approvers wrote it', withExternal({ writtenBy: ['ruth@example.com', 'tom@example.com'] }), '2 approvals are needed, and 1'],
    ['the postmortem is a draft', withExternal({}, { status: 'draft' }), 'may not be told'],
  ])('why nobody is asked where %s', (_, postmortem, why) => {
    expect(externalOutlook(postmortem, file).join()).toContain(why);
  });

  it('what must not leave, and what to do', () => {
    const lines = externalOutlook(withExternal({ body: 'From 10.8.14.3 on, as in PAY-1234.' }), file);

    expect(lines[0]).toContain('it has what must not leave');
    expect(lines[1]).toBe(
      'external.body: "10.8.14.3" must not leave (address of a network). Leave addresses of networks out, unless customers need them.',
    );
    expect(lines[2]).toContain('"PAY-1234" is to be looked at (link).');
  });

  it('that the file names no approvers, and nothing of a text that is not ready', () => {
    expect(externalOutlook(withExternal(), aDistribution({ products })).join()).toContain('names no approvers');
    expect(externalOutlook(withExternal({ ready: undefined }), file)).toEqual([]);
  });
});

describe('what customers read is looked at', () => {
  const without = aDistribution({ products });

  it.each([
    [
      'of a postmortem with an external version, whatever the file says',
      withExternal({}, { status: 'retracted' }),
      withExternal(),
      without,
    ],
    ['when its external version is gone', aPostmortem({ status: 'retracted' }), withExternal(), without],
    ['where there is no file', withExternal({}, { status: 'retracted' }), withExternal(), undefined],
    ['of another that is taken back', aPostmortem({ status: 'retracted' }), aPostmortem(), file],
  ])('%s', (_, postmortem, before, distribution) => {
    expect(concernsCustomers(postmortem, { postmortem: before }, distribution)).toBe(true);
  });

  it('not of one that never had an external version, without a stream for customers', () => {
    expect(concernsCustomers(aPostmortem({ status: 'retracted' }), { postmortem: aPostmortem() }, without)).toBe(false);
  });
});
