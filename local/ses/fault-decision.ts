import type { Draw } from '../faults/chance.ts';
import type { SesFaults } from '../faults/faults.ts';

/**
 * The fault that hits an otherwise valid call: whether its mail is accepted, and what answer the
 * caller gets.
 */
export interface FaultDecision {
  readonly accepts: boolean;
  /** `nothing`: the connection stays open without an answer. A number is an HTTP status. */
  readonly reply: 'answer' | 'nothing' | 'reset' | 'empty' | 'garbled' | 500 | 503;
}

const spared: FaultDecision = { accepts: true, reply: 'answer' };
const errors: readonly FaultDecision[] = [
  { accepts: false, reply: 500 },
  { accepts: true, reply: 503 },
  { accepts: false, reply: 503 },
  { accepts: true, reply: 500 },
];

/**
 * At most one fault hits a call. Even if it accepts, SES still checks the mail and may refuse it.
 * The refusal is then answered without a fault.
 */
export function faultDecisionFor(faults: SesFaults, draw: Draw): FaultDecision {
  if (draw.hits('timeoutBeforeAccept', faults.timeoutBeforeAccept)) return { accepts: false, reply: 'nothing' };
  if (draw.hits('timeoutAfterAccept', faults.timeoutAfterAccept)) return { accepts: true, reply: 'nothing' };
  if (draw.hits('error500', faults.error500)) return errors[draw.pick('error500', errors.length)] ?? spared;
  if (draw.hits('reset', faults.reset)) return { accepts: draw.pick('reset', 2) === 1, reply: 'reset' };
  if (draw.hits('emptyAnswer', faults.emptyAnswer)) return { accepts: true, reply: 'empty' };
  return draw.hits('garbledAnswer', faults.garbledAnswer) ? { accepts: true, reply: 'garbled' } : spared;
}
