import { type Instant, toInstant } from '../shared/instant.ts';
import { inDoubtCode, type LaneState } from './lane.ts';
import type { Outcome, Outcomes } from './outcome.ts';

/** So many calls in a row without an answer are an outage, and whoever is sent to next would be in doubt too. */
const mostInARow = 20;

/** How long SES has answered a worker nothing, kept between messages. */
export interface OutageDetector {
  /** Told of each chunk. Answers since when SES has been silent once that is too long, and then begins anew. */
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

/** Whether a lane that stopped because SES answered nothing may open: SES accepted a mail made since then. */
export const isOutageOver = ({ stopped }: LaneState, outcomes: Outcomes): boolean =>
  stopped?.code === inDoubtCode &&
  Object.values(outcomes).some((one) => one.kind === 'accepted' && submittedAt(one).some((at) => at >= Date.parse(stopped.since)));
