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
