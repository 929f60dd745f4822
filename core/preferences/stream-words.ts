import type { StreamName } from '../subscriber/subscriber.ts';

/** How a stream is named within a sentence. */
export const streamWords: Readonly<Record<StreamName, string>> = {
  'engineering-digest': 'the engineering digest',
  'sev1-alerts': 'Sev-1 alerts',
  'leadership-brief': 'the leadership brief',
  'customer-impact': 'customer impact',
  'customer-notices': 'incident notices',
};

/** The same at the beginning of a sentence. */
export const streamAtStart = (stream: StreamName): string => streamWords[stream].charAt(0).toUpperCase() + streamWords[stream].slice(1);
