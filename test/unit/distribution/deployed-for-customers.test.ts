import { expect, it } from 'vitest';
import { asDeployedForCustomers } from '../../../core/distribution/deployed-parts.ts';
import { openStreams } from '../../../core/distribution/stream-rules.ts';
import { aDistribution } from '../../support/distribution.ts';

const internal = { name: 'Afterword', address: 'afterword@example.com' };
const customers = { name: 'Example status', address: 'status@notices.example.com' };
const schedule = { every: 'week', on: 'monday', at: '09:00' };
const streams = { 'engineering-digest': { schedule, signUp: 'organisation' }, 'customer-notices': { signUp: 'open', tracking: 'opens' } };
const open = aDistribution({ senders: { internal, customers }, streams });

it('offers customers their stream where its sender is deployed', () => {
  expect(asDeployedForCustomers(open, customers.address)).toEqual(open);
  expect(openStreams(asDeployedForCustomers(open, customers.address), 'customers')).toEqual(['customer-notices']);
});

it.each(['', 'status@other.example.com'])(
  'offers nothing and promises no mail where the stack was made with %j, and staff all the same',
  (deployed) => {
    const told = asDeployedForCustomers(open, deployed);
    expect(openStreams(told, 'customers')).toEqual([]);
    expect(told.senders).toEqual({ internal });
    expect(told.streams['customer-notices']).toEqual({ signUp: 'none', tracking: 'opens' });
    expect(openStreams(told, 'staff')).toEqual(['engineering-digest']);
  },
);
