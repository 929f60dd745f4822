/** Far more than a person presses. */
const most = { presses: 60, ms: 60_000, people: 10_000 };

/**
 * Counts presses in this container, by person and minute. Presses that a container forgets or does
 * not see are still limited by the throttle of the HTTP API.
 */
export function pressLimiter(now: () => Date): (subscriber: string) => boolean {
  let minute = 0;
  let counts = new Map<string, number>();
  return (subscriber) => {
    const current = Math.floor(now().getTime() / most.ms);
    if (current !== minute || counts.size > most.people) [minute, counts] = [current, new Map()];
    const count = (counts.get(subscriber) ?? 0) + 1;
    counts.set(subscriber, count);
    return count <= most.presses;
  };
}
