import { localDay, monthName } from '../calendar/period.ts';
import { printZone } from '../calendar/print.ts';
import { weekdays } from '../calendar/schedule.ts';
import { named } from '../content/prose.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { streamAtStart, streamWords } from '../distribution/stream-words.ts';
import type { Severity } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import { definitionOf, type StreamName, streams } from '../stream/stream.ts';
import { mandatoryFor } from '../subscriber/mandatory.ts';
import { readSlot, type WeekHour } from '../subscriber/slot.ts';
import type { Slot, StreamSettings, SubscriberId } from '../subscriber/subscriber.ts';
import { isStoodInFor } from '../subscriber/subscription.ts';
import { readTopic, type Topic } from '../subscriber/topic.ts';
import { productChoices } from './product-choices.ts';

/** One thing that a reader changed: in words for the page, without them for the audit log. */
export interface SettingChanged {
  /** The field's name in the form. For a field of a stream, without the stream. */
  readonly field: string;
  readonly stream?: StreamName;
  /** A short text without addresses. Absent if the field was emptied. */
  readonly after?: string;
  readonly words: string;
  /** Who became a delegate, or is none any more. */
  readonly delegate?: SubscriberId;
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const dayName = (weekday: number) => capital(weekdays[weekday - 1] ?? '');
const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
const atWords = ({ weekday, hour, zone }: WeekHour) => `on ${dayName(weekday)} at ${clock(hour)}, ${printZone(zone)} time`;

/** `Tuesday 1 December`, with the year if it is not the current one. */
export function dayWords(at: Instant, zone: string, now: Date): string {
  const day = localDay(new Date(at), zone);
  const year = day.year === localDay(now, zone).year ? '' : ` ${day.year}`;
  return `${dayName(day.dayOfWeek)} ${day.day} ${monthName(day)}${year}`;
}

/** When a slot of a stream comes: `weekly, on Wednesday at 07:00, Berlin time`. */
export function slotWords(slot: Slot, stream: StreamName, distribution: Distribution): string {
  const { frequency, at } = readSlot(slot, stream) ?? { frequency: definitionOf(stream).usual };
  if (frequency === 'published') return definitionOf(stream).words.whenPublished ?? 'as it happens';
  if (frequency === 'monthly')
    return at ? `monthly, on the first ${dayName(at.weekday)} at ${clock(at.hour)}, ${printZone(at.zone)} time` : 'monthly';
  if (at) return `weekly, ${atWords(at)}`;
  const schedule = configuredStream(distribution, stream)?.schedule;
  if (!schedule) return 'as it happens';
  if (schedule.every === 'month') return 'monthly';
  return `weekly, on ${capital(schedule.on)} at ${schedule.at}, ${printZone(schedule.zone ?? distribution.organisation.zone)} time`;
}

export const slotChanged = (slot: Slot, stream: StreamName, distribution: Distribution): SettingChanged => ({
  field: 'frequency',
  stream,
  after: slot,
  words: `${streamAtStart(stream, distribution)} ${definitionOf(stream).words.isPlural ? 'come' : 'comes'} ${slotWords(slot, stream, distribution)}.`,
});

export const switched = (stream: StreamName, isOn: boolean, isBack: boolean, distribution: Distribution): SettingChanged => ({
  field: 'frequency',
  stream,
  after: isOn ? 'on' : 'off',
  words: isOn
    ? `You get ${streamWords(stream, distribution)}${isBack ? ' again, with the same settings as before' : ''}.`
    : `You no longer get ${streamWords(stream, distribution)}.`,
});

/** `cart`, `the team payments`. */
export const topicWords = (topic: Topic): string => {
  const { kind, name } = readTopic(topic);
  return kind === 'team' ? `the team ${name}` : name;
};
const listed = (topics: readonly Topic[]) => topics.map(topicWords).join(', ');

const listVerbs = (distribution: Distribution) => ({
  follow: { add: 'You follow', remove: 'You no longer follow' },
  leaveOut: { add: `You leave out, except ${labelsOf(distribution).sev1}:`, remove: 'You no longer leave out:' },
});

export function listChanged(
  field: 'follow' | 'leaveOut',
  stream: StreamName,
  before: readonly Topic[],
  after: readonly Topic[],
  distribution: Distribution,
): SettingChanged[] {
  const steps = { add: after.filter((topic) => !before.includes(topic)), remove: before.filter((topic) => !after.includes(topic)) };
  return (['add', 'remove'] as const).flatMap((step) => {
    const topics = steps[step];
    if (topics.length === 0) return [];
    return [{ field, stream, after: `${step} ${topics.length}`, words: `${listVerbs(distribution)[field][step]} ${listed(topics)}.` }];
  });
}

/** Reasons for which no card comes first any more, or again. The words do not name them. */
export function reasonsChanged(stream: StreamName, before: readonly string[], after: readonly string[]): SettingChanged[] {
  const steps = { add: after.filter((key) => !before.includes(key)), remove: before.filter((key) => !after.includes(key)) };
  return (['add', 'remove'] as const).flatMap((step) => {
    const { length } = steps[step];
    if (length === 0) return [];
    const words = step === 'add' ? 'No postmortem comes first for that reason any more.' : 'Postmortems come first for that reason again.';
    return [{ field: 'notRelevant', stream, after: `${step} ${length}`, words }];
  });
}

/** Which products a stream is about from now on. One sentence, whatever was chosen before. */
export function productsChanged(
  stream: StreamName,
  before: readonly Topic[],
  after: readonly Topic[],
  distribution: Distribution,
): SettingChanged[] {
  if (before.length === after.length && before.every((topic) => after.includes(topic))) return [];
  const names = productChoices(stream, distribution, after).flatMap(({ topic, name }) => (after.includes(topic) ? [name] : []));
  const about = names.length === 0 ? 'all products' : `${named(names, names.length)} only`;
  return [{ field: 'follow', stream, after: `set ${after.length}`, words: `You get ${streamWords(stream, distribution)} about ${about}.` }];
}

export function leastChanged(stream: StreamName, least: Severity | undefined, distribution: Distribution): SettingChanged {
  if (!least) return { field: 'least', stream, words: `${streamAtStart(stream, distribution)} covers every severity.` };
  const beyond = least === 'sev1' ? '' : ' and above';
  return {
    field: 'least',
    stream,
    after: least,
    words: `${streamAtStart(stream, distribution)} covers ${labelsOf(distribution)[least]}${beyond}, and what is not classified yet.`,
  };
}

export function delegateChanged(
  stream: StreamName,
  delegate: { readonly name: string; readonly until: string } | undefined,
  distribution: Distribution,
): SettingChanged {
  if (!delegate) return { field: 'delegate', stream, words: `You no longer have a delegate for ${streamWords(stream, distribution)}.` };
  const whom = delegate.name || 'Your delegate';
  return { field: 'delegate', stream, after: 'named', words: `${whom} gets ${streamWords(stream, distribution)} until ${delegate.until}.` };
}

export const zoneChanged = (zone: string): SettingChanged => ({
  field: 'zone',
  after: zone,
  words: `Your times are in ${printZone(zone)} time.`,
});

export const trackingChanged = (isOn: boolean): SettingChanged => ({
  field: 'tracking',
  after: isOn ? 'on' : 'off',
  words: isOn ? 'We count when you open a mail, as an estimate for your team.' : 'We no longer count when you open a mail.',
});
export const formatChanged = (isText: boolean): SettingChanged => ({
  field: 'format',
  after: isText ? 'text' : 'html',
  words: isText ? 'Your mails come as plain text.' : 'Your mails come as HTML with plain text.',
});

/** `until` undefined: the pause ended. The words name the streams that cannot be paused. */
export function pauseChanged(
  until: Instant | undefined,
  zone: string,
  now: Date,
  profile: { readonly address: string; readonly streams: Readonly<Partial<Record<StreamName, Pick<StreamSettings, 'delegate'>>>> },
  distribution: Distribution,
): SettingChanged {
  if (until === undefined) return { field: 'pausedUntil', words: 'Your mail is no longer paused.' };
  const still = streams.filter((stream) => {
    const settings = profile.streams[stream];
    return settings && !isStoodInFor(settings, now) && mandatoryFor(distribution, stream, profile.address) !== undefined;
  });
  const but =
    still.length > 0
      ? ` ${still.map((stream) => streamAtStart(stream, distribution)).join(' and ')} still come: name a delegate while you are away.`
      : '';
  return { field: 'pausedUntil', after: until, words: `Your mail is paused until ${dayWords(until, zone, now)}.${but}` };
}
