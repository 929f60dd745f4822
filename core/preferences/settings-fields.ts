import { localDay } from '../calendar/period.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { definitionOf, type StreamName, streams, streamsOf } from '../stream/stream.ts';
import { heldSlot, zoneFor } from '../subscriber/own-zone.ts';
import type { Profile, SubscriberId } from '../subscriber/subscriber.ts';
import { isSubscribed } from '../subscriber/subscription.ts';
import { choicesOf } from './choices.ts';

/** One stream as the page shows it and a form sends it back. */
export interface StreamFields {
  /** `off`, `on`, or one of the frequencies that the stream offers. */
  readonly frequency: string;
  /** `1` (Monday) to `7`. Empty: the stream's own day. */
  readonly weekday: string;
  /** `0` to `23` in the reader's zone. Empty: the stream's own hour. */
  readonly hour: string;
  readonly follow: readonly string[];
  readonly leaveOut: readonly string[];
  /** `sev1` to `sev4`. Empty: every severity. */
  readonly least: string;
  /** Address of the delegate on a mandatory stream. Empty: none. */
  readonly delegate: string;
  /** The day on which the reader is back. */
  readonly delegateUntil: string;
}

/**
 * Everything that the page shows, as texts, so that what a form was filled with and what it sends
 * can be compared field by field.
 */
export interface SettingsFields {
  readonly zone: string;
  /** The day on which mail begins again. Empty: no pause. */
  readonly pausedUntil: string;
  /** Whether opens are estimated. */
  readonly tracking: 'on' | 'off';
  readonly format: 'html' | 'text';
  readonly streams: Readonly<Partial<Record<StreamName, StreamFields>>>;
}

/** What one form changes. A field that is absent stays as it is. */
export interface SettingsChange extends Partial<Omit<SettingsFields, 'streams'>> {
  readonly streams?: Readonly<Partial<Record<StreamName, StreamChange>>>;
}
export interface StreamChange extends Partial<Omit<StreamFields, 'follow' | 'leaveOut'>> {
  readonly follow?: ListChange;
  readonly leaveOut?: ListChange;
  /** Keys of reasons. Pressed below a postmortem, and in no form of the page. */
  readonly notRelevant?: ListChange;
}
export interface ListChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/**
 * What a page shows of a profile: the streams of its realm. `addresses`: those of the delegates
 * that it names.
 */
export function fieldsOf(
  profile: Profile,
  distribution: Distribution,
  now: Date,
  addresses: ReadonlyMap<SubscriberId, string> = new Map(),
): SettingsFields {
  const zone = zoneFor(profile, distribution);
  const dayOf = (instant: string | undefined) => {
    const at = new Date(instant ?? 0);
    return at > now ? localDay(at, zone).toString() : '';
  };
  const shown = streamsOf(profile.realm).map((stream): [StreamName, StreamFields] => {
    const { follow = [], leaveOut = [], least = '', delegate } = profile.streams[stream] ?? {};
    const slot = heldSlot(profile, stream);
    const delegateUntil = dayOf(delegate?.until);
    const isOn = isSubscribed(profile, stream, distribution, now);
    const whenOn = choicesOf(distribution, stream).frequencies.length > 0 ? (slot?.frequency ?? definitionOf(stream).usual) : 'on';
    return [
      stream,
      {
        frequency: isOn ? whenOn : 'off',
        weekday: slot?.at ? String(slot.at.weekday) : '',
        hour: slot?.at ? String(slot.at.hour) : '',
        follow,
        leaveOut,
        least,
        delegate: delegate && delegateUntil ? (addresses.get(delegate.sid) ?? '') : '',
        delegateUntil,
      },
    ];
  });
  return {
    zone,
    pausedUntil: dayOf(profile.snoozedUntil),
    tracking: profile.tracking === false ? 'off' : 'on',
    format: profile.format ?? 'html',
    streams: Object.fromEntries(shown),
  };
}

const texts = ['zone', 'pausedUntil', 'tracking', 'format'] as const;
const streamTexts = ['frequency', 'weekday', 'hour', 'least', 'delegate', 'delegateUntil'] as const;

/**
 * What a reader changed in a form. If two forms changed different fields, both count. A stream that
 * was not sent was not changed.
 */
export function changeOf(shown: SettingsFields, sent: SettingsFields): SettingsChange {
  const changed = streams.flatMap((stream): [StreamName, StreamChange][] => {
    const [before, after] = [shown.streams[stream], sent.streams[stream]];
    const change = before && after && streamChange(before, after);
    return change && Object.keys(change).length > 0 ? [[stream, change]] : [];
  });
  return { ...differing(shown, sent, texts), ...(changed.length > 0 && { streams: Object.fromEntries(changed) }) };
}

/**
 * Whether a change names a delegate or moves the day on which one ends. Ending one does neither.
 */
export const namesDelegate = ({ streams: changes = {} }: SettingsChange): boolean =>
  Object.values(changes).some(({ delegate, delegateUntil }) => (delegate ?? delegateUntil ?? '').trim() !== '');

function streamChange(before: StreamFields, after: StreamFields): StreamChange {
  const follow = listChange(before.follow, after.follow);
  const leaveOut = listChange(before.leaveOut, after.leaveOut);
  return { ...differing(before, after, streamTexts), ...(follow && { follow }), ...(leaveOut && { leaveOut }) };
}

function listChange(before: readonly string[], after: readonly string[]): ListChange | undefined {
  const add = after.filter((topic) => !before.includes(topic));
  const remove = before.filter((topic) => !after.includes(topic));
  return add.length + remove.length > 0 ? { add, remove } : undefined;
}

const differing = <Fields, Name extends keyof Fields & string>(
  before: Fields,
  after: Fields,
  names: readonly Name[],
): Partial<Pick<Fields, Name>> => {
  const change: Partial<Pick<Fields, Name>> = {};
  for (const name of names) if (before[name] !== after[name]) change[name] = after[name];
  return change;
};
