import { Temporal } from 'temporal-polyfill';
import { dayMs } from '../../../shared/duration.ts';
import { hasTime, type Moment, type PlainDate, toInstant } from '../../../shared/instant.ts';
import type { MomentContext, ReadMoments } from './moments.ts';
import type { WrittenClock, WrittenDay } from './pieces.ts';
import type { Side, Telling } from './tellings.ts';
import type { WrittenZone } from './zones.ts';

/** Why a text is unclear, thrown inside this module only. */
class Unclear extends Error {}

/** It was no time after all. */
class NoTime extends Error {}

/** The text that is read, and what was noted about it. */
interface Work {
  readonly text: string;
  readonly context: MomentContext;
  readonly remarks: Set<string>;
}

/**
 * The moments that the tellings of one text stand for. Several tellings must be the same moments,
 * or are unclear.
 */
export function resolveTellings(tellings: readonly Telling[], text: string, context: MomentContext): ReadMoments {
  const [first, ...others] = inStatedZone(tellings, context);
  if (first === undefined) return { kind: 'none' };
  try {
    const work: Work = { text, context, remarks: new Set() };
    const second = others[0];
    // An interval of ISO 8601: 2026-11-17T13:05Z/2026-11-17T13:31Z
    if (others.length === 1 && second?.isClose && first.sides.length === 1 && second.sides.length === 1) {
      const interval = resolved({ sides: [...first.sides, ...second.sides] }, work);
      return withRemarks(interval.end === interval.start ? { ...interval, end: undefined } : interval, work);
    }
    const told = resolved(first, work);
    for (const { sides } of others) {
      const [from, ...rest] = sides;
      if (from !== undefined) refuseContradiction(told.start, told, [onDayOf(first.sides[0], from), ...rest], work);
    }
    for (const { side, isOfEnd } of first.asides) {
      const moment = isOfEnd ? told.end : told.start;
      if (moment !== undefined) refuseContradiction(moment, told, [onDayOf(first.sides[0], side)], work);
    }
    return withRemarks(told, work);
  } catch (error) {
    if (error instanceof Unclear) return { kind: 'unclear', why: error.message };
    if (error instanceof NoTime) return { kind: 'none' };
    throw error;
  }
}

/** Times without a zone are in the one that the document states. */
function inStatedZone(tellings: readonly Telling[], { stated }: MomentContext): readonly Telling[] {
  const isZoned = tellings.some(({ sides, asides }) =>
    [...sides, ...asides.map(({ side }) => side)].some(({ zone }) => zone !== undefined),
  );
  if (stated === undefined || isZoned) return tellings;
  return tellings.map((telling) => ({
    ...telling,
    sides: telling.sides.map((side) => (side.clock === undefined ? side : { ...side, zone: stated })),
  }));
}

interface Resolved {
  readonly start: Moment;
  readonly end?: Moment | undefined;
  readonly zone: 'written' | 'assumed' | 'none';
}

const withRemarks = ({ start, end, zone }: Resolved, { remarks }: Work): ReadMoments => ({
  kind: 'moments',
  start,
  ...(end !== undefined && { end }),
  zone,
  ...(remarks.size > 0 && { remark: [...remarks].join(' ') }),
});

/** "2026-11-17 13:05 UTC / 14:05 CET": the second time is on the first one's day. */
function onDayOf(first: Side | undefined, side: Side): Side {
  if (side.readings !== undefined || first?.readings === undefined) return side;
  return { ...side, readings: first.readings, ...(first.year !== undefined && { year: first.year }) };
}

/**
 * Only times with a zone can contradict each other. The other may be on the day before or after.
 */
function refuseContradiction(moment: Moment, told: Resolved, sides: readonly Side[], work: Work): void {
  if (sides.some(({ zone }) => zone?.kind === 'unknown' || zone?.kind === 'ambiguous' || zone?.kind === 'local')) return;
  const other = resolved({ sides }, { ...work, remarks: new Set() });
  if (other.zone !== 'written' || told.zone !== 'written' || !hasTime(moment) || !hasTime(other.start)) return;
  const apart = Math.abs(Date.parse(moment) - Date.parse(other.start));
  if (apart % dayMs === 0 && apart <= 2 * dayMs) return;
  throw new Unclear(`"${work.text}" tells two different times, ${moment} and ${other.start}. Write one of them.`);
}

