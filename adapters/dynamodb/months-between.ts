/** The months (`2026-11`, UTC) from that of `since` to that of `now`, oldest first. */
export function monthsBetween(since: Date, now: Date): string[] {
  const months: string[] = [];
  for (let at = Date.UTC(since.getUTCFullYear(), since.getUTCMonth()); at <= now.getTime(); ) {
    const month = new Date(at);
    months.push(month.toISOString().slice(0, 7));
    at = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1);
  }
  return months;
}
