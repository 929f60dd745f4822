/** Mails leave at this share of what SES allows. */
const share = 0.95;
const largestChunk = 25;
/** A worker never slows down below this share of its pace, and gets back this much faster with each chunk that was not throttled. */
const slowest = 1 / 16;
const recovery = 1.25;

export interface Pace {
  /** Milliseconds between two mails. */
  readonly interval: number;
  /** People in a chunk: at most half a second's worth. */
  readonly chunk: number;
}

export interface Throttle {
  pace(maxSendRate: number): Pace;
  /** Halves the pace when SES throttled a chunk all the same, and lets it recover chunk by chunk. */
  learn(wasThrottled: boolean): void;
}

/** One worker's brake; several workers find their common pace through the pacer. */
export const newThrottle = (): Throttle => {
  let factor = 1;
  return {
    pace: (maxSendRate) => {
      const perSecond = maxSendRate * share * factor;
      return { interval: 1000 / perSecond, chunk: Math.max(1, Math.min(largestChunk, Math.floor(perSecond / 2))) };
    },
    learn: (wasThrottled) => {
      factor = wasThrottled ? Math.max(slowest, factor / 2) : Math.min(1, factor * recovery);
    },
  };
};
