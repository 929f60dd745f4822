import { expect, it } from 'vitest';
import { faults, mixOf } from './mixes.ts';
import { checkDelivery } from './run-check.ts';

it('I1 to I6 hold for 5,000 deliveries with every fault on', async () => {
  const { violations, figures } = await checkDelivery({
    // Half of these are mails about incidents, and revisions that come while one waits are told
    // together: on a busy machine little more than the first of five is left.
    deliveries: 8300,
    seed: 20261124,
    maxSendRate: 1000,
    mix: mixOf(Object.values(faults)),
    settleSeconds: 600,
  });
  expect(violations).toEqual([]);
  expect(figures.deliveries).toBeGreaterThanOrEqual(5000);
  expect(figures['bytes compared']).toBeGreaterThan(3000);
  expect(figures['mails with cards for a team']).toBeGreaterThan(300);
});
