/**
 * What a month costs in USD for so many people: measured on the local stack for a small and a
 * larger number, computed from the units of a reader for the largest; and for a company that reminds
 * people, with and without Slack. npm run bench:cost -- [small=100] [larger=1000] [largest=10000]
 * [company=500]
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import * as z from 'zod';
import { synthesise } from '../lib/synthesise.ts';
import { measureMonth, month } from './a-month.ts';
import { type Bill, type Priced, prices } from './prices.ts';
import { standingOf, usdOf } from './standing.ts';

const [small = 100, larger = 1000, largest = 10_000, company = 500] = process.argv.slice(2).map(Number);

const names = z.array(z.custom<Priced>()).parse(Object.keys(prices));
const of = (bill: Bill, name: Priced) => bill[name] ?? 0;
const mapped = (value: (name: Priced) => number): Bill => Object.fromEntries(names.map((name) => [name, value(name)]));
const added = (...some: readonly Bill[]): Bill => mapped((name) => some.reduce((sum, bill) => sum + of(bill, name), 0));

/** Two incidents a month, one with an update and one that is withdrawn. */
const noticesAMonth = 4;
const sample = 'samples/distribution.yaml';
const slack = { token: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:afterword-slack-AbCdEf' };
const connectors = { secret: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:afterword-connectors-AbCdEf' };
const standing = async (distribution: string, settings = {}) =>
  standingOf((await synthesise('production', { distribution, ...settings })).template);
const folder = await mkdtemp(join(tmpdir(), 'afterword-cost-'));
/** What stands there of the sample without these parts. */
async function standingWithout(parts: readonly (readonly string[])[], settings = {}): Promise<Bill> {
  const document = parseDocument(await readFile(sample, 'utf8'));
  for (const part of parts) document.deleteIn(part);
  const path = join(folder, 'distribution.yaml');
  await writeFile(path, document.toString());
  return standing(path, settings);
}
const ofNotices = ['streams', 'customer-notices', 'approvers'];
const fixed = await standingWithout([['reminders'], ofNotices]);
const fixedWithReminders = await standingWithout([ofNotices]);
const fixedWithSlack = await standingWithout([ofNotices], { slack });
const fixedWithConnectors = await standingWithout([ofNotices], { connectors });
const fixedWithNotices = await standing(sample);
await rm(folder, { recursive: true });

const [first, second] = [(await measureMonth(small)).mails, (await measureMonth(larger)).mails];
// What does not grow with readers differs between two runs by chance, and does not shrink for the
// largest.
const slope = (name: Priced) => Math.max(0, of(second, name) - of(first, name)) / (larger - small);
const third = mapped((name) => of(second, name) + slope(name) * (largest - larger));
const bills = [first, second, third].map((bill) => added(bill, fixed));

const usd = (amount: number) => (amount < 0.005 && amount > 0 ? '< 0.01' : amount.toFixed(2));
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const amount = (n: number) => (n < 10 ? n.toFixed(2) : Math.round(n).toLocaleString('en-US'));
console.log(row(['', ...[small, larger, largest].map((n) => `${n.toLocaleString('en-US')} people`), 'price']));
console.log(row(['---', '---:', '---:', '---:', '---']));
for (const name of names) {
  const cells = bills.map((bill) => `${amount(of(bill, name))} = $${usd(of(bill, name) * prices[name].usd)}`);
  console.log(row([name, ...cells, `$${prices[name].usd.toPrecision(3)}, ${prices[name].page}`]));
}
const sums = bills.map((bill) => names.reduce((sum, name) => sum + of(bill, name) * prices[name].usd, 0));
console.log(row(['**a month**', ...sums.map((sum) => `**$${usd(sum)}**`), '']));
const difference = (more: Bill, less: Bill) => usdOf(more) - usdOf(less);
console.log(`\nOf that, standing there: $${usd(usdOf(fixed))}.`);
console.log(`With reminders $${usd(difference(fixedWithReminders, fixed))} more.`);
console.log(`With notices to customers $${usd(difference(fixedWithNotices, fixedWithReminders))} more.`);
// Each is composed, stored, sent and recorded as a digest is, which costs what a reader more costs.
const perMail = usdOf(mapped(slope)) / (month.digests + month.leaders * month.alerts);
for (const customers of [1000, 10_000, 100_000])
  console.log(
    `${customers.toLocaleString('en-US')} customers with ${noticesAMonth} mails a month: $${usd(customers * noticesAMonth * perMail)} more.`,
  );
const token = prices['Secrets Manager secret'].usd;
console.log(`With Slack $${usd(difference(fixedWithSlack, fixedWithReminders))} more, and $${usd(token)} for the secret with its token.`);
console.log(
  `With incident tools $${usd(difference(fixedWithConnectors, fixedWithReminders))} more, and $${usd(token)} for the secret with their keys. What their events cost says bench:hooks.`,
);

const quiet = await measureMonth(company);
const posting = await measureMonth(company, { posts: true });
const parts: readonly (readonly [string, number])[] = [
  ['standing there', usdOf(fixed)],
  ['mails, publications, a check for drift each week', usdOf(quiet.mails)],
  ['what stands there for reminders', difference(fixedWithReminders, fixed)],
  [
    `${Math.round(of(quiet.reminders, 'SES mail')).toLocaleString('en-US')} mails of reminders`,
    of(quiet.reminders, 'SES mail') * prices['SES mail'].usd,
  ],
  ['what making them takes', usdOf({ ...quiet.reminders, 'SES mail': 0 })],
  ['what stands there for Slack, with its secret', difference(fixedWithSlack, fixedWithReminders) + token],
  ['what posting takes', Math.max(0, difference(posting.mails, quiet.mails))],
];
console.log(`\n${row([`${company.toLocaleString('en-US')} people`, 'USD a month'])}\n${row(['---', '---:'])}`);
for (const [name, cost] of parts) console.log(row([name, usd(cost)]));
console.log(row(['**together**', `**${usd(parts.reduce((sum, [, cost]) => sum + cost, 0))}**`]));
process.exit(0);
