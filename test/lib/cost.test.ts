import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Bill, type Priced, prices } from '../../bench/prices.ts';
import { standingOf, usdOf } from '../../bench/standing.ts';
import { aStage, testDistribution } from '../support/stage-under-test.ts';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const templateOf = (distribution: string) => JSON.parse(aStage('production', { distribution }).text);
const standing = (distribution: string): Bill => standingOf(templateOf(distribution));
const quiet = standing(testDistribution);

/** Names of what stands there for notices alone begin so. */
const isOfNotices = ({ AlarmName = '' }: { readonly AlarmName?: string } = {}) => /\bnotice-/.test(AlarmName);
const sample = templateOf(root('samples/distribution.yaml'));
const resources: [string, { Properties?: { AlarmName?: string } }][] = Object.entries(sample.Resources);
const withoutNotices = { ...sample, Resources: Object.fromEntries(resources.filter(([, { Properties }]) => !isOfNotices(Properties))) };
const withReminders = standingOf(withoutNotices);

it('a stack costs at most ten and a half dollars a month for standing there, with and without a sender for customers', () => {
  const usd = [quiet, standing(testDistribution.replace('with-customers.yaml', 'internal-only.yaml'))].map(usdOf);

  expect(Math.min(...usd)).toBeGreaterThan(5); // so that nobody counts resources by a name that they do not have
  expect(Math.max(...usd)).toBeLessThanOrEqual(10.5);
});

it('README says what it costs, part by part, and what it is with reminders and with notices to customers', () => {
  const readme = readFileSync(root('README.md'), 'utf8');
  const part = (name: Priced) => ((quiet[name] ?? 0) * prices[name].usd).toFixed(2);
  const all = usdOf(quiet).toFixed(2);

  expect(readme).toContain(
    `| standing there: dashboard ${part('CloudWatch dashboard')}, alarms ${part('CloudWatch metric of an alarm')}, secrets ${part('Secrets Manager secret')}, idle queues ${part('SQS request')} | ${all} | ${all} | ${all} |`,
  );
  const more = (usdOf(withReminders) - usdOf(quiet)).toFixed(2);
  expect(readme).toContain(`\`reminders:\` adds two alarms, ${more} (${usdOf(withReminders).toFixed(2)} with them)`);
  const alarms = resources.filter(([, { Properties }]) => isOfNotices(Properties)).length;
  const words = ['no alarm', 'one alarm', 'two alarms'][alarms];
  expect(readme).toContain(`\`approvers:\` adds ${words}, ${(usdOf(standingOf(sample)) - usdOf(withReminders)).toFixed(2)}`);
});
