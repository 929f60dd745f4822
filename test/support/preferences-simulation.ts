import { nextMade } from '../../core/calendar/due.ts';
import { reasonToSkip } from '../../core/delivery/skip-reason.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { nextMonthlyMade } from '../../core/edition/occurrence.ts';
import type { OpenEdition } from '../../core/edition/open-edition.ts';
import { wavesOf } from '../../core/edition/waves.ts';
import { type ChangeDeps, changeSettings, type ReadersAct } from '../../core/preferences/change-settings.ts';
import type { SettingsChange } from '../../core/preferences/settings-fields.ts';
import { type Instant, isAfter } from '../../core/shared/instant.ts';
import type { Frequency, StreamName } from '../../core/stream/stream.ts';
import { frequencyOf, mostSlots } from '../../core/subscriber/slot.ts';
import type { Profile, Slot, SubscriberId } from '../../core/subscriber/subscriber.ts';
import { anEdition } from './delivery.ts';

export const asReader: ReadersAct = { way: 'page', wording: 'page-1', who: 'reader', through: 'page' };

export interface Sent {
  readonly edition: string;
  readonly stream: StreamName;
  readonly to: SubscriberId;
  readonly at: number;
}
interface Under {
  readonly edition: Edition;
  readonly frequency: Frequency;
  readonly begun: Set<Slot>;
}

/**
 * People, slots and editions in memory, with a clock. Composes when a schedule is due, begins waves
 * when they are due, and sends by deliver's own rules.
 */
