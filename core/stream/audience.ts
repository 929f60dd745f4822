import type { StreamName } from './stream.ts';

/** Who a rendition is made for. Those of support and of customers come with their streams. */
export const audiences = ['engineering', 'leadership'] as const;
export type Audience = (typeof audiences)[number];

const ofStream: Readonly<Partial<Record<StreamName, Audience>>> = {
  'engineering-digest': 'engineering',
  'sev1-alerts': 'leadership',
  'leadership-brief': 'leadership',
};

/** Whose rendition a stream tells of. */
export const audienceOf = (stream: StreamName): Audience | undefined => ofStream[stream];
