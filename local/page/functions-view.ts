import { html, raw } from 'hono/html';
import type { LocalStackHandle } from '../control/local-stack-handle.ts';
import type { ListedFunction } from '../lambda/functions.ts';
import type { LogLine } from '../logs/log-capture.ts';
import { readable } from './readable-line.ts';
import type { Markup } from './shell.ts';

/** Each function with its newest lines. */
export const functionsView = ({ functions, journal }: LocalStackHandle, query: URLSearchParams): Markup => {
  const open = query.get('function');
  return html`<h1>Functions</h1><p class="m">The deployed bundles, each instance a process of its own.</p>
<div class="panel" id="functions" data-live>${functions.list().map((fn) => section(fn, journal.linesOf(fn.name), fn.name === open))}</div>`;
};

const section = ({ name, instances, running, timeoutSeconds }: ListedFunction, lines: readonly LogLine[], isOpen: boolean) => html`
<details id="fn-${name}" ${isOpen ? raw('open') : ''}><summary><b>${name}</b> <span class="s m">${state(instances, running)} · timeout ${timeoutSeconds} s · ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}</span></summary>
${
  lines.length === 0
    ? html`<p class="s m">It wrote nothing yet.</p>`
    : html`<pre>${lines
        .toReversed()
        .slice(0, 100)
        .map(({ at, text }) => `${at.slice(11, 19)}  ${readable(text)}\n`)}</pre>`
}
<p><button data-post="/_local/functions/${name}/kill">Kill its instances</button></p>
</details>`;

const state = (instances: number, running: number) => {
  if (instances === 0) return 'not started';
  return `${instances} ${instances === 1 ? 'instance' : 'instances'}, ${running === 0 ? 'idle' : `${running} at work`}`;
};
