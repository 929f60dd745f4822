import { expect, it } from 'vitest';
import { standingOf, usdOf } from '../../bench/standing.ts';
import { aStage, testDistribution } from '../support/stage-under-test.ts';

it('a stack costs at most nine dollars and a half a month for standing there, with and without a sender for customers', () => {
  const withoutCustomers = testDistribution.replace('with-customers.yaml', 'internal-only.yaml');
  const templates = [aStage('production'), aStage('production', { distribution: withoutCustomers })].map(({ text }) => JSON.parse(text));

  const usd = templates.map((template) => usdOf(standingOf(template)));

  expect(Math.min(...usd)).toBeGreaterThan(5); // so that nobody counts resources by a name that they do not have
  expect(Math.max(...usd)).toBeLessThanOrEqual(9.5);
});
