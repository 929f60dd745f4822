import { anyOf, folded, months, weekdays } from './calendar-words.ts';
import type { DateOrder } from './moments.ts';
import { type WrittenZone, zoneNamed, zonePattern, zoneWrittenOut } from './zones.ts';

/** A day as written. What is not written is missing. */
export interface WrittenDay {
  readonly year?: number;
  readonly month?: number;
  readonly day: number;
  /** Which of two numbers was taken for the month. */
  readonly order?: DateOrder;
}
export interface WrittenClock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Whether am or pm is written, or was. Until it is known, 3 may be 15. */
  readonly half?: 'am' | 'pm';
  /** Hours only count as written with am or pm from elsewhere: the 3 of "3-4pm". */
  readonly needsHalf?: true;
  /** Also something else in prose: `13.05`, `1305`, `13h`. */
  readonly isWeak?: true;
}

/** What a piece of text says about time. */
export type Told =
  /** Every reading of a day, of which one is right. None: no such day exists. */
  | { readonly kind: 'day'; readonly readings: readonly WrittenDay[]; readonly isWeak?: true }
  | { readonly kind: 'days'; readonly from: WrittenDay; readonly to: WrittenDay }
  | { readonly kind: 'year'; readonly year: number }
  /** A month without a day. */
  | { readonly kind: 'month' }
  | { readonly kind: 'weekday'; readonly weekday: number }
  | { readonly kind: 'clock'; readonly clock: WrittenClock | undefined }
  | { readonly kind: 'zone'; readonly zone: WrittenZone }
  /** Words that say nothing: "on", "at", "approx.". */
  | { readonly kind: 'filler'; readonly leads?: true }
  /** "from", "between", "since". */
  | { readonly kind: 'opener' }
  /** Divides the ends of a range. `isLoose`: unless no second end follows ("à", "and", "~"). */
  | { readonly kind: 'to'; readonly isLoose?: 'word' | 'sign' }
  /** `/` and `=`: the same moment told again. */
  | { readonly kind: 'again' }
  /** "ongoing", "now". */
  | { readonly kind: 'open' }
  | { readonly kind: 'bracket'; readonly opens: boolean }
  | { readonly kind: 'word' };
export type Piece = Told & { readonly index: number; readonly end: number };

type Groups = readonly (string | undefined)[];
interface Row {
  readonly form: RegExp;
  /** Only tried at a digit. */
  readonly isDigits: boolean;
  /** Undefined: it only looked like it, and the next rows are tried. */
  readonly told: (groups: Groups, place: Place) => Told | undefined;
}
interface Place {
  readonly text: string;
  readonly index: number;
  readonly end: number;
  readonly before: Piece | undefined;
  readonly original: string;
}

