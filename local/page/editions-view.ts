import { html, raw } from 'hono/html';
import { outcomeWords } from '../../core/operator/outcome-words.ts';
import type { LocalStackHandle } from '../control/local-stack-handle.ts';
import { type ListedEdition, readEditions } from './read-editions.ts';
import { type Markup, when } from './shell.ts';

/** Every edition with its outcomes as a bar. */
export async function editionsView({ table, clock }: LocalStackHandle): Promise<Markup> {
  const editions = table === undefined ? [] : await readEditions(table, clock.now());
  return html`<h1>Editions</h1><p class="m">One occurrence of a stream each, with what became of every delivery.</p>
<div id="editions" data-live>${editions.length === 0 ? html`<div class="panel empty m">No edition yet.</div>` : editions.map(card)}</div>`;
}

const card = ({ edition, subject, stream, scheduledFor, state, counts, postmortems, ahead, supersededBy }: ListedEdition) => {
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const outcomes = Object.entries(counts).toSorted(([a], [b]) => order(a) - order(b));
  return html`<section class="panel edition">
<div class="row"><span class="s m">${stream} · ${scheduledFor === '' ? '' : when(scheduledFor)} · ${postmortems} ${postmortems === 1 ? 'postmortem' : 'postmortems'}</span><span><span class="pill ${state === 'complete' || state === 'superseded' ? '' : 'busy'}">${state === 'superseded' ? `superseded by ${supersededBy}` : state}</span></span></div>
<h1>${subject || edition}</h1>
<div class="bar" aria-hidden="true">${outcomes.map(([outcome, n]) => raw(`<i class="${colour(outcome)}" style="width:${((n / Math.max(1, total)) * 100).toFixed(2)}%"></i>`))}</div>
<div class="key s">${outcomes.map(([outcome, n]) => html`<span><i class="${colour(outcome)}"></i>${n} ${outcomeWords(outcome, edition)}</span>`)} <a href="/_local?${new URLSearchParams({ q: edition })}">its mails</a></div>
<div class="s m">${edition}${ahead ? ` · ${ahead.waves} ${ahead.waves === 1 ? 'wave' : 'waves'} to come, the next ${when(ahead.next)}` : ''}</div>
</section>`;
};

const kinds = ['accepted', 'unconfirmed', 'in doubt', 'refused', 'skipped'];
const order = (outcome: string) => kinds.findIndex((kind) => outcome.startsWith(kind));
const colour = (outcome: string) => {
  if (outcome === 'accepted') return 'accepted';
  if (outcome.startsWith('refused')) return 'refused';
  return outcome.startsWith('skipped') ? 'skipped' : 'doubt';
};
