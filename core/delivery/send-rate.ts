/** Mails leave at this share of the rate that SES allows. */
const share = 0.95;
/**
 * A whole leaf, because each chunk costs a booking, a read and a mark. One call reads it together
 * with three brakes, and DynamoDB answers at most a hundred items a call.
 */
export const largestChunk = 97;
/** A leaf has room for more than a chunk where mail is slow. */
const smallestLeaf = 50;
/** A worker keeps at least this share of its pace, and gets faster by this factor each second. */
const slowest = 1 / 16;
const recoveryASecond = 1.25;

export interface Pace {
  /** Milliseconds between two mails. */
  readonly interval: number;
  /** People in a chunk: at most half a second's worth. */
  readonly chunk: number;
}

/**
 * A range with more readers than this is split. A chunk that is a whole leaf costs the fewest calls
 * of the table. Where a chunk is small the row is written many times, so a larger leaf would cost
 * more than it saves.
 */
export const leafSizeAt = ({ chunk }: Pace): number => Math.max(smallestLeaf, chunk);

export interface Throttle {
  /** `now`: milliseconds since 1970. The pace recovers with time, even without mail. */
  pace(maxSendRate: number, now: number): Pace;
  /**
   * Slows down by the share of a chunk's calls that SES throttled. A few random ones cost little.
   * Where others send from the same account, the pace soon matches the rate that they leave.
   */
  slowDown(share: number, now: number): void;
}

/** The brake of one worker. Several workers find their common pace through the pacer. */
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

/** The quota of any 24 hours, as far as it is known. */
export interface DailyQuota {
  /** -1: no limit. */
  readonly max24Hours: number;
  /** What SES said when it was last asked. */
  readonly sentLast24Hours: number;
  /** The pacer's count of places right before SES was asked. Places booked since come on top. */
  readonly booked: number;
  /** Mails of the day that are kept for urgent mail. */
  readonly reserve: number;
}

/** Kept back if the distribution file says nothing. */
const usualShare = 0.05;
const usualLeast = 50;

export const reserveOf = (max24Hours: number, configured: number | undefined): number =>
  configured ?? Math.max(usualLeast, Math.ceil(max24Hours * usualShare));

/**
 * Whether mail that is not urgent must leave the rest of the day's quota to urgent mail. `booked`:
 * the pacer's count including these mails. Places that were booked and not used count as sent until
 * SES is asked again, a minute later, which errs towards the reserve.
 */
export const isForUrgentMail = (quota: DailyQuota | undefined, booked: number): boolean => {
  if (!quota || quota.max24Hours < 0) return false;
  const sent = quota.sentLast24Hours + Math.max(0, booked - quota.booked);
  return sent > quota.max24Hours - quota.reserve;
};
