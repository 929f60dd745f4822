import { anyOf } from './calendar-words.ts';

/** The zone of a time as it was written. */
export type WrittenZone =
  /** Fixed minutes ahead of UTC. `at`: the place whose standard or summer time this name is. */
  | { readonly kind: 'offset'; readonly name: string; readonly minutes: number; readonly at?: string }
  /** The time that the clocks of a place show. */
  | { readonly kind: 'place'; readonly name: string; readonly place: string }
  /** A name with several meanings. Each is read only in an organisation of one of its places. */
  | { readonly kind: 'ambiguous'; readonly name: string; readonly meanings: readonly Meaning[] }
  | { readonly kind: 'unknown'; readonly name: string }
  /** The "-01:00" of "22:00-01:00": an offset, or the end of a range. */
  | { readonly kind: 'offset or end'; readonly name: string }
  /** "Local time": the zone of the organisation. */
  | { readonly kind: 'local'; readonly name: string };
export interface Meaning {
  readonly minutes: number;
  readonly places: readonly string[];
}

/** Hours ahead of UTC, and for names of a standard or summer time the place that has it. */
const fixed: Readonly<Record<string, readonly [hours: number, at?: string]>> = {
  UTC: [0],
  GMT: [0],
  UCT: [0],
  Z: [0],
  ZULU: [0],
  CET: [1, 'Europe/Berlin'],
  CEST: [2, 'Europe/Berlin'],
  MEZ: [1, 'Europe/Berlin'],
  MESZ: [2, 'Europe/Berlin'],
  EET: [2, 'Europe/Helsinki'],
  EEST: [3, 'Europe/Helsinki'],
  WET: [0, 'Europe/Lisbon'],
  WEST: [1, 'Europe/Lisbon'],
  MSK: [3],
  TRT: [3],
  PST: [-8, 'America/Los_Angeles'],
  PDT: [-7, 'America/Los_Angeles'],
  MST: [-7],
  MDT: [-6, 'America/Denver'],
  CDT: [-5, 'America/Chicago'],
  EST: [-5, 'America/New_York'],
  EDT: [-4, 'America/New_York'],
  AKST: [-9, 'America/Anchorage'],
  AKDT: [-8, 'America/Anchorage'],
  HST: [-10],
  NST: [-3.5, 'America/St_Johns'],
  NDT: [-2.5, 'America/St_Johns'],
  BRT: [-3],
  ART: [-3],
  UYT: [-3],
  CLT: [-4, 'America/Santiago'],
  CLST: [-3, 'America/Santiago'],
  COT: [-5],
  PET: [-5],
  SAST: [2],
  CAT: [2],
  EAT: [3],
  WAT: [1],
  PKT: [5],
  NPT: [5.75],
  ICT: [7],
  WIB: [7],
  WITA: [8],
  SGT: [8],
  MYT: [8],
  HKT: [8],
  PHT: [8],
  JST: [9],
  KST: [9],
  AWST: [8],
  ACST: [9.5, 'Australia/Adelaide'],
  ACDT: [10.5, 'Australia/Adelaide'],
  AEST: [10],
  AEDT: [11, 'Australia/Sydney'],
  NZST: [12, 'Pacific/Auckland'],
  NZDT: [13, 'Pacific/Auckland'],
};

const places: Readonly<Record<string, string>> = {
  PT: 'America/Los_Angeles',
  MT: 'America/Denver',
  CT: 'America/Chicago',
  ET: 'America/New_York',
  AKT: 'America/Anchorage',
  AET: 'Australia/Sydney',
  NZT: 'Pacific/Auckland',
};

const ambiguous: Readonly<Record<string, readonly Meaning[]>> = {
  IST: [
    { minutes: 330, places: ['Asia/Kolkata', 'Asia/Calcutta'] },
    { minutes: 60, places: ['Europe/Dublin'] },
    { minutes: 120, places: ['Asia/Jerusalem', 'Asia/Tel_Aviv'] },
  ],
  CST: [
    {
      minutes: -360,
      places: [
        ...['America/Chicago', 'America/Winnipeg', 'America/Regina', 'America/Menominee', 'US/Central', 'Canada/Central'],
        ...['America/Mexico_City', 'America/Monterrey', 'America/Costa_Rica', 'America/Guatemala', 'America/El_Salvador'],
      ],
    },
    { minutes: 480, places: ['Asia/Shanghai', 'Asia/Taipei', 'Asia/Macau', 'Asia/Chongqing', 'PRC', 'ROC'] },
    { minutes: -300, places: ['America/Havana', 'Cuba'] },
  ],
  BST: [
    { minutes: 60, places: ['Europe/London', 'Europe/Belfast', 'Europe/Jersey', 'Europe/Guernsey', 'Europe/Isle_of_Man', 'GB'] },
    { minutes: 360, places: ['Asia/Dhaka', 'Asia/Dacca'] },
  ],
  AST: [
    { minutes: -240, places: ['America/Halifax', 'America/Puerto_Rico', 'Canada/Atlantic', 'Atlantic/Bermuda'] },
    { minutes: 180, places: ['Asia/Riyadh', 'Asia/Kuwait'] },
  ],
  GST: [{ minutes: 240, places: ['Asia/Dubai', 'Asia/Muscat'] }],
  SST: [{ minutes: -660, places: ['Pacific/Pago_Pago', 'US/Samoa'] }],
  AMT: [{ minutes: -240, places: ['America/Manaus', 'America/Cuiaba'] }],
};

