import type { PromisedAction } from '../action/action.ts';
import { daysLate, printDayOf, printLength } from '../calendar/print.ts';
import type { LeadershipRendition } from '../rendition/leadership-rendition.ts';
import { firstSentence } from '../shared/text.ts';
import { CardContent, dotted, labelled, type Telling, topicsOf } from './card-content.ts';
import { printWhen, timeToMitigate, timeToResolve, whoIsAffected } from './incident-time.ts';
import { capitalised, inWords, listed, named, printNumber } from './prose.ts';

/**
 * One serious incident for leaders: its state, who was affected, which actions are open. `promises`
 * are actions as they stand, of any postmortems. Where none is of this one, what its document says
 * counts. `readBy`: see readByWords.
 */
export function briefCard(
  pm: LeadershipRendition,
  telling: Telling,
  promises: readonly PromisedAction[] = [],
  readBy?: string,
): CardContent {
  const { week, now, zone, labels } = telling;
  const own = promises.filter(({ postmortem, withdrawn }) => postmortem === pm.id && !withdrawn);
  const promised = toldPromises(own.length > 0 ? own : pm.actionItems, telling);
  const state = stateOf(pm, telling);
  return CardContent.parse({
    postmortem: pm.id,
    severity: pm.severity,
    severityLabel: labels[pm.severity],
    preliminary: pm.status === 'preliminary',
    title: pm.title,
    meta: dotted([listed(pm.services, 3), pm.owningTeam, printWhen(pm, week, now, zone), reach(pm)]),
    parts: labelled([
      [
        'Where it stands',
        [state, promised, pm.status === 'preliminary' && 'This account is preliminary.', readBy].filter(Boolean).join(' '),
      ],
      ...said(pm),
    ]),
    line: { text: `${state} ${promised}`, meta: dotted([pm.services[0] ?? pm.owningTeam]) },
    topics: topicsOf(pm),
  });
}

/** Who was affected. If the document does not say, what happened. */
const said = ({ impact, whatHappened, ...times }: LeadershipRendition): (readonly [string, string | undefined])[] => [
  impact ? [whoIsAffected(times), firstSentence(impact)] : ['What happened', whatHappened && firstSentence(whatHappened)],
];

/**
 * `Mitigated after 41 minutes, resolved after 58 minutes.` If the end is known but not the start,
 * gives its day instead.
 */
export function stateOf(pm: LeadershipRendition, { now, zone }: Pick<Telling, 'now' | 'zone'>): string {
  const ends = [
    ['mitigated', pm.mitigatedAt, timeToMitigate(pm)],
    ['resolved', pm.resolvedAt, timeToResolve(pm)],
  ] as const;
  const told = ends.flatMap(([word, at, after]) => {
    if (!at) return [];
    return `${word} ${after === undefined ? `on ${printDayOf(at, now, zone)}` : `after ${printLength(after)}`}`;
  });
  if (told.length > 0) return `${capitalised(told.join(', '))}.`;
  return pm.startedAt ? `It began on ${printDayOf(pm.startedAt, now, zone)}. No end is given yet.` : 'No start and no end are given.';
}

/** `Two of four actions are open, one overdue.` Declined actions do not count as promises. */
function toldPromises(actions: readonly Pick<PromisedAction, 'status' | 'due'>[], { now, zone }: Telling): string {
  const promised = actions.filter(({ status }) => status !== 'declined');
  const open = promised.filter(({ status }) => status !== 'done');
  const overdue = open.filter(({ due }) => due !== undefined && daysLate(due, now, zone) > 0).length;
  if (promised.length === 0) return 'No actions are promised.';
  if (open.length === 0) return promised.length === 1 ? 'Its one action is done.' : `All ${inWords(promised.length)} actions are done.`;
  const late = overdue > 0 ? `, ${inWords(overdue)} overdue` : '';
  if (promised.length === 1) return `Its one action is ${overdue > 0 ? 'overdue' : 'open'}.`;
  return `${capitalised(inWords(open.length))} of ${inWords(promised.length)} actions ${open.length === 1 ? 'is' : 'are'} open${late}.`;
}

function reach({ customersAffected, regions }: LeadershipRendition): string | undefined {
  if (!customersAffected) return undefined;
  const where = regions.length > 0 ? ` in ${named(regions, 3)}` : '';
  return `${printNumber(customersAffected)} ${customersAffected === 1 ? 'customer' : 'customers'} affected${where}`;
}
