import { expect, it } from 'vitest';
import { byAddress, matching, type PeopleFilter } from '../../../core/people/people-filter.ts';
import type { ListedPerson } from '../../../core/subscriber/ports.ts';

const aPerson = (change: Partial<ListedPerson>): ListedPerson => ({
  ...{ sid: 'a'.repeat(32), address: 'ada@example.com', streams: [], realm: 'staff', isSuspended: false, revision: 1 },
  ...change,
});
const ada = aPerson({ name: 'Ada Löwenstein', team: 'Payments', role: 'engineer', streams: ['engineering-digest'] });
const bob = aPerson({ address: 'Bob@example.com', team: 'Search', role: 'cto', streams: ['sev1-alerts'], isSuspended: true });
const suppressed = { reason: 'complaint', at: '2026-11-18T08:00:00Z' };
const cleo = aPerson({ address: 'cleo@example.com', realm: 'customers', suppressed });

it.each<[PeopleFilter, string[]]>([
  [{}, ['ada', 'Bob', 'cleo']],
  [{ team: ' payments' }, ['ada']],
  [{ role: 'CTO' }, ['Bob']],
  [{ stream: 'engineering-digest' }, ['ada']],
  [{ suspended: true }, ['Bob']],
  [{ suspended: false }, ['ada', 'cleo']],
  [{ suppressed: true }, ['cleo']],
  [{ text: 'lowenstein ADA' }, ['ada']],
  [{ text: 'ada bob' }, []],
  [{ text: ' ' }, ['ada', 'Bob', 'cleo']],
  [{ team: 'Search', role: 'engineer' }, []],
])('%o finds %o', (filter, names) => {
  expect([ada, bob, cleo].filter(matching(filter)).map(({ address }) => address.split('@')[0])).toEqual(names);
});

it('sorts by address whatever its case, staff and customers of one address in one order', () => {
  const both = aPerson({ realm: 'customers' });
  expect([cleo, ada, bob, both].toSorted(byAddress)).toEqual([both, ada, bob, cleo]);
});
