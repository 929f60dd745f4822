/** Zones found good: each is asked about once, because the answer takes tens of kilobytes and an import names the same few thousands of times. */
const known = new Set<string>();

/** Whether this is a time zone by its IANA name. Bare offsets such as `+02:00` are not: they know no summer time. */
export function isZone(zone: string): boolean {
  if (known.has(zone)) return true;
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    known.add(zone);
    return true;
  } catch {
    return false;
  }
}
