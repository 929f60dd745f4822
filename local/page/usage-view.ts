import { html } from 'hono/html';
import type { LocalStackHandle } from '../control/local-stack-handle.ts';
import type { MetricLine } from '../logs/metric-ledger.ts';
import type { UsageLine } from '../usage/ledger.ts';
import { type Markup, number } from './shell.ts';

/** What the functions would have used of AWS. */
export const usageView = ({ usage, journal }: LocalStackHandle): Markup => {
  const lines = usage.lines();
  return html`<h1>Usage</h1><p class="m">Calls of AWS by service, operation and function; units include index writes and failed conditions.</p>
<div class="panel" id="usage" data-live><table>
<tr><th>Service</th><th>Operation</th><th>Function</th><th class="n">Calls</th><th class="n">Read units</th><th class="n">Write units</th></tr>
${lines.map((line) => html`<tr><td>${line.service}</td><td>${line.operation}</td><td>${line.function}</td>${figures(line)}</tr>`)}
<tr><td><b>Together</b></td><td></td><td></td>${figures(together(lines))}</tr>
</table></div>
<h2>Counted</h2><p class="m">What the functions write for CloudWatch's alarms and dashboard, since the start.</p>
<div class="panel" id="metrics" data-live><table>
<tr><th>Metric</th><th>Told by</th><th class="n">Written</th><th class="n">Sum</th><th class="n">Highest</th><th class="n">Latest</th></tr>
${journal.metrics().map(metric)}
</table></div>`;
};

const metric = ({ name, dimensions, unit, samples, sum, maximum, latest }: MetricLine) => {
  const toldBy = Object.entries(dimensions).flatMap(([dimension, value]) => (dimension === 'service' ? [] : [value]));
  return html`<tr><td>${name}</td><td>${toldBy.join(', ')}</td>${number(samples)}${unit === 'Count' ? number(sum) : html`<td></td>`}${number(maximum)}${number(latest)}</tr>`;
};

type Figures = Pick<UsageLine, 'calls' | 'readUnits' | 'writeUnits'>;
const figures = ({ calls, readUnits, writeUnits }: Figures) => html`${number(calls)}${number(readUnits)}${number(writeUnits)}`;
const together = (lines: readonly UsageLine[]): Figures =>
  lines.reduce(
    (sum, { calls, readUnits, writeUnits }) => ({
      calls: sum.calls + calls,
      readUnits: sum.readUnits + readUnits,
      writeUnits: sum.writeUnits + writeUnits,
    }),
    { calls: 0, readUnits: 0, writeUnits: 0 },
  );
