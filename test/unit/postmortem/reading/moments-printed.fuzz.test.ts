import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { readDay } from '../../../../core/postmortem/reading/moments/dates.ts';
import { findMoments } from '../../../../core/postmortem/reading/moments/find-moments.ts';
import { readMoments } from '../../../../core/postmortem/reading/moments/read-moments.ts';
import { toInstant } from '../../../../core/shared/instant.ts';
import { tries } from '../../../support/hostile/fuzz.ts';

type Printer = (time: Temporal.ZonedDateTime) => string;

const two = (n: number) => String(n).padStart(2, '0');
const inLanguage =
  (locale: string, options: Intl.DateTimeFormatOptions): Printer =>
  (time) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(Date.UTC(time.year, time.month - 1, time.day)));
const longDay: Intl.DateTimeFormatOptions = { dateStyle: 'long' };
const fullDay: Intl.DateTimeFormatOptions = { dateStyle: 'full' };

/** Days in the forms of ten languages, as the platform prints them. */
const days: readonly (readonly [string, Printer])[] = [
  ['ISO', (time) => time.toPlainDate().toString()],
  ['slashes', (time) => time.toPlainDate().toString().replaceAll('-', '/')],
  ['compact', (time) => time.toPlainDate().toString().replaceAll('-', '')],
  ['dots', (time) => `${two(time.day)}.${two(time.month)}.${time.year}`],
  ...['en-US', 'en-GB', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'ja', 'zh', 'ko'].flatMap((locale) => [
    [`${locale} long`, inLanguage(locale, longDay)] as const,
    [`${locale} full`, inLanguage(locale, fullDay)] as const,
  ]),
  ...['en-US', 'en-GB', 'de', 'fr', 'es'].map(
    (locale) => [`${locale} medium`, inLanguage(locale, { year: 'numeric', month: 'short', day: 'numeric' })] as const,
  ),
];

const clocks: readonly (readonly [string, Printer])[] = [
  ['24 hours', (time) => `${two(time.hour)}:${two(time.minute)}`],
  ['one digit', (time) => `${time.hour}:${two(time.minute)}`],
  ['seconds', (time) => `${two(time.hour)}:${two(time.minute)}:00`],
  ['am and pm', (time) => `${time.hour % 12 || 12}:${two(time.minute)} ${time.hour < 12 ? 'AM' : 'PM'}`],
  ['h', (time) => `${time.hour}h${two(time.minute)}`],
  ['Uhr', (time) => `${two(time.hour)}:${two(time.minute)} Uhr`],
];

const zones: readonly (readonly [string, Printer, string])[] = [
  ['none', () => '', 'UTC'],
  ['UTC', () => ' UTC', 'UTC'],
  ['brackets', () => ' (UTC)', 'UTC'],
  ['offset', (time) => ` ${time.offset}`, 'Asia/Kolkata'],
  ['UTC and offset', (time) => ` UTC${time.offset}`, 'America/New_York'],
  ['place', () => ' Europe/Berlin', 'Europe/Berlin'],
  ['PT', () => ' PT', 'America/Los_Angeles'],
  ['JST', () => ' JST', 'Asia/Tokyo'],
];

const minute = 60_000;
const instants = fc
  .integer({ min: Date.UTC(1990, 0, 1) / minute, max: Date.UTC(2040, 0, 1) / minute })
  .map((minutes) => Temporal.Instant.fromEpochMilliseconds(minutes * minute));
const of = <T>(all: readonly T[]) => fc.constantFrom(...all);

/** An hour that clocks show twice tells no single instant without an offset. */
const isTold = (time: Temporal.ZonedDateTime, zone: string): boolean =>
  ['offset', 'UTC and offset'].includes(zone) || time.toPlainDateTime().toZonedDateTime(time.timeZoneId).equals(time);

describe('an instant that was printed', () => {
  it.each(days)('is read again from its day as %s, with any clock and any zone', (_, printDay) => {
    fc.assert(
      fc.property(instants, of(clocks), of(zones), of([' ', ', ']), (instant, [, printClock], [zone, printZone, place], gap) => {
        const time = instant.toZonedDateTimeISO(place);
        fc.pre(isTold(time, zone));
        const text = `${printDay(time)}${gap}${printClock(time)}${printZone(time)}`;

        expect([text, readMoments(text, { zone: 'UTC' })]).toEqual([
          text,
          { kind: 'moments', start: toInstant(new Date(instant.epochMilliseconds)), zone: zone === 'none' ? 'assumed' : 'written' },
        ]);
      }),
      tries(0.5),
    );
  });

  it.each(days)('gives its day again from %s, alone, as a due day and in a sentence', (name, printDay) => {
    fc.assert(
      fc.property(instants, (instant) => {
        const time = instant.toZonedDateTimeISO('UTC');
        const text = printDay(time);
        const day = time.toPlainDate().toString();

        expect([text, readMoments(text, { zone: 'UTC' })]).toEqual([text, { kind: 'moments', start: day, zone: 'none' }]);
        expect([text, readDay(text, new Date(0))]).toEqual([text, day]);
        if (name !== 'compact')
          expect([text, findMoments(`It broke on ${text} for everybody.`, { zone: 'UTC' })?.found.start]).toEqual([text, day]);
      }),
      tries(0.5),
    );
  });

  it('and its end are read again from a range', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 1, max: 5000 }),
        of(days),
        of([' – ', ' - ', ' to ', ' → ']),
        (instant, minutes, [, printDay], till) => {
          const [start, end] = [instant, instant.add({ minutes })].map((one) => one.toZonedDateTimeISO('UTC'));
          if (start === undefined || end === undefined) throw new Error('two times are printed');
          const print = (time: Temporal.ZonedDateTime) => `${printDay(time)} ${two(time.hour)}:${two(time.minute)}`;
          const text = `${print(start)}${till}${print(end)} UTC`;

          expect([text, readMoments(text, { zone: 'Europe/Berlin' })]).toEqual([
            text,
            {
              kind: 'moments',
              start: toInstant(new Date(start.epochMilliseconds)),
              end: toInstant(new Date(end.epochMilliseconds)),
              zone: 'written',
            },
          ]);
        },
      ),
      tries(4),
    );
  });
});
