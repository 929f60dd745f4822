import { createHmac } from 'node:crypto';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { Topic } from '../subscriber/topic.ts';

/** What a team's members pressed about one reason: how many of them, and who is not said. */
export interface ReasonFeedback {
  readonly useful: number;
  readonly notRelevant: number;
  /** A lead of the team is among those who said "not relevant". */
  readonly byLead: boolean;
}

/**
 * Whether a team gets no more cards for a reason: two people or one lead said "not relevant", and
 * they outnumber those who said "useful". One press of one member silences nobody else.
 */
export const isMuted = ({ useful, notRelevant, byLead }: ReasonFeedback): boolean => (notRelevant >= 2 || byLead) && notRelevant > useful;

/** What one member says of a reason. */
export type ReasonPress = 'useful' | 'not relevant';

/** What was pressed about one reason of a team. Members are hashes; see `blindedMember`. */
export interface ReasonPresses {
  /** Its key. */
  readonly reason: string;
  readonly useful: ReadonlySet<string>;
  readonly notRelevant: ReadonlySet<string>;
  /** Of those who said "not relevant", the leads. */
  readonly leads: ReadonlySet<string>;
}

export const feedbackIn = ({ useful, notRelevant, leads }: ReasonPresses): ReasonFeedback => ({
  useful: useful.size,
  notRelevant: notRelevant.size,
  byLead: leads.size > 0,
});

/** What a team said, by reason key. */
export const feedbackByReason = (presses: readonly ReasonPresses[]): ReadonlyMap<string, ReasonFeedback> =>
  new Map(presses.map((one) => [one.reason, feedbackIn(one)]));

/**
 * What stands for a member in what their team pressed about a reason: another hash for each reason.
 * Only whoever has the secret and the person's address can tell whose it is.
 */
export const blindedMember = (team: Topic, reason: string, sid: SubscriberId, identitySecret: string): string =>
  createHmac('sha256', identitySecret).update(`feedback\n${team}\n${reason}\n${sid}`).digest('hex').slice(0, 32);
