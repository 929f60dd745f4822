import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { nextMail } from '../../../core/preferences/next-mail.ts';
import type { SettingsChange } from '../../../core/preferences/settings-fields.ts';
import type { StreamName } from '../../../core/stream/stream.ts';
import { frequencyOf } from '../../../core/subscriber/slot.ts';
import type { Profile, Slot } from '../../../core/subscriber/subscriber.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { tries } from '../../support/hostile/fuzz.ts';
import { aHouse } from '../../support/preferences-simulation.ts';

const hour = 3600_000;
const week = 7 * 24 * hour;
const streams = ['engineering-digest', 'leadership-brief'] as const;

/**
 * With and without summer time, north and south, and with offsets of half and three quarter hours.
 */
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
];
const weekdays = ['monday', 'wednesday', 'saturday', 'sunday'];
const clocks = ['00:00', '02:00', '02:30', '09:00', '16:45'];
const weekly = fc.record({ every: fc.constant('week'), on: fc.constantFrom(...weekdays), at: fc.constantFrom(...clocks) });
const monthly = fc.record({ every: fc.constant('month'), on: fc.integer({ min: 1, max: 28 }), at: fc.constantFrom(...clocks) });
const distributions: fc.Arbitrary<Distribution> = fc
  .record({ zone: fc.constantFrom(...zones), digest: weekly, brief: fc.oneof(weekly, monthly) })
  .map(({ zone, digest, brief }) =>
    aDistribution({
      organisation: { name: 'Example Ltd', zone, domains: ['example.com'] },
      streams: { 'engineering-digest': { schedule: digest }, 'leadership-brief': { schedule: brief } },
    }),
  );

/**
 * Some weeks from here the clocks change somewhere, forward in the north in March, back in the
 * south in April, and the other way round.
 */
const starts = fc
  .constantFrom('2026-03-01', '2026-03-20', '2026-09-05', '2026-10-12', '2026-12-20', '2026-06-01')
  .map((day) => new Date(day));

const one = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const streamChanges = fc.record({
  frequency: one(['off', 'on', 'weekly', 'monthly', 'published']),
  weekday: one(['', '1', '3', '6', '7']),
  hour: one(['', '0', '2', '9', '23']),
});
interface Step {
  readonly afterMinutes: number;
  readonly stream: StreamName;
  readonly wish: { frequency?: string; weekday?: string; hour?: string };
  readonly zone: string | undefined;
  readonly pauseDays: number | undefined;
}
const steps: fc.Arbitrary<Step> = fc.record({
  // From the next minute to three weeks on; never on the minute at which something is due.
  afterMinutes: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 60, max: 3 * 7 * 24 * 60 })),
  stream: fc.constantFrom(...streams),
  wish: streamChanges.map((wish) => Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined))),
  zone: one(zones),
  pauseDays: fc.option(fc.constantFrom(0, 1, 6, 20), { nil: undefined, freq: 6 }),
});

const settings = (at: string) => ({ on: true, since: at, slots: [{ slot: 'default', at }] });
const aReader = (start: Date): Profile => {
  const at = new Date(start.getTime() - week).toISOString();
  return aProfile({ zone: 'Europe/Berlin', streams: { 'engineering-digest': settings(at), 'leadership-brief': settings(at) } });
};

/** What the reader wished, in order: kept apart from what the code under test keeps. */
interface Held {
  readonly at: number;
  readonly slot: Slot;
  readonly on: boolean;
  readonly pausedUntil: number;
}

