import * as z from 'zod';
import { daysBetween, daysLate, printMonth, printPlainDate } from '../calendar/print.ts';
import { PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { dotted, Line } from './card-content.ts';
import { capitalised, counted, inWords } from './counting.ts';
import { printed, shortened } from './printed.ts';

/** An action item that nobody has finished or declined. */
export interface OpenAction {
  readonly title: string;
  readonly owner?: string | undefined;
  readonly team?: string | undefined;
  readonly due?: PlainDate | undefined;
  readonly promisedAt: Instant;
  readonly postmortem: { readonly id: PostmortemId; readonly title: string };
}

export const PromisedContent = z.strictObject({
  heading: Line,
  intro: Line,
  actions: z.array(z.strictObject({ title: Line, meta: Line, age: Line, late: z.boolean(), postmortem: PostmortemId })),
  more: Line.optional(),
});
export type PromisedContent = z.infer<typeof PromisedContent>;

const shown = 8;

/** Open actions, oldest first; undefined where everything was kept. */
export function promisedContent(open: readonly OpenAction[], now: Date, zone: string): PromisedContent | undefined {
  if (open.length === 0) return undefined;
  const oldest = open.toSorted((a, b) => a.promisedAt.localeCompare(b.promisedAt)).slice(0, shown);
  const rest = open.length - oldest.length;
  const overdue = overdueCount(open, now, zone);
  return PromisedContent.parse({
    heading: 'Still promised',
    intro: `${capitalised(counted(open.length, 'action'))} ${open.length === 1 ? 'is' : 'are'} open${overdue > 0 ? `, ${inWords(overdue)} overdue` : ''}.${open.length > 1 ? ' The oldest:' : ''}`,
    actions: oldest.map((action) => row(action, now, zone)),
    ...(rest > 0 && { more: `and ${rest} more` }),
  });
}

export const overdueCount = (open: readonly OpenAction[], now: Date, zone: string): number =>
  open.filter(({ due }) => due !== undefined && daysLate(due, now, zone) > 0).length;

function row(action: OpenAction, now: Date, zone: string) {
  const late = action.due ? daysLate(action.due, now, zone) : 0;
  return {
    title: shortened(printed(action.title), 160),
    meta: dotted([
      action.owner ?? action.team ?? 'no owner',
      action.due && `due ${printPlainDate(action.due, now, zone)}`,
      `from “${shortened(printed(action.postmortem.title), 70)}”, ${printMonth(action.promisedAt, now, zone)}`,
    ]),
    age: late > 0 ? `${days(late)} late` : age(daysBetween(action.promisedAt, now, zone)),
    late: late > 0,
    postmortem: action.postmortem.id,
  };
}

const days = (n: number) => `${n} day${n === 1 ? '' : 's'}`;
const age = (n: number) => (n < 1 ? 'today' : days(n));
