import { weekdays } from '../calendar/schedule.ts';
import { type Distribution, digestFrequencies } from '../distribution/distribution.ts';
import { signUpOf } from '../distribution/stream-rules.ts';
import { realmOfStream, type StreamName } from '../stream/stream.ts';
import type { Frequency, WeekHour } from '../subscriber/slot.ts';
import type { Profile } from '../subscriber/subscriber.ts';

/** What a reader can choose about the time of a stream. */
export interface StreamChoices {
  /** Empty: the stream is on or off, and nothing else. */
  readonly frequencies: readonly Frequency[];
  /** Whether day and hour of a weekly or monthly mail can be chosen. */
  readonly hasHour: boolean;
}

type Streams = Pick<Distribution, 'organisation' | 'streams'>;

export function choicesOf({ streams }: Streams, stream: StreamName): StreamChoices {
  if (stream === 'engineering-digest') return { frequencies: streams[stream]?.frequencies ?? digestFrequencies, hasHour: true };
  return { frequencies: [], hasHour: stream === 'leadership-brief' && streams[stream]?.schedule.every === 'week' };
}

/** The day and hour at which a stream comes by itself; undefined where that is no whole hour of a week. */
export function ownWeekHour({ organisation, streams }: Streams, stream: StreamName): WeekHour | undefined {
  const schedule = stream === 'engineering-digest' || stream === 'leadership-brief' ? streams[stream]?.schedule : undefined;
  if (schedule?.every !== 'week' || !schedule.at.endsWith(':00')) return undefined;
  return { weekday: weekdays.indexOf(schedule.on) + 1, hour: Number(schedule.at.slice(0, 2)), zone: schedule.zone ?? organisation.zone };
}

/** Whether this stream is for readers of this realm and in the distribution file; customers see theirs in any case, so that they can leave it. */
export const isOffered = ({ streams }: Streams, stream: StreamName, realm: Profile['realm']): boolean =>
  realmOfStream(stream) === realm &&
  (realm === 'customers' || Object.entries(streams).some(([name, settings]) => name === stream && settings !== undefined));

/** Whether people switch a stream on by themselves, or ask its owner to. */
export const switchedOnBy = (distribution: Streams, stream: StreamName): 'themselves' | 'its owner' | 'nobody' => {
  const signUp = signUpOf(distribution, stream);
  if (!signUp) return 'nobody';
  return signUp.kind === 'approval' ? 'its owner' : 'themselves';
};
