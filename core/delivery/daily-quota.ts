/** What SES allows in any 24 hours, as far as it is known. */
export interface DailyQuota {
  /** -1: no limit. */
  readonly max24Hours: number;
  /** What SES said when it was last asked. */
  readonly sentLast24Hours: number;
  /** The pacer's count of places right before SES was asked: what was booked since comes on top. */
  readonly booked: number;
  /** So many of the day's mails are kept for urgent ones. */
  readonly reserve: number;
}

/** So much is kept back where the distribution file says nothing. */
const usualShare = 0.05;
const usualLeast = 50;

export const reserveOf = (max24Hours: number, configured: number | undefined): number =>
  configured ?? Math.max(usualLeast, Math.ceil(max24Hours * usualShare));

/**
 * Whether mail that is not urgent has to leave the rest of the day to urgent mail. `booked`: the pacer's count with the mails in question.
 * Places that were booked and not used count as sent until SES is asked again, a minute later: it errs towards the reserve.
 */
export const isForUrgentMail = (quota: DailyQuota | undefined, booked: number): boolean => {
  if (!quota || quota.max24Hours < 0) return false;
  const sent = quota.sentLast24Hours + Math.max(0, booked - quota.booked);
  return sent > quota.max24Hours - quota.reserve;
};
