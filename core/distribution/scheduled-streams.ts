/** The streams that a schedule of the distribution file composes. */
export const scheduledStreams = ['engineering-digest', 'leadership-brief'] as const;
export type ScheduledStream = (typeof scheduledStreams)[number];

export const isScheduled = (stream: string): stream is ScheduledStream => scheduledStreams.some((scheduled) => scheduled === stream);
