import { localDay } from '../calendar/period.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { type ActionRow, isOpen, type PromisedAction, promiseAt } from './action.ts';
import { basisOf } from './basis.ts';
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
  const again = decision && !pending && isUnfinished(promise.status) ? askedAgain(decision, answer, row, now, zone) : undefined;
  const { withdrawnAt } = row;
  return {
    ...promise,
    ...(decision && { decision }),
    ...(pending && { pending }),
    ...(withdrawnAt !== undefined && { withdrawnAt }),
    ...(again && { again }),
  };
}

/** Whether leadership has to decide on it, for the first time or once more. */
export const waitsForDecision = (action: DecidedAction): boolean =>
  isOpen(action) && !action.pending && (action.decision === undefined || action.again !== undefined);

/**
 * A deferral ends on its day. Who needs more has it once the owner answers or the text is another
 * one. A risk that was accepted is asked about again if the document opens the action.
 */
function askedAgain(decision: Decision, answer: OwnersAnswer | undefined, row: ActionRow, now: Date, zone: string): DecidedAction['again'] {
  const { what, until, basis, at } = decision;
  if (what === 'defer' && until !== undefined && until <= localDay(now, zone).toString())
    return { why: 'deferred until then', since: until };
  if (answer) return { why: 'answered', since: answer.at };
  if (what === 'need more' && basisOf(row, now) !== basis) return { why: 'changed', since: row.seenAt ?? at };
  return what === 'accept the risk' ? { why: 'reopened', since: row.reportedAt } : undefined;
}

const urgent = /^(p|prio|priority)?[\s-]*[01]$/iu;

/** Whether it says what it costs or what it prevents, or is urgent: then it needs a decision. */
export const needsDecision = ({ cost, consequence, priority = '' }: Pick<PromisedAction, 'cost' | 'consequence' | 'priority'>): boolean =>
  cost !== undefined || consequence !== undefined || urgent.test(priority.trim());
