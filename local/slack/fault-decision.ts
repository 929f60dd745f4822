import type { Draw } from '../faults/chance.ts';
import type { SlackFaults } from '../faults/faults.ts';

/** The fault that hits a call: whether it is carried out, and what its caller hears. */
export interface SlackFaultDecision {
  /** `late`: after the seconds of `lateAccept`. */
  readonly carriesOut: boolean | 'late';
  /** `nothing`: the connection stays open without an answer. A number is an HTTP status. */
  readonly reply: 'answer' | 'nothing' | 'reset' | 'fatal_error' | 429 | 500 | 503;
}

const errors: readonly SlackFaultDecision[] = [
  { carriesOut: false, reply: 500 },
  { carriesOut: true, reply: 503 },
  { carriesOut: false, reply: 503 },
  { carriesOut: true, reply: 500 },
];

/** At most one fault hits a call. */
export function slackFaultFor(faults: SlackFaults, draw: Draw): SlackFaultDecision {
  if (draw.hits('throttle', faults.throttle)) return { carriesOut: false, reply: 429 };
  if (draw.hits('timeoutBeforeAccept', faults.timeoutBeforeAccept)) return { carriesOut: false, reply: 'nothing' };
  if (draw.hits('timeoutAfterAccept', faults.timeoutAfterAccept))
    return { carriesOut: faults.lateAccept > 0 ? 'late' : true, reply: 'nothing' };
  if (draw.hits('error500', faults.error500)) return errors[draw.pick('error500', errors.length)] ?? { carriesOut: false, reply: 500 };
  if (draw.hits('reset', faults.reset)) return { carriesOut: draw.pick('reset', 2) === 1, reply: 'reset' };
  if (draw.hits('fatalErrorAfterAccept', faults.fatalErrorAfterAccept)) return { carriesOut: true, reply: 'fatal_error' };
  return { carriesOut: true, reply: 'answer' };
}