function resolved({ sides }: Pick<Telling, 'sides'>, work: Work): Resolved {
  const [first, last] = sides;
  if (first === undefined) throw new NoTime();
  for (const side of sides) refuseImpossible(side, work);
  if (last === undefined) return first.days === undefined ? resolvedOne(first, work) : resolvedDays(first, first.days, work);
  if (first.days !== undefined || last.days !== undefined) {
    throw new Unclear(`"${work.text}" tells more than one range of days. Write it as 2026-11-17 to 2026-11-19.`);
  }
  return resolvedRange(first, last, work);
}

function refuseImpossible(side: Side, { text }: Work): void {
  const quoted = text.slice(side.index, side.end);
  if (side.isNoClock) throw new Unclear(`"${quoted}" is no time of day that exists. Write it as 13:05.`);
  if (side.zone?.kind === 'offset or end') {
    throw new Unclear(`"${quoted}" may be a range or a time with an offset. Write 22:00 – 01:00 UTC or 22:00:00-01:00.`);
  }
  if (side.isMonth) throw new Unclear(`"${quoted}" names no day. Write dates as in 2026-11-17 13:05 UTC.`);
  if (side.readings?.length === 0) throw new Unclear(`"${quoted}" is no day that exists. Write dates as in 2026-11-17 13:05 UTC.`);
}

function resolvedOne(side: Side, work: Work): Resolved {
  const day = dayOfSide(side, work);
  const moment = momentOn(day, side.clock, side.zone, side, work);
  return { start: moment, zone: zoneSource([side], work) };
}

function resolvedDays(side: Side, { from, to }: { from: WrittenDay; to: WrittenDay }, work: Work): Resolved {
  const year = to.year ?? side.year;
  const known = (day: WrittenDay) => (year === undefined ? day : { ...day, year });
  const start = theDay([known(from)], undefined, side, work);
  const end = theDay([known(to)], undefined, side, work);
  return start < end ? { start, end, zone: 'none' } : { start, zone: 'none' };
}

function resolvedRange(first: Side, last: Side, work: Work): Resolved {
  const [a, b] = [inOrderOf(last, first), inOrderOf(first, last)];
  const [aClock, bClock] = sameHalf(a.clock, b.clock);
  const [aZone, bZone] = [a.zone ?? b.zone, b.zone ?? a.zone];
  const [aDay, bDay] = daysOfRange(a, b, isBefore(bClock, aClock), work);
  const start = momentOn(aDay, aClock, aZone, a, work);
  let end = momentOn(bDay, bClock, bZone, b, work);
  // Without a day of its own, an end that is earlier is on the next day.
  if (b.readings === undefined && hasTime(start) && hasTime(end) && Date.parse(end) < Date.parse(start)) {
    end = momentOn(plusDays(aDay, 1), bClock, bZone, b, work);
  }
  const zone = zoneSource([{ ...a, ...(aZone !== undefined && { zone: aZone }) }, b], work);
  if (start === end) return { start, zone };
  if (endsBefore(start, end)) {
    work.remarks.add(`"${work.text}" ends before it begins: only its beginning was taken.`);
    return { start, zone };
  }
  return { start, end, zone };
}

/** "11/12/2026 – 11/17/2026": where one end has one reading, it tells how to read the other. */
function inOrderOf(known: Side, side: Side): Side {
  const [reading, ...others] = known.readings ?? [];
  const order = others.length === 0 ? reading?.order : undefined;
  const fitting = side.readings?.filter((one) => one.order === order) ?? [];
  return order !== undefined && side.readings !== undefined && side.readings.length > 1 && fitting.length > 0
    ? { ...side, readings: fitting }
    : side;
}

const endsBefore = (start: Moment, end: Moment): boolean =>
  hasTime(start) && hasTime(end) ? Date.parse(end) < Date.parse(start) : end.slice(0, 10) < start.slice(0, 10);

const minutesOf = ({ hour, minute }: WrittenClock): number => hour * 60 + minute;
const isBefore = (a: WrittenClock | undefined, b: WrittenClock | undefined): boolean =>
  a !== undefined && b !== undefined && minutesOf(a) < minutesOf(b);

/**
 * "3–4pm" and "11–1pm": am or pm of one end holds for the other, as long as the range goes forward.
 */
function sameHalf(a: WrittenClock | undefined, b: WrittenClock | undefined): [WrittenClock | undefined, WrittenClock | undefined] {
  if (a === undefined || b === undefined) return [a, b];
  const [inMorning, inAfternoon] = [
    (clock: WrittenClock) => ({ ...clock, hour: clock.hour % 12 }),
    (clock: WrittenClock) => ({ ...clock, hour: (clock.hour % 12) + 12 }),
  ];
  if (a.half === undefined && b.half !== undefined && a.hour <= 12 && a.hour > 0) {
    const same = b.half === 'am' ? inMorning(a) : inAfternoon(a);
    return [isBefore(b, same) ? (b.half === 'am' ? inAfternoon(a) : inMorning(a)) : same, b];
  }
  if (a.half === 'pm' && b.half === undefined && b.hour < 12 && b.hour > 0) {
    return [a, isBefore(inAfternoon(b), a) ? b : inAfternoon(b)];
  }
  return [a, b];
}

