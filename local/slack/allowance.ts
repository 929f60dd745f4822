/** So many calls at once, and then so many a minute. */
export interface Rate {
  readonly perMinute: number;
  readonly burst: number;
}

export interface Allowance {
  /** Takes one call, and answers 0. Otherwise answers the whole seconds until there is one. */
  take(nowMs: number): number;
}

export function allowance({ perMinute, burst }: Rate): Allowance {
  let left = burst;
  let filledAt: number | undefined;
  return {
    take: (nowMs) => {
      const since = filledAt === undefined ? 0 : Math.max(0, nowMs - filledAt);
      left = Math.min(burst, left + (since * perMinute) / 60_000);
      filledAt = Math.max(filledAt ?? nowMs, nowMs);
      if (left < 1) return Math.max(1, Math.ceil(((1 - left) * 60) / perMinute));
      left -= 1;
      return 0;
    },
  };
}
