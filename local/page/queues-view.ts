import { html } from 'hono/html';
import type { LocalStackHandle } from '../control/local-stack-handle.ts';
import type { QueueDepth } from '../queues/depths.ts';
import type { ListedSchedule } from '../scheduler/scheduler.ts';
import { type Markup, number, when } from './shell.ts';

/** What waits, and what is going to happen when. */
export async function queuesView({ queues, scheduler, clock }: LocalStackHandle): Promise<Markup> {
  const depths = await queues();
  const own = depths.filter(({ name }) => !isDeadLetters(name) || !depths.some((other) => `${other.name}-dead-letters` === name));
  return html`<h1>Queues</h1>
<div class="panel" id="queues" data-live><table>
<tr><th>Queue</th><th class="n">Waiting</th><th class="n">In flight</th><th class="n">Delayed</th><th class="n">Dead letters</th></tr>
${own.map(queueRow)}
</table></div>
<h2>Schedules</h2>
<div class="panel" id="schedules" data-live><table>
<tr><th>Schedule</th><th>Next run</th><th class="wide">Last run</th><th></th></tr>
${scheduler.list().map(scheduleRow)}
</table></div>
<p class="s m" id="clock" data-live>The clock of functions and schedules shows ${when(clock.now().toISOString())}${ahead(clock.offsetMs())}.</p>`;
}

const isDeadLetters = (name: string) => name.endsWith('-dead-letters');

const queueRow = (depth: QueueDepth) => {
  const dead = isDeadLetters(depth.name) ? depth.visible : depth.deadLetters;
  return html`<tr><td>${depth.name}</td>${number(isDeadLetters(depth.name) ? 0 : depth.visible)}${number(depth.inFlight)}${number(depth.delayed)}<td class="n ${dead > 0 ? 'alarm' : 'zero'}">${dead}</td></tr>`;
};

const scheduleRow = ({ name, expression, zone, nextRun, lastRun }: ListedSchedule) => html`<tr>
<td>${name}<br><span class="s m">${expression} ${zone}</span></td>
<td>${nextRun === null ? 'never' : when(nextRun, zone)}</td><td class="wide">${lastRun === null ? 'not yet' : when(lastRun, zone)}</td>
<td class="n"><button data-post="/_local/schedules/${encodeURIComponent(name)}/run">Run now</button></td>
</tr>`;

const ahead = (ms: number) => (ms < 60_000 ? '' : `, ${(ms / 86_400_000).toFixed(1)} days ahead`);
