/** The streams that a schedule of the distribution file composes. */
export const scheduledStreams = ['engineering-digest'] as const;
export type ScheduledStream = (typeof scheduledStreams)[number];