/** Zones written out, without case and accents. */
const phrases: Readonly<Record<string, string>> = {
  'coordinated universal time': 'UTC',
  'utc time': 'UTC',
  'greenwich mean time': 'GMT',
  'eastern standard time': 'EST',
  'eastern daylight time': 'EDT',
  'eastern time': 'America/New_York',
  'us eastern': 'America/New_York',
  eastern: 'America/New_York',
  'central standard time': 'America/Chicago',
  'central daylight time': 'CDT',
  'central time': 'America/Chicago',
  'us central': 'America/Chicago',
  central: 'America/Chicago',
  'mountain standard time': 'MST',
  'mountain daylight time': 'MDT',
  'mountain time': 'America/Denver',
  'us mountain': 'America/Denver',
  mountain: 'America/Denver',
  'pacific standard time': 'PST',
  'pacific daylight time': 'PDT',
  'pacific time': 'America/Los_Angeles',
  'us pacific': 'America/Los_Angeles',
  pacific: 'America/Los_Angeles',
  'est/edt': 'America/New_York',
  'cst/cdt': 'America/Chicago',
  'mst/mdt': 'America/Denver',
  'pst/pdt': 'America/Los_Angeles',
  'cet/cest': 'Europe/Berlin',
  'mez/mesz': 'Europe/Berlin',
  'eet/eest': 'Europe/Helsinki',
  'wet/west': 'Europe/Lisbon',
  'gmt/bst': 'Europe/London',
  'aest/aedt': 'Australia/Sydney',
  'nzst/nzdt': 'Pacific/Auckland',
  'utc/gmt': 'UTC',
  'gmt/utc': 'UTC',
  'us/eastern': 'America/New_York',
  'us/central': 'America/Chicago',
  'us/mountain': 'America/Denver',
  'us/pacific': 'America/Los_Angeles',
  'central european summer time': 'CEST',
  'central european standard time': 'CET',
  'central european time': 'Europe/Berlin',
  'eastern european time': 'Europe/Helsinki',
  'british summer time': 'Europe/London',
  'uk time': 'Europe/London',
  'india standard time': 'Asia/Kolkata',
  'indian standard time': 'Asia/Kolkata',
  'japan standard time': 'JST',
  'china standard time': 'Asia/Shanghai',
  'deutscher zeit': 'Europe/Berlin',
  'heure de paris': 'Europe/Paris',
  'hora de brasilia': 'America/Sao_Paulo',
  'horario de brasilia': 'America/Sao_Paulo',
  日本時間: 'Asia/Tokyo',
  日本标准时间: 'Asia/Tokyo',
  北京时间: 'Asia/Shanghai',
  北京時間: 'Asia/Shanghai',
  한국시간: 'Asia/Seoul',
  '한국 시간': 'Asia/Seoul',
};
const localPhrases = ['local time', 'ortszeit', 'heure locale', 'hora local', '現地時間', '当地时间', '현지 시간', '현지시간'];

/** Names that are zones in lower case too. All others are words then: "et", "met", "est". */
const inAnyCase = ['UTC', 'GMT', 'CET', 'CEST', 'MEZ', 'MESZ', 'JST', 'KST', 'ZULU'];

const names = [...Object.keys(fixed), ...Object.keys(places), ...Object.keys(ambiguous)];
const regions = 'africa|america|antarctica|asia|atlantic|australia|europe|indian|pacific|etc';

/** A zone at a position of a folded text. The first group is a name, the others are written out. */
export const zonePattern = new RegExp(
  [
    `(?:${anyOf([...Object.keys(phrases), ...localPhrases])})(?![a-z])`,
    `(${anyOf(names.map((name) => name.toLowerCase()))})(?: time)?(?![a-z0-9])`,
    String.raw`(?:${regions})/[a-z]{2,20}(?:[_ /-][a-z]{2,20}){0,2}(?:[+-]\d{1,2})?(?![a-z])`,
    '[a-z]{3,20}(?: [a-z]{3,20})? time(?![a-z])',
  ].join('|'),
  'y',
);

/**
 * The zone that a name stands for. `written` has the case of the text. Undefined for a word that is
 * no zone.
 */
export function zoneNamed(written: string): WrittenZone | undefined {
  const name = written.replace(/ time$/i, '');
  const upper = name.toUpperCase();
  if (name !== upper && !inAnyCase.includes(upper)) return undefined;
  const [hours, at] = fixed[upper] ?? [];
  if (hours !== undefined) return { kind: 'offset', name: upper, minutes: hours * 60, ...(at !== undefined && { at }) };
  const place = places[upper];
  if (place !== undefined) return { kind: 'place', name: upper, place };
  const meanings = ambiguous[upper];
  return meanings === undefined ? undefined : { kind: 'ambiguous', name: upper, meanings };
}

/** As `zoneNamed`, for a zone written out or as a name of the IANA database. */
export function zoneWrittenOut(folded: string, written: string): WrittenZone | undefined {
  if (localPhrases.includes(folded)) return { kind: 'local', name: written };
  const phrase = phrases[folded];
  if (/^[a-z]+$/.test(written)) return undefined; // "pacific" is a word, "Pacific" a zone
  if (phrase !== undefined) return phrase.includes('/') ? { kind: 'place', name: written, place: phrase } : zoneNamed(phrase);
  const place = folded.endsWith(' time') ? placeOfCity(folded.slice(0, -5)) : placeNamed(written.trim().replaceAll(' ', '_'));
  return place === undefined ? undefined : { kind: 'place', name: written, place };
}

let cities: ReadonlyMap<string, string> | undefined;
/** "berlin", "new york": the last part of a name of the IANA database. */
function placeOfCity(city: string): string | undefined {
  cities ??= new Map(Intl.supportedValuesOf('timeZone').map((name) => [cityOf(name), name]));
  return cities.get(city);
}
const cityOf = (name: string): string =>
  name
    .slice(name.lastIndexOf('/') + 1)
    .replaceAll('_', ' ')
    .toLowerCase();

function placeNamed(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
