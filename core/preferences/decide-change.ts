import type { Flaw } from '../shared/errors.ts';
import type { Instant } from '../shared/instant.ts';
import { standardZone } from '../shared/zone.ts';
import { type StreamName, streams } from '../stream/stream.ts';
import { zoneFor } from '../subscriber/own-zone.ts';
import type { Profile, StreamSettings } from '../subscriber/subscriber.ts';
import { isPaused } from '../subscriber/subscription.ts';
import type { ChangeContext } from './change-context.ts';
import { decideStream, type PlannedStreamChange } from './decide-stream.ts';
import { dayFlaw, readDay } from './read-day.ts';
import type { SettingsChange } from './settings-fields.ts';
import { formatChanged, pauseChanged, type SettingChanged, trackingChanged, zoneChanged } from './settings-words.ts';

/** The result of a change before it is written. */
export interface PlannedChange {
  /** The changed profile, with the settings of all streams as they were. */
  readonly profile: Profile;
  /** Only the streams that change. */
  readonly streams: ReadonlyMap<StreamName, PlannedStreamChange>;
  /** What differs, in the order of the page. Empty: nothing. */
  readonly changed: readonly SettingChanged[];
}

type Given = Pick<ChangeContext, 'distribution' | 'now' | 'act' | 'delegates'>;

/**
 * The result of applying this change to a profile, or everything that is wrong with it, by field
 * name. Idempotent.
 */
export function decideChange(profile: Profile, change: SettingsChange, given: Given): PlannedChange | { readonly flaws: readonly Flaw[] } {
  const flaws: Flaw[] = [];
  const refuse = (flaw: Flaw) => void flaws.push(flaw);
  const shown = zoneFor(profile, given.distribution);
  const chosen = change.zone === undefined ? shown : standardZone(change.zone);
  if (!chosen)
    refuse({
      field: 'zone',
      problem: 'is not a zone that can be chosen',
      remedy: 'Choose the city whose clock you read, such as Europe/Berlin.',
    });
  const zone = chosen ?? shown;
  const context: ChangeContext = { ...given, profile, zone, hasNewZone: zone !== shown, pausedUntil: change.pausedUntil, refuse };
  const wishes = streams.map((stream) => [stream, decideStream(stream, change.streams?.[stream] ?? {}, context)] as const);
  const changing = new Map(wishes.filter(([, { changed }]) => changed.length > 0));
  const general = decideGeneral(change, context, changing);
  if (flaws.length > 0) return { flaws };
  return {
    profile: general.profile,
    streams: changing,
    changed: [...[...changing.values()].flatMap(({ changed }) => changed), ...general.changed],
  };
}

function decideGeneral(
  change: SettingsChange,
  context: ChangeContext,
  changing: PlannedChange['streams'],
): Pick<PlannedChange, 'profile' | 'changed'> {
  const { profile, distribution, now, zone, hasNewZone } = context;
  const { snoozedUntil, tracking, format, zone: home, ...rest } = profile;
  const paused = decidePause(change.pausedUntil, context);
  const isTracked = change.tracking === undefined ? tracking !== false : change.tracking !== 'off';
  const isText = change.format === undefined ? format === 'text' : change.format === 'text';
  const settings = { ...profile.streams, ...Object.fromEntries([...changing].map(([stream, wish]) => [stream, wish.settings])) };
  const lives = hasNewZone ? zone : home;
  const granted = [...changing].flatMap(([stream, { grant }]) => (grant ? [[stream, grant]] : []));
  return {
    profile: {
      ...rest,
      ...(granted.length > 0 && { grants: { ...rest.grants, ...Object.fromEntries(granted) } }),
      ...(lives !== undefined && { zone: lives }),
      ...(paused !== undefined && { snoozedUntil: paused }),
      ...(!isTracked && { tracking: false }),
      ...(isText && { format: 'text' }),
    },
    changed: [
      ...(hasNewZone ? [zoneChanged(zone)] : []),
      ...(paused === snoozedUntil ? [] : [pauseChanged(paused, zone, now, { address: profile.address, streams: settings }, distribution)]),
      ...(isTracked === (tracking !== false) ? [] : [trackingChanged(isTracked)]),
      ...(isText === (format === 'text') ? [] : [formatChanged(isText)]),
    ],
  };
}

/** Until when mail is paused. A pause that is over stays as it is. */
function decidePause(day: string | undefined, { profile, zone, now, refuse }: ChangeContext): Instant | undefined {
  const { snoozedUntil } = profile;
  if (day === undefined || (day === '' && !isPaused(profile, now))) return snoozedUntil;
  if (day === '') return undefined;
  const until = readDay(day, zone, now);
  if (!until) refuse(dayFlaw('pausedUntil'));
  return until ?? snoozedUntil;
}

/**
 * The settings of a stream as they are written. `stamp` must be later than the time at which its
 * index row was put. `counting`: the earlier slots that still count.
 */
export function settingsAt(
  wish: PlannedStreamChange,
  before: StreamSettings | undefined,
  counting: StreamSettings['slots'],
  stamp: Instant,
): StreamSettings {
  const { settings, slot, begins, consent } = wish;
  const isNew = slot !== undefined || counting.length === 0;
  return {
    ...settings,
    since: begins || !before ? stamp : before.since,
    slots: isNew ? [...counting, { slot: slot ?? 'default', at: stamp }] : counting,
    ...(!settings.on && !settings.leftAt && before?.on && { leftAt: stamp }),
    ...(consent ? { consent: { at: stamp, ...consent } } : before?.consent && { consent: before.consent }),
  };
}
