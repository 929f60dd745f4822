/**
 * Holds as many tokens as mails may be sent in a second, and is refilled at that rate. Counts in
 * whole milliseconds, like the log of accepted mails, so that a replay of the log never finds the
 * bucket emptier than it was.
 */
export interface TokenBucket {
  /** Takes a token. False: there is not one whole token at this instant. */
  take(nowMs: number): boolean;
  setRate(perSecond: number): void;
  rate(): number;
}

export function tokenBucket(perSecond: number): TokenBucket {
  let rate = perSecond;
  let tokens = perSecond;
  let filledAt: number | undefined;
  const fill = (nowMs: number) => {
    const since = filledAt === undefined ? 0 : Math.max(0, nowMs - filledAt);
    tokens = Math.min(rate, tokens + (since * rate) / 1000);
    filledAt = Math.max(filledAt ?? nowMs, nowMs);
  };
  return {
    rate: () => rate,
    setRate: (next) => {
      rate = next;
      tokens = Math.min(tokens, next);
    },
    take: (nowMs) => {
      fill(nowMs);
      // A bucket that holds less than one token could otherwise never give one.
      if (tokens < Math.min(1, rate)) return false;
      tokens -= Math.min(1, rate);
      return true;
    },
  };
}
