import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { clockChanges, lastDue, lastLeftOut, nextDue, nextMade } from '../../../core/calendar/due.ts';
import { weekdays } from '../../../core/calendar/schedule.ts';
import { cronOf } from '../../../lib/constructs/schedules.ts';
import { occurrencesOf } from '../../../local/scheduler/occurrences.ts';

const weekly = (on: (typeof weekdays)[number], at: string, zone: string) => ({ every: 'week', on, at, zone }) as const;
const iso = (date: Date | undefined) => date?.toISOString();

const quarterMs = 15 * 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();
/** `2026-03-29 sunday 02:30` on the wall. */
function wall(at: number, zone: string) {
  const key = `${zone} ${at}`;
  const known = walls.get(key) ?? wallAt(at, zone);
  walls.set(key, known);
  return known;
}
const walls = new Map<string, ReturnType<typeof wallAt>>();
function wallAt(at: number, zone: string) {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit', weekday: 'long', hour: '2-digit', minute: '2-digit' } as const;
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23', timeZone: zone });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { day: `${part.year}-${part.month}-${part.day}`, weekday: part.weekday?.toLowerCase(), time: `${part.hour}:${part.minute}` };
}

/**
 * What AWS documents of EventBridge Scheduler, by looking at every quarter of an hour on the wall:
 * a time that is not there is passed over, one that comes twice runs once. Which of the two it runs
 * is not documented; the first is what we name an edition's due instant after.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
function documented({ on, at, zone }: ReturnType<typeof weekly>, from: number, until: number): number[] {
  const runs = new Map<string, number>();
  for (let n = Math.ceil(from / quarterMs) * quarterMs; n <= until; n += quarterMs) {
    const { day, weekday, time } = wall(n, zone);
    if (weekday === on && time === at && !runs.has(day)) runs.set(day, n);
  }
  return [...runs.values()];
}

/**
 * Half an hour on Lord Howe, midnight in Asuncion and Cairo, a day that Samoa never had, hours and
 * quarters elsewhere.
 */
const changes = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['America/Asuncion', '2023-10-01T04:00:00Z'],
  ['America/Asuncion', '2024-03-24T03:00:00Z'],
  ['Africa/Cairo', '2026-04-23T22:00:00Z'],
  ['Africa/Cairo', '2026-10-29T21:00:00Z'],
  ['America/St_Johns', '2026-03-08T05:30:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['Asia/Kathmandu', '2026-03-29T01:00:00Z'],
] as const;

describe('a schedule around a change of the clocks', () => {
  /**
   * A weekday and a time within two hours of what the wall shows when the clocks change, there or
   * not, and an instant around that.
   */
  const aSchedule = fc
    .record({ change: fc.constantFrom(...changes), quarters: fc.integer({ min: -8, max: 8 }), away: fc.integer({ min: -9, max: 9 }) })
    .map(({ change: [zone, change], quarters, away }) => {
      const wanted = Temporal.Instant.from(change)
        .subtract({ minutes: 15 })
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
        .add({ minutes: 15 * quarters });
      const schedule = weekly(weekdays[wanted.dayOfWeek - 1] ?? 'monday', wanted.toPlainTime().toString({ smallestUnit: 'minute' }), zone);
      return { schedule, change: Date.parse(change), now: Date.parse(change) + away * 20 * 60_000 };
    });

  it('is due when EventBridge Scheduler and the local one run it, and at no other time', () => {
    fc.assert(
      fc.property(aSchedule, ({ schedule, now }) => {
        const { zone } = schedule;
        const plan = { name: 's', arn: 'a', expression: cronOf(schedule), zone, enabled: true, targetArn: 't', roleArn: 'r', input: '{}' };
        const local = occurrencesOf(plan, new Date(0));
        const runs = documented(schedule, now - 16 * 86_400_000, now + 16 * 86_400_000);
        const [last, next] = [runs.findLast((run) => run <= now), runs.find((run) => run > now)].map(
          (run) => run && new Date(run).toISOString(),
        );
        expect([iso(lastDue(schedule, new Date(now))), iso(nextDue(schedule, new Date(now)))]).toEqual([last, next]);
        expect([iso(local.latest(new Date(0), new Date(now))), iso(local.after(new Date(now)))]).toEqual([last, next]);
      }),
      { numRuns: 150, seed: 20260329 },
    );
  });

  it('has an edition made in each of its weeks, at its time or in its place', () => {
    fc.assert(
      fc.property(aSchedule, ({ schedule, change }) => {
        let made = new Date(change - 15 * 86_400_000);
        for (let week = 0; week < 4; week += 1) {
          const next = nextMade(schedule, made) ?? expect.fail('never');
          expect([iso(lastDue(schedule, next)), iso(lastLeftOut(schedule, next))]).toContain(iso(next));
          if (week > 0) expect(Math.abs(next.getTime() - made.getTime() - 7 * 86_400_000)).toBeLessThanOrEqual(86_400_000);
          made = next;
        }
      }),
      { numRuns: 300, seed: 20260329 },
    );
  });
});

it.each([
  ['Europe/Berlin', 'sunday', '02:30', '2026-01-01', 'left out 2026-03-29T01:30:00.000Z', 'repeated 2026-10-25T00:30:00.000Z'],
  ['Australia/Lord_Howe', 'sunday', '02:15', '2026-01-01', 'left out 2026-10-03T15:45:00.000Z'],
  ['Australia/Lord_Howe', 'sunday', '01:45', '2026-01-01', 'repeated 2026-04-04T14:45:00.000Z'],
  ['Africa/Cairo', 'friday', '00:00', '2026-01-01', 'left out 2026-04-23T22:00:00.000Z'],
  ['Africa/Cairo', 'thursday', '23:15', '2026-01-01', 'repeated 2026-10-29T20:15:00.000Z'],
  ['America/Asuncion', 'sunday', '00:30', '2023-06-01', 'left out 2023-10-01T04:30:00.000Z'],
  ['Pacific/Apia', 'friday', '09:00', '2011-06-01', 'left out 2011-12-30T19:00:00.000Z'],
  ['Europe/Berlin', 'sunday', '09:00', '2026-01-01'],
  ['Europe/Berlin', 'monday', '02:30', '2026-01-01'],
  ['UTC', 'sunday', '02:30', '2026-01-01'],
] as const)('in %s on %s at %s meets these changes of a year', (zone, on, at, from, ...expected) => {
  const found = clockChanges(weekly(on, at, zone), new Date(from), 366);
  expect(found.map((change) => `${change.how} ${iso(change.at)}`)).toEqual(expected);
});

it('a day that a zone never had is not taken for the next one, which has the same hour', () => {
  const friday = weekly('friday', '09:00', 'Pacific/Apia');
  expect(iso(lastDue(friday, new Date('2012-01-02T00:00:00Z')))).toBe('2011-12-23T19:00:00.000Z');
});
