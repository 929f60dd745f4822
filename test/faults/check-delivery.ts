/**
 * Sends under faults on the local stack and compares the ledger with what the mail server accepted.
 * The exit code is 1 if they differ.
 * Usage: npm run check:delivery -- --deliveries 500 --seed 1 [--rate 1000]
 * [--faults all|none|throttle,kills,…] [--without pacer]
 */
import { parseArgs } from 'node:util';
import { printed } from './check/print.ts';
import { faults, type Mix, mixOf } from './mixes.ts';
import { checkDelivery } from './run-check.ts';
import { type Safeguard, safeguards } from './safeguards.ts';

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    rate: { type: 'string', default: '1000' },
    faults: { type: 'string', default: 'all' },
    without: { type: 'string' },
  },
});

function mixNamed(names: string): Mix {
  if (names === 'none') return {};
  if (names === 'all') return mixOf(Object.values(faults));
  return mixOf(names.split(',').map((name) => chosen(faults, name, 'fault')));
}
function chosen<T extends object, K extends keyof T & string>(from: T, name: string, what: string): T[K] {
  if (Object.hasOwn(from, name)) return from[name as K];
  throw new Error(`no ${what} ${name}; there are: ${Object.keys(from).join(', ')}`);
}

/** Deliveries a second: the slowest rate at which events are handled once sending has ended. */
const slowestEvents = 40;
const told = (line: string) => process.stdout.write(`${line}\n`);
const without = values.without;
if (without !== undefined) chosen(safeguards, without, 'safeguard');
const { violations, history, figures } = await checkDelivery({
  deliveries: Number(values.deliveries),
  seed: Number(values.seed),
  maxSendRate: Number(values.rate),
  mix: mixNamed(values.faults),
  settleSeconds: Math.max(240, Number(values.deliveries) / slowestEvents),
  ...(without !== undefined && { without: without as Safeguard }),
  told,
});
console.table(figures);
if (violations.length > 0) told(printed(violations, history));
told(violations.length === 0 ? 'I1 to I6, U1, U2, U6 and R1 hold' : `${violations.length} violations`);
process.exit(violations.length === 0 ? 0 : 1);
