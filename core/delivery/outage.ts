import { type Instant, toInstant } from '../shared/instant.ts';
import { inDoubtCode, type LaneState } from './lane.ts';
import type { Outcome, Outcomes } from './outcome.ts';

/**
 * This many unanswered calls in a row count as an outage. Any further mail would end up in doubt as
 * well.
 */
const mostInARow = 20;

/** Counts the calls of one worker that SES left unanswered in a row. Kept between messages. */
export interface OutageDetector {
  /**
   * Takes in one chunk. Answers when the outage began, once it counts as one, and then counts anew.
   */
  after(isTaken: boolean, outcomes: Outcomes): Instant | undefined;
}

const submittedAt = (outcome: Outcome) => ('made' in outcome ? [outcome.made.issuedAt * 1000] : []);

export const newOutageDetector = (): OutageDetector => {
  let began: number[] = [];
  return {
    after(isTaken, outcomes) {
      began = isTaken ? [] : [...began, ...Object.values(outcomes).flatMap((one) => (one.kind === 'in doubt' ? submittedAt(one) : []))];
      if (began.length < mostInARow) return undefined;
      const since = toInstant(new Date(Math.min(...began)));
      began = [];
      return since;
    },
  };
};

/** Whether a lane that was stopped by an outage may open: SES accepted a mail made since then. */
export const isOutageOver = ({ stopped }: LaneState, outcomes: Outcomes): boolean =>
  stopped?.code === inDoubtCode &&
  Object.values(outcomes).some((one) => one.kind === 'accepted' && submittedAt(one).some((at) => at >= Date.parse(stopped.since)));