/** The days of both ends. One that is missing is the other's, or the context's. */
function daysOfRange(a: Side, b: Side, isOverNight: boolean, work: Work): [PlainDate, PlainDate] {
  if (a.readings === undefined && b.readings === undefined) {
    const day = dayOfSide(a, work);
    return [day, day];
  }
  if (a.readings === undefined) {
    const day = dayOfSide(b, work);
    if (!isOverNight) return [day, day];
    return b.isDayFirst ? [plusDays(day, -1), day] : [day, plusDays(day, 1)];
  }
  if (b.readings === undefined) {
    const day = dayOfSide(b.year === undefined ? a : { year: b.year, ...a }, work);
    return [day, day];
  }
  const aYear = a.year ?? yearOf(a.readings);
  const bYear = b.year ?? yearOf(b.readings);
  if (aYear === undefined && bYear !== undefined) {
    const end = dayOfSide(b, work);
    const start = dayOfSide({ ...a, year: bYear }, work);
    return [start > end ? dayOfSide({ ...a, year: bYear - 1 }, work) : start, end];
  }
  const start = dayOfSide(a, work);
  if (bYear !== undefined) return [start, dayOfSide(b, work)];
  const sameYear = Number(start.slice(0, 4));
  const end = dayOfSide({ ...b, readings: b.readings.map((day) => ({ month: Number(start.slice(5, 7)), ...day })), year: sameYear }, work);
  if (end >= start) return [start, end];
  const isBareDay = b.readings.every(({ month }) => month === undefined);
  return [start, isBareDay ? nextMonth(end) : dayOfSide({ ...b, year: sameYear + 1 }, work)];
}
const yearOf = (readings: readonly WrittenDay[]): number | undefined => readings[0]?.year;

const plusDays = (day: PlainDate, days: number): PlainDate => Temporal.PlainDate.from(day).add({ days }).toString();
const nextMonth = (day: PlainDate): PlainDate => Temporal.PlainDate.from(day).add({ months: 1 }).toString();

function dayOfSide(side: Side, work: Work): PlainDate {
  const { text, context } = work;
  if (side.readings === undefined) {
    if (context.day !== undefined) return context.day;
    if (side.clock === undefined || side.clock.isWeak) throw new NoTime();
    const quoted = text.slice(side.index, side.end);
    throw new Unclear(`"${quoted}" has no day. Write it with its day, as in 2026-11-17 13:05 UTC.`);
  }
  const year = side.year;
  const readings = year === undefined ? side.readings : side.readings.map((day) => ({ year, ...day }));
  return theDay(readings, side.weekday, side, work);
}

/** The one day that the readings leave. */
function theDay(readings: readonly WrittenDay[], weekday: number | undefined, side: Side, work: Work): PlainDate {
  const quoted = work.text.slice(side.index, side.end);
  const candidates = inOrder(readings, work).flatMap((written) => calendarDay(written, work.context) ?? []);
  const [first] = candidates;
  if (first === undefined) {
    const isYearless = readings.some(({ year }) => year === undefined);
    const flaw = isYearless
      ? 'has no year. Write it with its year, as in 2026-11-17.'
      : 'is no day that exists. Write dates as in 2026-11-17 13:05 UTC.';
    throw new Unclear(`"${quoted}" ${flaw}`);
  }
  const fitting = candidates.filter((day) => weekday === undefined || weekdayOf(day) === weekday);
  const left = fitting.length > 0 ? fitting : candidates;
  const [day = first, ...others] = left;
  if (others.length > 0) {
    const all = left.join(' or ');
    throw new Unclear(`"${quoted}" may be ${left.map(inWords).join(' or ')}. Write ${all}.`);
  }
  if (readings.length > candidates.length && weekday === undefined) {
    work.remarks.add(
      `"${quoted}" was taken as ${day}, because other dates of the document, or its language, have the ${work.context.order}.`,
    );
  }
  if (fitting.length === 0) {
    work.remarks.add(`"${quoted}" is a ${weekdayWords[weekdayOf(day) - 1]}: the day was taken as ${day}.`);
  }
  return day;
}

