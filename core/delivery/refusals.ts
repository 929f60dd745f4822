import { sameRefusalCode } from './lane.ts';
import type { SendOutcome } from './ports.ts';

/** This many readers in a row denied for an unclear reason: the reason is everybody's. */
const mostDenied = 3;
/** This many mails in a row refused with one code: the fault is not in the mails. */
const mostAlike = 10;

/** Counts how SES refuses the calls of one worker. Kept between messages. */
export interface Refusals {
  /**
   * Takes in each answer as it comes. Answers the code to stop the lane with, once there are too
   * many refusals in a row, and then counts anew. `isKnown`: this reader was denied before, so that
   * another denial says nothing about others.
   */
  after(outcome: SendOutcome, isKnown: boolean, now: number): string | undefined;
  /** When SES last accepted a mail (milliseconds since 1970). 0: never yet. */
  readonly acceptedAt: number;
}

export const newRefusals = (): Refusals => {
  let acceptedAt = 0;
  let denied = 0;
  let alike = { code: '', many: 0 };
  return {
    get acceptedAt() {
      return acceptedAt;
    },
    after(outcome, isKnown, now) {
      if (outcome.kind === 'accepted') {
        acceptedAt = now;
        denied = 0;
        alike = { code: '', many: 0 };
      }
      if (outcome.kind === 'refused') {
        alike = { code: outcome.code, many: outcome.code === alike.code ? alike.many + 1 : 1 };
        if (alike.many < mostAlike) return undefined;
        alike = { code: '', many: 0 };
        return sameRefusalCode;
      }
      if (outcome.kind === 'try later' && outcome.why === 'unclear' && !isKnown) {
        denied += 1;
        if (denied < mostDenied) return undefined;
        denied = 0;
        return outcome.code;
      }
      return undefined;
    },
  };
};
