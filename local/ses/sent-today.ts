const dayMs = 86_400_000;

/**
 * Counts the mails accepted in the 24 hours before an instant. Call both methods in order of time.
 */
export interface SentToday {
  add(nowMs: number, mails: number): void;
  count(nowMs: number): number;
}

export function sentToday(): SentToday {
  const log: { readonly at: number; readonly mails: number }[] = [];
  let first = 0;
  let sum = 0;
  return {
    add: (at, mails) => {
      log.push({ at, mails });
      sum += mails;
    },
    count: (nowMs) => {
      for (let oldest = log[first]; oldest !== undefined && oldest.at <= nowMs - dayMs; oldest = log[first]) {
        sum -= oldest.mails;
        first += 1;
      }
      return sum;
    },
  };
}