/** The readings in the order that the document has. */
function inOrder(readings: readonly WrittenDay[], { context }: Work): readonly WrittenDay[] {
  const fitting = readings.filter(({ order }) => order === context.order);
  return readings.length > 1 && context.order !== undefined && fitting.length > 0 ? fitting : readings;
}

const weekdayWords = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const monthWords = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const inWords = (day: PlainDate): string => `${Number(day.slice(8))} ${monthWords[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;
const weekdayOf = (day: PlainDate): number => new Date(day).getUTCDay() || 7;

/**
 * The day in the calendar. Undefined if its month or year is not known, or if it does not exist.
 */
function calendarDay({ year, month, day }: WrittenDay, { near, day: contextDay }: MomentContext): PlainDate | undefined {
  if (month === undefined) return undefined;
  if (year !== undefined) return existing(year, month, day);
  const anchor = contextDay ?? near?.toISOString().slice(0, 10);
  if (anchor === undefined) return undefined;
  const from = Number(anchor.slice(0, 4));
  const distance = (candidate: PlainDate) => Math.abs(Date.parse(candidate) - Date.parse(anchor));
  return [from - 1, from, from + 1].flatMap((y) => existing(y, month, day) ?? []).toSorted((a, b) => distance(a) - distance(b))[0];
}

const firstYear = 1600;
/** A day of the calendar as text, or undefined if there is none. */
export function existing(year: number, month: number, day: number): PlainDate | undefined {
  if (year < firstYear || month < 1 || month > 12 || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function momentOn(day: PlainDate, clock: WrittenClock | undefined, zone: WrittenZone | undefined, side: Side, work: Work): Moment {
  if (clock === undefined) return day;
  const minutes = minutesAhead(zone, work.context.zone);
  const place = zone?.kind === 'place' ? zone.place : work.context.zone;
  const milliseconds = minutes === undefined ? inPlace(day, clock, place) : inUtc(day, clock) - minutes * 60_000;
  noteZone(zone, milliseconds, work.text.slice(side.index, side.end), work);
  return toInstant(new Date(milliseconds));
}

/** Reads 24:00 as the midnight that follows. */
const inUtc = (day: PlainDate, { hour, minute, second, millisecond }: WrittenClock): number =>
  Date.parse(day) + ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;

function inPlace(day: PlainDate, clock: WrittenClock, place: string): number {
  if (place === 'UTC') return inUtc(day, clock);
  const local = Temporal.PlainDateTime.from(new Date(inUtc(day, clock)).toISOString().slice(0, -1));
  return local.toZonedDateTime(place, { disambiguation: 'compatible' }).epochMilliseconds;
}

function minutesAhead(zone: WrittenZone | undefined, own: string): number | undefined {
  if (zone?.kind === 'offset') return zone.minutes;
  return zone?.kind === 'ambiguous' ? zone.meanings.find(({ places }) => places.includes(own))?.minutes : undefined;
}

/** Notes what a reader must know about a zone that is not plainly right. */
function noteZone(zone: WrittenZone | undefined, milliseconds: number, quoted: string, { context, remarks }: Work): void {
  if (zone?.kind === 'unknown') {
    remarks.add(
      `"${zone.name}" in "${quoted}" is no time zone that we know: it was read in ${context.zone}. Write the offset, as in +01:00.`,
    );
  }
  if (zone?.kind === 'ambiguous' && minutesAhead(zone, context.zone) === undefined) {
    remarks.add(`"${zone.name}" in "${quoted}" has several meanings: it was read in ${context.zone}. Write the offset, as in +01:00.`);
  }
  if (zone?.kind === 'offset' && zone.at !== undefined) {
    const there = Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(zone.at);
    if (there.offsetNanoseconds !== zone.minutes * 60e9) {
      remarks.add(
        `"${zone.name}" in "${quoted}" is UTC${printed(zone.minutes)}, but ${zone.at} had UTC${there.offset} then: it was read as UTC${printed(zone.minutes)}.`,
      );
    }
  }
}
const printed = (minutes: number): string =>
  `${minutes < 0 ? '-' : '+'}${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`;

function zoneSource(sides: readonly Side[], { context }: Work): Resolved['zone'] {
  const timed = sides.filter(({ clock }) => clock !== undefined);
  if (timed.length === 0) return 'none';
  const isWritten = ({ zone }: Side): boolean =>
    zone?.kind === 'place' || zone?.kind === 'offset' || minutesAhead(zone, context.zone) !== undefined;
  const written = sides.find(({ zone }) => zone !== undefined);
  return written !== undefined && isWritten(written) ? 'written' : 'assumed';
}
