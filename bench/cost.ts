/**
 * What a month costs in USD for so many people: measured on the local stack for a small and a
 * larger number, computed from the units of a reader for the largest. npm run bench:cost --
 * [small=100] [larger=1000] [largest=10000]
 */
import * as z from 'zod';
import { synthesise } from '../lib/synthesise.ts';
import { measureMonth } from './a-month.ts';
import { type Bill, type Priced, prices } from './prices.ts';
import { standingOf, usdOf } from './standing.ts';

const [small = 100, larger = 1000, largest = 10_000] = process.argv.slice(2).map(Number);

const names = z.array(z.custom<Priced>()).parse(Object.keys(prices));
const of = (bill: Bill, name: Priced) => bill[name] ?? 0;
const mapped = (value: (name: Priced) => number): Bill => Object.fromEntries(names.map((name) => [name, value(name)]));

const { template } = await synthesise('production', { distribution: 'samples/distribution.yaml' });
const fixed = standingOf(template);
const slack = { token: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:afterword-slack-AbCdEf' };
const withSlack = await synthesise('production', { distribution: 'samples/distribution.yaml', slack });
const [first, second] = [await measureMonth(small), await measureMonth(larger)];
// What does not grow with readers differs between two runs by chance, and does not shrink for the
// largest.
const slope = (name: Priced) => Math.max(0, of(second, name) - of(first, name)) / (larger - small);
const third = mapped((name) => of(second, name) + slope(name) * (largest - larger));
const bills = [first, second, third].map((bill) => mapped((name) => of(bill, name) + of(fixed, name)));

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
console.log(`\nOf that, standing there: $${usd(usdOf(fixed))}.`);
const more = usdOf(standingOf(withSlack.template)) - usdOf(fixed);
console.log(`With Slack $${usd(more)} more, and $${usd(prices['Secrets Manager secret'].usd)} for the secret with its token.`);
process.exit(0);
