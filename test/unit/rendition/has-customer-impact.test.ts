import { expect, it } from 'vitest';
import { hasCustomerImpact } from '../../../core/rendition/has-customer-impact.ts';
import { aPostmortem } from '../../support/rendition.ts';

const text = 'Nobody could log in.';
const support = { say: ['It works again.'] };

const felt: [string, Record<string, unknown>][] = [
  ['it was visible', { customerImpact: { externallyVisible: true } }],
  ['it was visible, though it counts nobody', { customerImpact: { externallyVisible: true, customersAffected: 0 } }],
  ['it counts customers', { customerImpact: { customersAffected: 1 } }],
  ['it counts customers, though it was not visible', { customerImpact: { customersAffected: 1, externallyVisible: false } }],
  ['it says what they saw', { customerImpact: { text } }],
  ['it says what to say to them', { support }],
  ['it says how they can help themselves', { support: { workaround: 'Log in again.' } }],
  ['the harm began with none', { customerImpact: { text: 'No customers were affected at first. Later 300 could not log in.' } }],
  ['none could do something', { customerImpact: { text: 'No customers could log in.' } }],
  ...[
    'Most customers did not notice, 200 could not pay.',
    'Customers did not notice. 200 could not pay.',
    'Customers did not notice at first.',
    'Customers did not notice until noon.',
    'Customers were not notified.',
    'Customers did not see their orders.',
    'Customers saw nothing.', // perhaps an empty page
    'Nothing could be bought by customers.',
    'Nobody could log in.',
    'No impact on customers in Europe; those in Asia could not pay.',
    'Paying customers were not affected.',
    'None of the customers could pay.',
    'No known customer impact yet.',
  ].map((said): [string, Record<string, unknown>] => [`it says ${said}`, { customerImpact: { text: said } }]),
];
it.each(felt)('customers felt it, where %s', (_, fields) => {
  expect(hasCustomerImpact(aPostmortem(fields))).toBe(true);
});

const notFelt: [string, Record<string, unknown>][] = [
  ['nothing is said of them', {}],
  ['it names regions alone', { customerImpact: { regions: ['eu'] } }],
  ['it has a version for customers, which is released by itself', { external: { body: 'We were down.' } }],
  ['it was not visible', { customerImpact: { text, externallyVisible: false }, support }],
  ['it counts nobody', { customerImpact: { text, customersAffected: 0 }, support }],
  ...[
    'None',
    'n/a',
    'No customer impact.',
    'No customers were affected.',
    'Internal only',
    'Customers did not notice.',
    'Nothing was seen by customers.',
    'Customers noticed nothing.',
    'None.',
    '**None.**',
    '- None.',
    'No impact on customers.',
    'Our customers didn’t notice anything.',
    'Customers never noticed it.',
    'Customers and users were unaffected.',
    'Customers saw nothing of it.',
    'No customer noticed.',
    'Nobody was affected.',
    'There was no customer-facing impact.',
    'The outage had no visible effect on our customers.',
    'It was not visible to customers.',
    'None. Customers did not notice.',
    'None – internal only.',
  ].map((none): [string, Record<string, unknown>] => [`it says ${none}`, { customerImpact: { text: none } }]),
];
it.each(notFelt)('customers did not feel it, where %s', (_, fields) => {
  expect(hasCustomerImpact(aPostmortem(fields))).toBe(false);
});