export function aHouse(distribution: Distribution, start: Date) {
  const profiles = new Map<SubscriberId, Profile>();
  const rows = new Map<string, { since: Instant; puts: number }>();
  const registry = new Map<string, { since: Instant; puts: number }>();
  const audit: Readonly<Record<string, string | number>>[] = [];
  const races: (() => void)[] = [];
  const editions: Under[] = [];
  const sent: Sent[] = [];
  let clock = start.getTime();
  const put = (map: typeof rows, key: string, since: Instant) => {
    const row = map.get(key);
    map.set(key, row ? { ...row, puts: row.puts + 1 } : { since, puts: 1 });
  };
  const isAsSeen = (map: typeof rows, key: string, seen: { since: Instant; puts: number } | undefined) => {
    const row = map.get(key);
    return row !== undefined && row.since === seen?.since && row.puts === seen.puts;
  };

  const deps: ChangeDeps = {
    distribution,
    people: {
      readProfiles: async (people) => people.flatMap(({ sid }) => profiles.get(sid) ?? []),
      putSubscription: async (stream, slot, sid, since) => put(rows, `${stream} ${slot} ${sid}`, since),
      async writeProfile(profile, before) {
        races.shift()?.();
        if ((profiles.get(profile.sid)?.revision ?? 0) !== before) return false;
        profiles.set(profile.sid, profile);
        return true;
      },
    },
    slots: {
      hasRoom: async (stream, slot) =>
        registry.has(`${stream} ${slot}`) || [...registry.keys()].filter((key) => key.startsWith(`${stream} `)).length < mostSlots,
      async putSlot(stream, slot, since) {
        put(registry, `${stream} ${slot}`, since);
      },
      async removeEmptySlot(stream, slot) {
        if (![...rows.keys()].some((key) => key.startsWith(`${stream} ${slot} `))) registry.delete(`${stream} ${slot}`);
      },
      readSubscription: async (stream, slot, sid) => rows.get(`${stream} ${slot} ${sid}`),
      removeSubscription: async (stream, slot, sid, seen) =>
        isAsSeen(rows, `${stream} ${slot} ${sid}`, seen) && rows.delete(`${stream} ${slot} ${sid}`),
    },
    editions: { listOpen: async (streams) => open().filter(({ stream }) => streams.includes(stream)) },
    identitySecret: async () => 'identity',
    audit: { record: async ({ facts }) => void audit.push(facts) },
    // Each reading of the clock takes a moment, as between two calls to a database.
    now: () => new Date(clock++),
  };

  const open = (): OpenEdition[] =>
    editions
      .filter(({ edition, begun }) => begun.size < edition.slots.length)
      .map(({ edition: { id, scheduledFor, cutoff, waves = {} }, edition }) => ({
        id,
        stream: streamOf(edition),
        scheduledFor,
        cutoff,
        waves,
        isHeld: false,
      }));

  const compose = (stream: StreamName, frequency: Frequency, at: Date) => {
    const held = [...registry]
      .filter(([key]) => key.startsWith(`${stream} `))
      .map(([key, { since }]) => ({ slot: key.slice(stream.length + 1), since }));
    const isWanted = held.some(({ slot, since }) => frequencyOf(slot, stream) === frequency && !isAfter(since, at.toISOString()));
    if (frequency === 'monthly' && !isWanted) return;
    const scheduledFor = at.toISOString();
    const waves = wavesOf(
      { stream, frequency, scheduledFor },
      held.map(({ slot }) => slot),
    );
    const id = `${stream}_${frequency}_${scheduledFor}`;
    const cutoff = new Date(clock++).toISOString();
    const edition = anEdition({ id, stream, scheduledFor, composedAt: cutoff, cutoff, waves, slots: Object.keys(waves) });
    editions.push({ edition, frequency, begun: new Set() });
  };

  const begin = () => {
    for (const { edition, begun } of editions) {
      for (const [slot, due] of Object.entries(edition.waves ?? {})) {
        if (begun.has(slot) || Date.parse(due) > clock) continue;
        begun.add(slot);
        for (const profile of profiles.values()) {
          const row = rows.get(`${edition.stream} ${slot} ${profile.sid}`);
          if (!row || isAfter(row.since, edition.cutoff)) continue;
          if (reasonToSkip(edition, slot, profile, { recalled: false, superseded: false }, new Date(clock)) === undefined)
            sent.push({ edition: edition.id, stream: streamOf(edition), to: profile.sid, at: Date.parse(due) });
        }
      }
    }
  };

  /**
   * The next editions after an instant: by schedule (or at the replacement for a time that a clock
   * change skips), and the monthly digest.
   */
  const makings = (after: Date) => {
    const { streams, organisation } = distribution;
    const scheduled = (['engineering-digest', 'leadership-brief'] as const).flatMap((stream) => {
      const schedule = streams[stream]?.schedule;
      const at = schedule && nextMade({ ...schedule, zone: schedule.zone ?? organisation.zone }, after);
      return at ? [{ stream, frequency: 'weekly' as const, at }] : [];
    });
    const monthly = nextMonthlyMade('engineering-digest', distribution, after);
    return [...scheduled, ...(monthly ? [{ stream: 'engineering-digest' as const, frequency: 'monthly' as const, at: monthly }] : [])];
  };

  /** Moves the clock forward. Whatever becomes due on the way happens, one thing after another. */
  const advance = (until: number, seen: () => void = () => {}) => {
    for (;;) {
      const making = makings(new Date(clock));
      const waves = editions.flatMap(({ edition, begun }) =>
        Object.entries(edition.waves ?? {}).flatMap(([slot, due]) => (begun.has(slot) ? [] : [Date.parse(due)])),
      );
      const next = Math.min(...making.map(({ at }) => at.getTime()), ...waves.map((due) => Math.max(due, clock)));
      if (next > until) break;
      clock = Math.max(clock, next);
      for (const { stream, frequency, at } of making) if (at.getTime() === next) compose(stream, frequency, at);
      begin();
      seen();
    }
    clock = Math.max(clock, until);
  };

  return {
    deps,
    profiles,
    rows,
    registry,
    audit,
    sent,
    editions,
    open,
    advance,
    now: () => new Date(clock),
    change: (profile: Pick<Profile, 'realm' | 'sid'>, change: SettingsChange, act = asReader) => changeSettings(profile, change, act, deps),
    /** Runs `act` right before the next profile is written. */
    beforeNextWrite: (act: () => void) => races.push(act),
    /** Adds a person as an import stores them. */
    add(profile: Profile) {
      profiles.set(profile.sid, profile);
      for (const [stream, settings] of Object.entries(profile.streams)) {
        if (settings) put(rows, `${stream} ${settings.slots.at(-1)?.slot} ${profile.sid}`, settings.since);
      }
    },
  };
}

const streamOf = ({ stream }: Edition): StreamName => {
  if (stream === 'service') throw new Error('nobody subscribes to it');
  return stream;
};