it('what the page promises as the next mail is what is sent, and every edition comes once', async () => {
  await fc.assert(
    fc.asyncProperty(distributions, starts, fc.array(steps, { minLength: 1, maxLength: 9 }), async (distribution, start, walk) => {
      const house = aHouse(distribution, start);
      const reader = aReader(start);
      house.add(reader);
      const me = () => house.profiles.get(reader.sid) ?? reader;
      const promise = () => nextMail(me(), distribution, house.open(), house.now()).mail;
      const log = new Map(streams.map((stream) => [stream, [held(me(), stream, 0)]]));

      let promised = promise();
      let told = 0;
      /**
       * Nothing but a mail, or the reader, changes what was promised; two mails of one moment keep
       * one promise.
       */
      const keep = () => {
        const fresh = house.sent.slice(told);
        told = house.sent.length;
        if (fresh.length > 0) {
          expect(promised).toBeDefined();
          expect(new Set(fresh.map(({ at }) => at))).toEqual(new Set([Date.parse(promised?.at ?? '')]));
          expect(fresh.map(({ stream }) => stream)).toContain(promised?.stream);
          promised = promise();
        }
        expect(promised === undefined || Date.parse(promised.at) > house.now().getTime()).toBe(true);
        expect(promise()).toEqual(promised);
      };
      const wait = (until: number) => {
        house.advance(until, keep);
        keep();
      };

      for (const step of walk) {
        wait(house.now().getTime() + step.afterMinutes * 60_000 + 17_000);
        const outcome = await house.change(reader, changeOf(step, house.now()));
        if (outcome.kind === 'saved') for (const stream of streams) log.get(stream)?.push(held(me(), stream, house.now().getTime()));
        promised = promise();
      }
      wait(house.now().getTime() + 5 * week);

      expect(new Set(house.sent.map(({ edition }) => edition)).size).toBe(house.sent.length);
      for (const { edition, frequency, begun } of house.editions) {
        const stream = streams.find((known) => known === edition.stream);
        const wished = stream && whatWasWished(log.get(stream) ?? [], Date.parse(edition.cutoff), edition.waves ?? {}, stream, frequency);
        if (!wished || !begun.has(wished.slot)) continue;
        expect({ edition: edition.id, at: house.sent.find((mail) => mail.edition === edition.id)?.at }).toEqual({
          edition: edition.id,
          at: wished.comes ? wished.at : undefined,
        });
      }
    }),
    tries(),
  );
});

function changeOf({ stream, wish, zone, pauseDays }: Step, now: Date): SettingsChange {
  const day = (days: number) => new Date(now.getTime() + (days + 1) * 24 * hour).toISOString().slice(0, 10);
  const frequency = stream === 'leadership-brief' && wish.frequency !== undefined && wish.frequency !== 'off' ? { frequency: 'on' } : {};
  return {
    ...(Object.keys(wish).length > 0 && { streams: { [stream]: { ...wish, ...frequency } } }),
    ...(zone && { zone }),
    ...(pauseDays !== undefined && { pausedUntil: pauseDays === 0 ? '' : day(pauseDays) }),
  };
}

const held = ({ streams: chosen, snoozedUntil }: Profile, stream: StreamName, at: number): Held => ({
  at,
  slot: chosen[stream]?.slots.at(-1)?.slot ?? 'default',
  on: chosen[stream]?.on ?? false,
  pausedUntil: snoozedUntil ? Date.parse(snoozedUntil) : 0,
});

/**
 * Whether and when an edition should come, from the log of wishes alone; undefined where the reader
 * had it in another frequency.
 */
function whatWasWished(log: readonly Held[], cutoff: number, waves: Readonly<Record<Slot, string>>, stream: StreamName, frequency: string) {
  const at = (instant: number) => log.findLast((one) => one.at <= instant) ?? log[0];
  const then = at(cutoff);
  if (!then || (stream === 'engineering-digest' && frequencyOf(then.slot, stream) !== frequency)) return undefined;
  const due = waves[then.slot];
  if (due === undefined) throw new Error(`no wave for ${then.slot}`);
  const left = awayTimes(log).filter(({ from, to }) => to - from >= hour);
  const wasOff = left.some(({ from, to }) => from <= cutoff && cutoff < to) || left.some(({ to }) => to > cutoff && to <= Date.parse(due));
  const last = at(Math.max(Date.parse(due), cutoff));
  const comes = !wasOff && last?.on === true && last.pausedUntil <= Date.parse(due);
  return { slot: then.slot, at: Date.parse(due), comes };
}

/**
 * From switching off to switching on again; to come back within the hour is as if one had never
 * left.
 */
function awayTimes(log: readonly Held[]): { from: number; to: number }[] {
  const times: { from: number; to: number }[] = [];
  for (const { on, at } of log) {
    const last = times.at(-1);
    const isAway = last !== undefined && last.to === Number.POSITIVE_INFINITY;
    if (!on && !isAway) times.push({ from: at, to: Number.POSITIVE_INFINITY });
    if (on && isAway) times[times.length - 1] = { from: last.from, to: at };
  }
  return times;
}
