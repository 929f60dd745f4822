/**
 * Invariant 6: a bucket of `rate` tokens, refilled at `rate` a second, replayed over the instants
 * (milliseconds, oldest first) at which the server accepted mails. Returns its lowest level. Below
 * zero, the rate was exceeded.
 */
export function lowestLevel(instants: readonly number[], rate: number): number {
  let level = rate;
  let lowest = rate;
  let last = instants[0] ?? 0;
  for (const at of instants) {
    level = Math.min(rate, level + ((at - last) / 1000) * rate) - 1;
    last = at;
    lowest = Math.min(lowest, level);
  }
  return lowest;
}
