import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Bill, type Priced, prices } from '../../bench/prices.ts';
import { standingOf, usdOf } from '../../bench/standing.ts';
import { aStage, testDistribution } from '../support/stage-under-test.ts';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const standing = (distribution: string): Bill => standingOf(JSON.parse(aStage('production', { distribution }).text));
const quiet = standing(testDistribution);
const withReminders = standing(root('samples/distribution.yaml'));

it('a stack costs at most ten dollars a month for standing there, with and without a sender for customers', () => {
  const usd = [quiet, standing(testDistribution.replace('with-customers.yaml', 'internal-only.yaml'))].map(usdOf);

  expect(Math.min(...usd)).toBeGreaterThan(5); // so that nobody counts resources by a name that they do not have
  expect(Math.max(...usd)).toBeLessThanOrEqual(10);
});

it('README says what it costs, part by part, and what it is with reminders', () => {
  const readme = readFileSync(root('README.md'), 'utf8');
  const part = (name: Priced) => ((quiet[name] ?? 0) * prices[name].usd).toFixed(2);
  const all = usdOf(quiet).toFixed(2);

  expect(readme).toContain(
    `| standing there: dashboard ${part('CloudWatch dashboard')}, alarms ${part('CloudWatch metric of an alarm')}, secrets ${part('Secrets Manager secret')}, idle queues ${part('SQS request')} | ${all} | ${all} | ${all} |`,
  );
  const more = (usdOf(withReminders) - usdOf(quiet)).toFixed(2);
  expect(readme).toContain(`\`reminders:\` adds two alarms, ${more} (${usdOf(withReminders).toFixed(2)} with them)`);
});
