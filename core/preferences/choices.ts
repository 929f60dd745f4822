import { weekdays } from '../calendar/schedule.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { configuredStream, frequenciesOf, signUpOf } from '../distribution/stream-rules.ts';
import { definitionOf, type Frequency, realmOfStream, type StreamName } from '../stream/stream.ts';
import type { WeekHour } from '../subscriber/slot.ts';
import type { Profile } from '../subscriber/subscriber.ts';

/** What a reader can choose about when a stream comes. */
export interface StreamChoices {
  /** Empty: the stream can only be switched on or off. */
  readonly frequencies: readonly Frequency[];
  /** Whether the day and hour of a weekly or monthly mail can be chosen. */
  readonly hasHour: boolean;
}

type Streams = Pick<Distribution, 'organisation' | 'streams'>;

export function choicesOf(distribution: Streams, stream: StreamName): StreamChoices {
  const { hour } = definitionOf(stream);
  const isWeekly = configuredStream(distribution, stream)?.schedule?.every === 'week';
  return { frequencies: frequenciesOf(distribution, stream), hasHour: hour === 'chosen' || (hour === 'chosen where weekly' && isWeekly) };
}

/**
 * The day and hour of the stream's own schedule. Undefined if that is not a whole hour of a week.
 */
export function ownWeekHour(distribution: Streams, stream: StreamName): WeekHour | undefined {
  const schedule = configuredStream(distribution, stream)?.schedule;
  if (schedule?.every !== 'week' || !schedule.at.endsWith(':00')) return undefined;
  const zone = schedule.zone ?? distribution.organisation.zone;
  return { weekday: weekdays.indexOf(schedule.on) + 1, hour: Number(schedule.at.slice(0, 2)), zone };
}

/**
 * Whether this stream is for readers of this realm and in the distribution file. Customers always
 * see theirs, so that they can leave it.
 */
export const isOffered = (distribution: Streams, stream: StreamName, realm: Profile['realm']): boolean =>
  realmOfStream(stream) === realm && (realm === 'customers' || configuredStream(distribution, stream) !== undefined);

/** Who switches a stream on: people themselves, or its owner when they ask. */
export const switchedOnBy = (distribution: Streams, stream: StreamName): 'themselves' | 'its owner' | 'nobody' => {
  const signUp = signUpOf(distribution, stream);
  if (!signUp) return 'nobody';
  return signUp.kind === 'approval' ? 'its owner' : 'themselves';
};
