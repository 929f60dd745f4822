import type { Draw } from '../faults/chance.ts';
import type { DynamoDbFaults } from '../faults/faults.ts';

/**
 * The fault that hits a call to the table: whether it is carried out, and what answer the caller
 * gets.
 */
export interface TableFaultDecision {
  readonly carriedOut: boolean;
  readonly reply: 'answer' | 'throttled' | 'error' | 'cut';
}

/** At most one fault hits a call. */
export function tableFaultDecisionFor({ throttle, error500, lostReply }: DynamoDbFaults, draw: () => Draw): TableFaultDecision {
  if (throttle + error500 + lostReply === 0) return { carriedOut: true, reply: 'answer' };
  const drawn = draw();
  if (drawn.hits('throttle', throttle)) return { carriedOut: false, reply: 'throttled' };
  if (drawn.hits('error500', error500)) return { carriedOut: drawn.pick('error500', 2) === 1, reply: 'error' };
  return { carriedOut: true, reply: drawn.hits('lostReply', lostReply) ? 'cut' : 'answer' };
}
