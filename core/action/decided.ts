import { localDay } from '../calendar/period.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { type ActionRow, isOpen, type PromisedAction, promiseAt } from './action.ts';
import { isChangedSince } from './basis.ts';
import type { Decision, OwnersAnswer } from './event.ts';
import { isUnfinished, statusOf } from './status.ts';

/** An action item with what was decided on it, as it counts at an instant. */
export interface DecidedAction extends PromisedAction {
  /** The decision in effect. */
  readonly decision?: Decision | undefined;
  /** The decision that takes effect later. */
  readonly pending?: Decision;
  /** When a revision dropped it. */
  readonly withdrawnAt?: Instant;
  /** Nobody can be found who could answer what leadership asks. */
  readonly unasked?: boolean;
  /** Why leadership has to decide once more, and since when. */
  readonly again?: { readonly why: 'deferred until then' | 'answered' | 'changed' | 'reopened'; readonly since: Instant | PlainDate };
}

export function decidedAction(row: ActionRow, now: Date, zone: string): DecidedAction {
  const { decision, pending, answer } = statusOf(row, now);
  const promise = promiseAt(row, now);
  const { withdrawnAt } = row;
  const again = decision && !pending && promise.status !== 'done' ? askedAgain(decision, answer, row, now, zone) : undefined;
  return {
    ...promise,
    ...(decision && { decision }),
    ...(pending && { pending }),
    ...(withdrawnAt !== undefined && { withdrawnAt }),
    ...(again && { again }),
  };
}

/**
 * A deferral ends on its day. Who needs more has it once the owner answers. A decision on a text
 * that is another one now is asked for again, and so is a risk that was accepted where the document
 * opens the action.
 */
function askedAgain(decision: Decision, answer: OwnersAnswer | undefined, row: ActionRow, now: Date, zone: string): DecidedAction['again'] {
  const { what, until, at } = decision;
  const isClosed = !isUnfinished(statusOf(row, now).status);
  // The document declined it, or no longer has it: nothing is left to decide.
  if (isClosed && (what !== 'accept the risk' || row.withdrawnAt !== undefined)) return undefined;
  if (what === 'defer' && until !== undefined && until <= localDay(now, zone).toString())
    return { why: 'deferred until then', since: until };
  if (answer) return { why: 'answered', since: answer.at };
  if (isChangedSince(decision, row, now)) return { why: 'changed', since: row.seenAt ?? at };
  return what === 'accept the risk' && !isClosed ? { why: 'reopened', since: row.reportedAt } : undefined;
}

const urgent = /^(p|prio|priority)?[\s-]*[01]$/iu;

/** Whether it says what it costs or what it prevents, or is urgent: then it needs a decision. */
export const needsDecision = ({ cost, consequence, priority = '' }: Pick<PromisedAction, 'cost' | 'consequence' | 'priority'>): boolean =>
  cost !== undefined || consequence !== undefined || urgent.test(priority.trim());

/** Why leadership is asked to decide on an action. */
export type WhyAsked = NonNullable<DecidedAction['again']>['why'] | 'weighs' | 'urgent';

/**
 * Undefined: it is not asked. `isInReview`: its postmortem waits for review. `weighs`: it says what
 * it costs or prevents.
 */
export function whyAsked(action: DecidedAction, isInReview: boolean): WhyAsked | undefined {
  if (action.pending) return undefined;
  if (action.again) return action.again.why;
  if (!isInReview || !isOpen(action) || action.decision || !needsDecision(action)) return undefined;
  return action.cost === undefined && action.consequence === undefined ? 'urgent' : 'weighs';
}

/**
 * Whether leadership is asked to decide on an action of a review: for the first time if it says
 * that it needs a decision, or once more.
 */
export const asksDecision = (action: DecidedAction): boolean => whyAsked(action, true) !== undefined;
