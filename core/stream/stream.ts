import * as z from 'zod';

export const realms = ['staff', 'customers'] as const;
export type Realm = (typeof realms)[number];

export const streams = ['engineering-digest', 'sev1-alerts', 'leadership-brief', 'customer-impact', 'customer-notices'] as const;
/** What messages offer: nothing composes `customer-impact` yet, though a file and a profile may hold it. */
export const offeredStreams = streams.filter((stream) => stream !== 'customer-impact');
export const StreamName = z.enum(streams);
export type StreamName = z.infer<typeof StreamName>;

/** A stream is for people of one realm: nobody has streams of both. */
export const realmOfStream = (stream: StreamName): Realm => (stream === 'customer-notices' ? 'customers' : 'staff');
export const streamsOf = (realm: Realm): StreamName[] => streams.filter((stream) => realmOfStream(stream) === realm);

export const lanes = ['bulk', 'urgent', 'customers'] as const;
export type Lane = (typeof lanes)[number];

/** What an edition is of. Nobody subscribes to `service`: its mails answer what somebody did. */
export const EditionStream = z.enum([...StreamName.options, 'service']);
export type EditionStream = z.infer<typeof EditionStream>;

/** The streams that a schedule of the distribution file composes. */
export const scheduledStreams = ['engineering-digest', 'leadership-brief'] as const;
export type ScheduledStream = (typeof scheduledStreams)[number];

export const isScheduled = (stream: string): stream is ScheduledStream => scheduledStreams.some((scheduled) => scheduled === stream);
