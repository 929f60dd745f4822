/**
 * Zones found good: each is asked about once, because the answer takes tens of kilobytes and an
 * import names the same few thousands of times.
 */
const known = new Set<string>();

/**
 * Whether this is a time zone by its IANA name. Bare offsets such as `+02:00` are not: they know no
 * summer time.
 */
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

/** Names that the engine still spells as they were before their places were renamed. */
const renamed: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'America/Godthab': 'America/Nuuk',
  'Europe/Kiev': 'Europe/Kyiv',
};
const nameOf = (canonical: string) => renamed[canonical] ?? canonical;

let offered: ReadonlySet<string> | undefined;
const offeredZones = () => {
  offered ??= new Set(['UTC', ...Intl.supportedValuesOf('timeZone').map(nameOf)].toSorted());
  return offered;
};

/** Every zone that a reader can choose, each place once, by its present name. */
export const zones = (): readonly string[] => [...offeredZones()];

const standards = new Map<string, string | undefined>();

/**
 * The one name of those in `zones` that a zone goes by, also for `us/pacific`; undefined for what
 * is no zone, or one of a fixed offset such as `Etc/GMT+5`.
 */
export function standardZone(zone: string): string | undefined {
  if (!isZone(zone)) return undefined;
  if (!standards.has(zone)) {
    const name = nameOf(new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone);
    standards.set(zone, offeredZones().has(name) ? name : undefined);
  }
  return standards.get(zone);
}
