/**
 * Zones known to be valid. Each is checked only once, because the check takes tens of kilobytes and
 * an import names the same few zones thousands of times.
 */
const known = new Set<string>();

/**
 * Whether this is the IANA name of a time zone. Bare offsets such as `+02:00` are not accepted,
 * because they have no summer time.
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

/** Zones that the engine still calls by the old name of a place, with their present names. */
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
 * The name in `zones` that a zone goes by, even if it is written like `us/pacific`. Undefined if it
 * is not a zone, or has a fixed offset such as `Etc/GMT+5`.
 */
export function standardZone(zone: string): string | undefined {
  if (!isZone(zone)) return undefined;
  if (!standards.has(zone)) {
    const name = nameOf(new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone);
    standards.set(zone, offeredZones().has(name) ? name : undefined);
  }
  return standards.get(zone);
}
