import { sameRefusalCode } from './lane.ts';
import type { SendOutcome } from './ports.ts';

/** So many readers in a row who are denied for a reason that may be theirs or everybody's: it is everybody's. */
const mostDenied = 3;
/** So many mails in a row that are refused under one name, as if each of them were at fault: it is not the mails. */
const mostAlike = 10;

/** How SES refuses a worker, kept between messages. */
export interface Refusals {
  /**
   * Told of each answer as it comes. Answers the code under which the lane has to stop once there are too many in a row, and then begins
   * anew. `isKnown`: this reader was denied before, so that once more tells nothing of the others.
   */
  after(outcome: SendOutcome, isKnown: boolean, now: number): string | undefined;
  /** When a mail was accepted last (milliseconds since 1970); 0: none yet. */
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
