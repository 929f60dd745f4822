/** Mails leave at this share of what SES allows. */
const share = 0.95;
/** A whole leaf: each chunk costs a booking, a read and a mark. */
const largestChunk = 50;
/** A worker never slows down below this share of its pace, and gets this much faster again with each second. */
const slowest = 1 / 16;
const recoveryASecond = 1.25;

export interface Pace {
  /** Milliseconds between two mails. */
  readonly interval: number;
  /** People in a chunk: at most half a second's worth. */
  readonly chunk: number;
}

export interface Throttle {
  /** `now`: milliseconds since 1970. The pace recovers with time, so that a worker that was slowed down does not stay so. */
  pace(maxSendRate: number, now: number): Pace;
  /**
   * SES throttled this share of a chunk's calls all the same: as many fewer mails a second is what it takes. A few that come at random cost
   * little that way, and where others send from the account too the pace is near what they leave at once.
   */
  slowDown(share: number, now: number): void;
}

/** One worker's brake; several workers find their common pace through the pacer. */
export const newThrottle = (): Throttle => {
  let factor = 1;
  let since = 0;
  const recovered = (now: number) => Math.min(1, factor * recoveryASecond ** (Math.max(0, now - since) / 1000));
  return {
    pace: (maxSendRate, now) => {
      const perSecond = maxSendRate * share * recovered(now);
      return { interval: 1000 / perSecond, chunk: Math.max(1, Math.min(largestChunk, Math.floor(perSecond / 2))) };
    },
    slowDown: (throttled, now) => {
      factor = Math.max(slowest, recovered(now) * (1 - throttled));
      since = now;
    },
  };
};

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
