import * as z from 'zod';
import { isKept, type PromisedAction } from '../action/action.ts';
import { isWithin, type Period } from '../calendar/period.ts';
import { daysBetween, daysLate, printMonth, printPlainDate } from '../calendar/print.ts';
import type { PeriodKind } from '../calendar/recurring.ts';
import { PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { dotted, Line } from './card-content.ts';
import { capitalised, counted, inWords, printed, shortened } from './prose.ts';

/** An action item as mails show it. */
export interface ToldAction {
  readonly title: string;
  readonly owner?: string | undefined;
  readonly team?: string | undefined;
  readonly due?: PlainDate | undefined;
  readonly promisedAt: Instant;
  readonly postmortem: { readonly id: PostmortemId; readonly title: string };
}
/** An action that is neither finished nor declined. */
export type OpenAction = ToldAction;

export const toldAction = ({ postmortem, postmortemTitle, ...action }: PromisedAction): ToldAction => ({
  ...action,
  postmortem: { id: postmortem, title: postmortemTitle },
});

/** The promises kept in a period and made before it. */
export const keptWithin = (period: Period, closed: readonly PromisedAction[]): PromisedAction[] =>
  closed.filter(
    (action) =>
      isKept(action) &&
      action.closedAt !== undefined &&
      isWithin(period, action.closedAt) &&
      Date.parse(action.promisedAt) < Date.parse(period.start),
  );

const Kept = z.strictObject({
  intro: Line,
  actions: z.array(z.strictObject({ title: Line, meta: Line, postmortem: PostmortemId })),
  more: Line.optional(),
});

/**
 * Promises as ready-made strings: the open ones and the recently kept ones. Either may be empty.
 */
export const PromisedContent = z.strictObject({
  heading: Line,
  intro: Line,
  actions: z.array(z.strictObject({ title: Line, meta: Line, age: Line, late: z.boolean(), postmortem: PostmortemId })),
  more: Line.optional(),
  kept: Kept.optional(),
});
export type PromisedContent = z.infer<typeof PromisedContent>;

const shown = 8;
const shownKept = 4;

export interface Promises {
  readonly open: readonly OpenAction[];
  /** Kept in the reported period. */
  readonly kept: readonly ToldAction[];
  /** The kind of period that is reported. Default: a week. */
  readonly kind?: PeriodKind | undefined;
}

/**
 * Open actions, the overdue ones first and each kind oldest first, and those kept in the period.
 * Undefined if there are neither.
 */
export function promisedContent({ open, kept, kind = 'week' }: Promises, now: Date, zone: string): PromisedContent | undefined {
  if (open.length + kept.length === 0) return undefined;
  const isOnTime = (action: OpenAction) => (isOverdue(action, now, zone) ? 0 : 1);
  const first = open.toSorted((a, b) => isOnTime(a) - isOnTime(b) || a.promisedAt.localeCompare(b.promisedAt)).slice(0, shown);
  return PromisedContent.parse({
    heading: open.length > 0 ? 'Still promised' : 'Promised and kept',
    intro: open.length > 0 ? openIntro(open, now, zone) : 'All promised actions are closed.',
    actions: first.map((action) => promisedRow(action, now, zone)),
    ...andMore(open.length - first.length),
    ...(kept.length > 0 && { kept: keptContent(kept, kind, now, zone) }),
  });
}

/**
 * Stands in place of the list once one of its postmortems is withheld. It gives no number, because
 * the number counts the withheld actions too.
 */
export const promisesNotListed = 'Actions are still open. This mail does not list them.';

function openIntro(open: readonly OpenAction[], now: Date, zone: string): string {
  const overdue = overdueCount(open, now, zone);
  const late = overdue > 0 ? `, ${inWords(overdue)} overdue` : '';
  const order = overdue > 0 && overdue < open.length ? ' Overdue first:' : ' The oldest:';
  return `${capitalised(counted(open.length, 'action'))} ${open.length === 1 ? 'is' : 'are'} open${late}.${open.length > 1 ? order : ''}`;
}

/** Lists the oldest promises first, because they deserve it most. */
function keptContent(kept: readonly ToldAction[], kind: PeriodKind, now: Date, zone: string): z.input<typeof Kept> {
  const told = kept.toSorted((a, b) => a.promisedAt.localeCompare(b.promisedAt)).slice(0, shownKept);
  return {
    intro: `${capitalised(counted(kept.length, 'promise'))} ${kept.length === 1 ? 'was' : 'were'} kept this ${kind}:`,
    actions: told.map((action) => ({
      title: titleOf(action),
      meta: dotted([action.owner ?? action.team, originOf(action, now, zone)]),
      postmortem: action.postmortem.id,
    })),
    ...andMore(kept.length - told.length),
  };
}

export const andMore = (rest: number): { more?: string } => (rest > 0 ? { more: `and ${rest} more` } : {});

export const overdueCount = (open: readonly OpenAction[], now: Date, zone: string): number =>
  open.filter((action) => isOverdue(action, now, zone)).length;

const isOverdue = ({ due }: OpenAction, now: Date, zone: string): boolean => due !== undefined && daysLate(due, now, zone) > 0;

export function promisedRow(action: OpenAction, now: Date, zone: string): PromisedContent['actions'][number] {
  const late = action.due ? daysLate(action.due, now, zone) : 0;
  return {
    title: titleOf(action),
    meta: dotted([
      action.owner ?? action.team ?? 'no owner',
      action.due && `due ${printPlainDate(action.due, now, zone)}`,
      originOf(action, now, zone),
    ]),
    age: action.due ? untilDue(-late) : sincePromised(daysBetween(action.promisedAt, now, zone)),
    late: late > 0,
    postmortem: action.postmortem.id,
  };
}

const titleOf = ({ title }: ToldAction) => shortened(printed(title), 160);
const originOf = ({ postmortem, promisedAt }: ToldAction, now: Date, zone: string) =>
  `from “${shortened(printed(postmortem.title), 70)}”, ${printMonth(promisedAt, now, zone)}`;
const days = (n: number) => `${n} day${n === 1 ? '' : 's'}`;
/** `due in 9 days`, `due today`, `3 days late`. */
export function untilDue(left: number): string {
  if (left < 0) return `${days(-left)} late`;
  return left === 0 ? 'due today' : `due in ${days(left)}`;
}
const sincePromised = (n: number) => (n < 1 ? 'promised today' : `promised ${days(n)} ago`);
