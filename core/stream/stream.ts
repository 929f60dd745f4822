/** Questions about streams, answered by their rows in the catalogue. */
import * as z from 'zod';
import type { Audience } from './audience.ts';
import {
  type CatalogueName,
  catalogue,
  type DeliveryRules,
  frequencies,
  type Lane,
  lanes,
  type Realm,
  type StreamDefinition,
  serviceRules,
} from './catalogue.ts';

export { type DeliveryRules, frequencies, type Lane, lanes, type Realm, realms } from './catalogue.ts';

type Rows = typeof catalogue;
/** Streams whose row has this value. */
type StreamsWith<K extends keyof StreamDefinition, V> = {
  [S in StreamName]: Rows[S] extends Readonly<Record<K, V>> ? S : never;
}[StreamName];
/** Streams that readers can get at this frequency. */
type StreamsAt<F extends Frequency> = { [S in StreamName]: F extends Rows[S]['frequencies'][number] ? S : never }[StreamName];

export const streams = Object.keys(catalogue) as readonly CatalogueName[];
export const StreamName = z.enum(streams);
export type StreamName = CatalogueName;

export const Frequency = z.enum(frequencies);
export type Frequency = z.infer<typeof Frequency>;

/** The row of a stream. */
export const definitionOf = (stream: StreamName): StreamDefinition => catalogue[stream];

const streamsWith = <K extends keyof StreamDefinition, V extends StreamDefinition[K]>(key: K, value: V) =>
  streams.filter((stream): stream is StreamName & StreamsWith<K, V> => definitionOf(stream)[key] === value);
const streamsAt = <F extends Frequency>(frequency: F) =>
  streams.filter((stream): stream is StreamName & StreamsAt<F> => definitionOf(stream).frequencies.includes(frequency));

const isOneOf =
  <S extends string>(some: readonly S[]) =>
  (name: string): name is S =>
    some.some((one) => one === name);

/** A record with a value for every stream. */
export const forEveryStream = <T>(value: (stream: StreamName) => T): Readonly<Record<StreamName, T>> =>
  Object.fromEntries(streams.map((stream) => [stream, value(stream)])) as Record<StreamName, T>;

/** A record with a value for every lane. */
export const forEveryLane = <T>(value: (lane: Lane) => T): Readonly<Record<Lane, T>> =>
  Object.fromEntries(lanes.map((lane) => [lane, value(lane)])) as Record<Lane, T>;

export const realmOfStream = (stream: StreamName): Realm => definitionOf(stream).realm;
export const streamsOf = <R extends Realm>(realm: R) => streamsWith('realm', realm);

/** The audience whose renditions a stream shows. */
export const audienceOf = (stream: StreamName): Audience | undefined => definitionOf(stream).audience;

/** The streams composed by a schedule of the distribution file. */
export const scheduledStreams = streamsWith('starts', 'by schedule');
export type ScheduledStream = (typeof scheduledStreams)[number];
export const isScheduled = isOneOf(scheduledStreams);

/** The streams that report one incident at once, because of its severity. */
export const alertStreams = streamsWith('starts', 'by severity');
export type AlertStream = (typeof alertStreams)[number];
export const isAlertStream = isOneOf(alertStreams);

/** The streams whose mails leave only if named persons approved them. */
export const approvedStreams = streamsWith('starts', 'by approval');
export type ApprovedStream = (typeof approvedStreams)[number];
export const isApprovedStream = isOneOf(approvedStreams);

/** The streams that tell of one postmortem those teams to which it matters much. */
export const relevanceStreams = streamsWith('starts', 'by relevance');
export type RelevanceStream = (typeof relevanceStreams)[number];
export const isRelevanceStream = isOneOf(relevanceStreams);

/** The streams whose mails about one incident are incident updates. */
export const updateStreams = streamsWith('hasUpdates', true);
export type UpdateStream = (typeof updateStreams)[number];
export const isUpdateStream = isOneOf(updateStreams);

/**
 * The streams whose readers can get each postmortem once, as it is published. One with incident
 * updates tells of it by those.
 */
export const publishedStreams = streamsAt('published').filter(
  (stream): stream is Exclude<typeof stream, UpdateStream> => !isUpdateStream(stream),
);
export type PublishedStream = (typeof publishedStreams)[number];
export const isPublishedStream = isOneOf(publishedStreams);

/** The streams whose readers can get a monthly edition. */
export const monthlyStreams = streamsAt('monthly');
export type MonthlyStream = (typeof monthlyStreams)[number];
export const isMonthlyStream = isOneOf(monthlyStreams);

/**
 * The streams that messages suggest. The others are not composed yet and nobody can join them,
 * though a profile may hold one.
 */
export const offeredStreams = streams.filter((stream) => {
  const { starts, joinedBy } = definitionOf(stream);
  return starts !== 'nothing yet' || joinedBy !== 'nobody';
});

/** The stream of an edition. Nobody subscribes to `service`: its mails answer a person's action. */
export const EditionStream = z.enum([...streams, 'service']);
export type EditionStream = StreamName | 'service';

/** What sending an edition of this frequency depends on. */
export function deliveryRulesOf(stream: EditionStream, frequency: Frequency): DeliveryRules {
  if (stream === 'service') return serviceRules;
  const definition = definitionOf(stream);
  return frequency === 'published' ? definition : (definition.whenScheduled ?? definition);
}