const row = (form: string, told: Row['told']): Row => ({
  form: new RegExp(form, 'y'),
  isDigits: /^\(*(?:\\d|\[01\]|\?:1)/.test(form),
  told,
});
const number = (digits: string | undefined): number => Number(digits ?? 0);

const year = String.raw`((?:1[6-9]|2\d)\d\d)(?!\d|[.h]\d)`;
const month = `(${anyOf(months.keys())})(?![a-z])\\.?`;
const day = String.raw`(\d{1,2})(?:st|nd|rd|th|er|ro|º|ª|°)?(?![\d:]|[.h]\d\d(?!\d))`;
const of = '(?: {0,3}[-/.,]? {0,3})(?:(?:of|de|do|del) {1,3})?(?:the )?';
const till = ' {0,3}(?:-{1,3}|[~/&]|auf(?: den)?|to|until|through|thru|and|bis|und|au|et|al?|y|e|ate) {0,3}';
const numberEnd = String.raw`(?![\d_]|[a-su-z]|[./-]\d)`;

const monthOf = (name: string | undefined): number => months.get(name ?? '') ?? 0;
const dayOf = (y: string | undefined, m: number, d: string | undefined): WrittenDay => ({
  ...(y !== undefined && { year: number(y) }),
  month: m,
  day: number(d),
});

const dayExists = ({ year: y = 2000, month: m = 1, day: d }: WrittenDay): boolean =>
  m >= 1 && m <= 12 && d >= 1 && d <= new Date(Date.UTC(y, m, 0)).getUTCDate();

const oneDay = (written: WrittenDay): Told => ({ kind: 'day', readings: [written].filter(dayExists) });
const days = (from: WrittenDay, to: WrittenDay): Told =>
  dayExists(from) && dayExists(to) ? { kind: 'days', from, to } : { kind: 'day', readings: [] };

/** The readings of three numbers. With dots the day is always first; two digits may be any year. */
function numeric(a: string, mark: string, b: string, c: string): Told {
  const readings =
    c.length === 4
      ? [dayFirst(dayOf(c, number(b), a)), ...(mark === '.' ? [] : [monthFirst(dayOf(c, number(a), b))])]
      : [dayOf(`20${c}`, number(b), a), dayOf(`20${c}`, number(a), b), dayOf(`20${a}`, number(b), c)];
  return { kind: 'day', readings: distinct(readings.filter(dayExists)) };
}
const dayFirst = (written: WrittenDay): WrittenDay => ({ ...written, order: 'day first' });
const monthFirst = (written: WrittenDay): WrittenDay => ({ ...written, order: 'month first' });
const isSame = (a: WrittenDay, b: WrittenDay): boolean => a.year === b.year && a.month === b.month && a.day === b.day;
const distinct = (readings: readonly WrittenDay[]): WrittenDay[] =>
  readings.filter((one, i) => readings.findIndex((other) => isSame(one, other)) === i);

function clock(h: string | undefined, m?: string, s?: string, fraction?: string, half?: string): WrittenClock | undefined {
  const hour = number(h);
  if (number(m) > 59 || number(s) > 60 || hour > 24 || (hour === 24 && number(m) > 0)) return undefined;
  const millisecond = number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  const written = { hour, minute: number(m), second: Math.min(number(s), 59), millisecond };
  if (half === undefined || hour > 12) return written;
  if (hour === 0 && half === 'p') return undefined;
  return { ...written, half: half === 'a' ? 'am' : 'pm', hour: (hour % 12) + (half === 'a' ? 0 : 12) };
}
const weak = (written: WrittenClock | undefined): Told | undefined =>
  written === undefined ? undefined : { kind: 'clock', clock: { ...written, isWeak: true } };

const half = String.raw`(?: ?([ap])\.? ?m\b\.?(?! ?\d{1,2}\.))`;
const asClock = '(?: ?(?:uhr|uur|hrs?|hs|hours|h)(?![a-z0-9]))?';
const halves: Readonly<Record<string, string>> = {
  ...{ 午前: 'a', 上午: 'a', 오전: 'a', 凌晨: 'a', 早上: 'a', 清晨: 'a', 새벽: 'a' },
  ...{ 午後: 'p', 下午: 'p', 오후: 'p', 晚上: 'p', 傍晚: 'p', 中午: 'p' },
};

/** The forms of time, in the order in which they are tried at a place. A new form is a row. */
const rows: readonly Row[] = [
  // Days
  row(String.raw`(\d{4})-(\d\d)-(\d\d)(?:/| ?--? ?)(\d\d)(?![\d:.h/-])`, ([y, m, d, last]) =>
    number(last) > number(d) ? days(dayOf(y, number(m), d), dayOf(y, number(m), last)) : undefined,
  ),
  row(String.raw`(\d{4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,2})\.?(?![\d_]|[a-su-z]|\.\d|-\d{1,2}(?![:\d])|/\d(?!\d{3}))`, ([y, , m, d]) =>
    oneDay(dayOf(y, number(m), d)),
  ),
  row(String.raw`((?:1[6-9]|2\d)\d\d)(\d\d)(\d\d)(?![\d_]|[a-su-z]|[./-]\d)`, ([y, m, d]) => {
    const written = dayOf(y, number(m), d);
    return dayExists(written) ? oneDay(written) : undefined;
  }),
  row(String.raw`(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d\d)${numberEnd}`, ([a = '', mark = '', b = '', c = '']) => numeric(a, mark, b, c)),
  row(String.raw`(\d{1,2})\.?${till}(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})${numberEnd}`, ([from, to, m, y]) =>
    number(from) < number(to) ? days(dayOf(y, number(m), from), dayOf(y, number(m), to)) : undefined,
  ),
  row(String.raw`${day}\.?${till}${day}\.?${of}${month}(?:${of}${year})?`, ([from, to, m, y]) =>
    days(dayOf(y, monthOf(m), from), dayOf(y, monthOf(m), to)),
  ),
  row(String.raw`${month}${of}${day}${till}${day}(?:,? {0,3}${year})?(?! ?(?:${anyOf(months.keys())})\b)`, ([m, from, to, y]) =>
    days(dayOf(y, monthOf(m), from), dayOf(y, monthOf(m), to)),
  ),
  row(`${year}${of}${month}${of}${day}`, ([y, m, d]) => oneDay(dayOf(y, monthOf(m), d))),
  row(String.raw`(\d{1,2})-(${anyOf(months.keys())})-(\d\d)(?![\d:])`, ([a, m, c]) => ({
    kind: 'day',
    readings: [dayOf(`20${c}`, monthOf(m), a), dayOf(`20${a}`, monthOf(m), c)].filter(dayExists),
  })),
  row(String.raw`(\d{1,2})/(${anyOf(months.keys())})/(\d{4}|\d\d)(?![\d:])`, ([d, m, y = '']) =>
    oneDay(dayOf(y.length === 2 ? `20${y}` : y, monthOf(m), d)),
  ),
  row(String.raw`${day}\.?${of}${month}(?:${of}${year})?`, ([d, m, y]) => oneDay(dayOf(y, monthOf(m), d))),
  row(`${month}${of}${day}(?:,?${of}${year})?`, ([m, d, y]) => oneDay(dayOf(y, monthOf(m), d))),
  row(String.raw`(?:(\d{4}) ?[年년] ?)?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일号號]`, ([y, m, d]) => oneDay(dayOf(y, number(m), d))),
  row(String.raw`(\d{1,2}) ?[日일号號]`, ([d]) => ({ kind: 'day', readings: [{ day: number(d) }].filter(dayExists) })),
  row(String.raw`(\d{1,2})\. ?(\d{1,2})\.(?!\d)`, ([d, m]) => ({ ...oneDay(dayOf(undefined, number(m), d)), isWeak: true })),
  row(String.raw`(\d{1,2})/(\d{1,2})(?![\d_a-z/.])`, ([a = '', b = '']) =>
    a === '24' && b === '7'
      ? undefined
      : {
          kind: 'day',
          readings: distinct([dayOf(undefined, number(b), a), dayOf(undefined, number(a), b)].filter(dayExists)),
          isWeak: true,
        },
  ),
  row(`${month}(?:${of})${year}`, () => ({ kind: 'month' })),
  row(String.raw`\d{4}-\d\d(?![\d:-])`, () => ({ kind: 'month' })),
  row(String.raw`\d{4} ?[年년] ?\d{1,2} ?[月월]`, () => ({ kind: 'month' })),
  row(`(${anyOf(weekdays.keys())})(?![a-z])\\.?`, ([name]) => ({ kind: 'weekday', weekday: weekdays.get(name ?? '') ?? 0 })),
  row(String.raw`(?:mo|di|mi|do|fr|sa|so)(?:\.,?|,)(?= ?\d)`, () => ({ kind: 'filler' })),
  row(String.raw`[月火水木金土日월화수목금토일](?=\))`, (_, { text, index }) => ({
    kind: 'weekday',
    weekday: oneLetterWeekday(text[index]),
  })),
  // Times of day
  row(String.raw`(${Object.keys(halves).join('|')}) ?(\d{1,2}):(\d\d)(?::(\d\d))?(?!\d)`, ([part = '', h, m, s]) => ({
    kind: 'clock',
    clock: clock(h, m, s, undefined, halves[part]),
  })),
  row(
    String.raw`(?:(${Object.keys(halves).join('|')}) ?)?(\d{1,2}) ?[時时点點시] ?(?:(\d{1,2}) ?[分분]|(半|반))?(?: ?(\d{1,2}) ?[秒초])?`,
    ([part = '', h, m, halfPast, s]) => ({ kind: 'clock', clock: clock(h, halfPast === undefined ? m : '30', s, undefined, halves[part]) }),
  ),
  row(String.raw`t?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?${half}?(?![\d:])${asClock}`, ([h, m, s, fraction, part]) => ({
    kind: 'clock',
    clock: clock(h, m, s, fraction, part),
  })),
  row(String.raw`t(\d\d)(\d\d)(\d\d)?(?:[.,](\d{1,9}))?(?!\d)`, ([h, m, s, fraction]) => ({
    kind: 'clock',
    clock: clock(h, m, s, fraction),
  })),
  row(String.raw`(\d{1,2})(?:\.(\d\d))?${half}`, ([h, m, part]) =>
    number(h) > 12 ? undefined : { kind: 'clock', clock: clock(h, m, undefined, undefined, part) },
  ),
  row(String.raw`(\d{1,2})(?:[.:](\d\d))?(?:\.(\d\d))? ?uhr(?: ?([0-5]\d)(?![\d.:]))?(?![a-z])`, ([h, m, s, after]) => ({
    kind: 'clock',
    clock: clock(h, m ?? after, s),
  })),
  row(String.raw`(\d{1,2}) ?h(?: ?(\d\d)(?: ?m(?:in)?)?)?(?![a-z0-9])`, ([h, m]) => weak(clock(h, m))),
  row(String.raw`([01]\d|2[0-3])([0-5]\d)(?= ?(?:utc|gmt|z|hrs|hours|h|uhr)(?![a-z0-9]))(?: ?(?:hrs|hours|h|uhr))?`, ([h, m]) => ({
    kind: 'clock',
    clock: clock(h, m),
  })),
  row(String.raw`((?:19|20)\d\d)(?!\d|[.h]\d)`, ([y]) => ({ kind: 'year', year: number(y) })),
  row(String.raw`([01]\d|2[0-3])([0-5]\d)(?![\d.,:/-]\d|\d)`, ([h, m]) => weak(clock(h, m))),
  row(String.raw`(\d{1,2})\.(\d\d)(?:\.(\d\d))?(?!\d|\.\d)`, ([h, m, s]) => weak(clock(h, m, s))),
  row(String.raw`(\d{1,2})(?= ?(?:-|~|to|until|and) ?\d{1,2}(?::\d\d)? ?[ap]\.?m)`, ([h]) => {
    const written = clock(h);
    return written === undefined || written.hour > 12 ? undefined : { kind: 'clock', clock: { ...written, needsHalf: true } };
  }),
  row('(?:noon|midday|正午|정오)(?![a-z])', () => ({ kind: 'clock', clock: clock('12') })),
  // Zones
  row(String.raw`(utc|gmt)? ?([+-]) ?(\d{1,2})(?::?(\d\d))?(?:h(?![a-z0-9])|\b|(?![\d:]))`, offset),
  {
    form: zonePattern,
    isDigits: false,
    told: ([name], { text, index, end, original }) => {
      const zone = name === undefined ? zoneWrittenOut(text.slice(index, end), original) : zoneNamed(original);
      return zone === undefined ? undefined : { kind: 'zone', zone };
    },
  },
  // Words between
  row(
    String.raw`(?:ongoing|present|now|today|current|still open|to date|tb[acd]|n/?a|none|unknown|heute|andauernd|laufend|en cours|hoy|\?+)(?![a-z])`,
    () => ({
      kind: 'open',
    }),
  ),
  row(
    String.raw`(?:to|until|till|thru|through|bis(?: zum)?|jusqu'(?:a|au)|au|hasta|al|ate|fino a|tot)(?![a-z])|から|부터|至|到|[-=]+>|[→⇒➔]|\.{2,3}|…|-{1,3}`,
    () => ({ kind: 'to' }),
  ),
  row('(?:and|und|et|y|e|a|as|en)(?![a-z])|&', () => ({ kind: 'to', isLoose: 'word' })),
  row('~', () => ({ kind: 'to', isLoose: 'sign' })),
  row(
    '(?:from|between|von|zwischen|vom|du|de|del|desde|entre|das|dal|tra|since|starting|started|begann|ab|seit|depuis|van|tussen)(?![a-z])|自|从|從',
    () => ({ kind: 'opener' }),
  ),
  row(
    String.raw`(?:on|at|the|am|um|le|el|les|la|las|los|l'|em|no|na|il|den|der|dem|op|om|gegen|shortly|just|approximately|approx|around|about|roughly|circa|ca|c|etwa|ungefahr|vers|environ|hacia|cerca de|aproximadamente|ore|in|of|early|late|morning|afternoon|evening|night|nacht|morgens?|abends?|matin|soir|noche|tarde|noite|all times|times|are|date|time(?: ?zone)?|hrs|hours|uhr|o'clock|day)(?![a-z])\.?|まで|까지|に|頃|ごろ|경|左右|约|約|에`,
    () => ({ kind: 'filler', leads: true }),
  ),
  row('[/=]', () => ({ kind: 'again' })),
  row('[([]', () => ({ kind: 'bracket', opens: true })),
  row('[)\\]]', () => ({ kind: 'bracket', opens: false })),
  row('[,;:|·•@≈.{}]', () => ({ kind: 'filler' })),
];
const blanks = / +/y;
/** Whatever is written together, without the marks at its end. */
const word = /[^ ()[\],;]*[^ ()[\],;:.!?]|./y;

const oneLetterWeekday = (letter = ''): number => '月火水木金土日'.indexOf(letter) + 1 || '월화수목금토일'.indexOf(letter) + 1;

/** An offset from UTC: behind "UTC", in brackets, or behind a clock. */
function offset([name, sign, hours, minutes]: Groups, place: Place): Told | undefined {
  const { before, text, index, end, original } = place;
  const ahead = number(hours) * 60 + number(minutes);
  if (ahead > 14 * 60 || number(minutes) > 59) return undefined;
  const told: Told = { kind: 'zone', zone: { kind: 'offset', name: original.trim(), minutes: sign === '-' ? -ahead : ahead } };
  if (name !== undefined || (before?.kind === 'bracket' && before.opens && minutes !== undefined)) return told;
  if (before?.kind !== 'clock' || before.clock === undefined || hours?.length !== 2) return undefined;
  if (sign === '+') return told;
  // A longer dash is that of a range, and so is one with a gap or a zone behind it.
  if (!/^[-−]\d/.test(original) || ahead > 12 * 60 || ![0, 30].includes(number(minutes))) return undefined;
  const written = text.slice(before.index, before.end);
  if (written.startsWith('t') || /:\d\d:/.test(written) || (minutes !== undefined && !original.includes(':'))) return told;
  if (/^[ (]{0,3}[a-z]/.test(text.slice(end, end + 4))) return undefined;
  const later = (ahead - before.clock.hour * 60 - before.clock.minute + 24 * 60) % (24 * 60);
  if (later > 12 * 60) return told;
  const isEvening = ahead < before.clock.hour * 60;
  return isEvening || before.end < index ? { kind: 'zone', zone: { kind: 'offset or end', name: original } } : undefined;
}

/** "2010" is ten past eight in the evening where the day is known. Undefined for 2099. */
export function clockOfYear(year: number): WrittenClock | undefined {
  return clock(String(Math.floor(year / 100)), String(year % 100));
}

/**
 * The pieces of a text, in order and without gaps but blanks. Takes time in proportion to its
 * length.
 */
export function piecesOf(original: string): Piece[] {
  const text = folded(original);
  const pieces: Piece[] = [];
  for (let index = 0; index < text.length; ) {
    blanks.lastIndex = index;
    if (blanks.test(text)) index = blanks.lastIndex;
    if (index >= text.length) break;
    const piece = pieceAt(text, index, pieces.at(-1), original);
    pieces.push(piece);
    index = piece.end;
  }
  return pieces;
}

function pieceAt(text: string, index: number, before: Piece | undefined, original: string): Piece {
  const isDigit = /\d/.test(text[index] ?? '');
  for (const { form, isDigits, told } of rows) {
    if (isDigits && !isDigit) continue;
    form.lastIndex = index;
    const found = form.exec(text);
    if (found === null || found[0] === '') continue;
    const end = index + found[0].length;
    const said = told(found.slice(1), { text, index, end, before, original: original.slice(index, end) });
    if (said !== undefined) return { ...said, index, end };
  }
  word.lastIndex = index;
  word.exec(text);
  return { kind: 'word', index, end: Math.max(index + 1, word.lastIndex) };
}
