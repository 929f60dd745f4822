import type { Distribution } from '../distribution/distribution.ts';
import { streamTitle } from '../subscriber/stream-titles.ts';
import type { StreamName } from '../subscriber/subscriber.ts';

const words: Readonly<Record<Exclude<StreamName, 'sev1-alerts'>, string>> = {
  'engineering-digest': 'the engineering digest',
  'leadership-brief': 'the leadership brief',
  'customer-impact': 'customer impact',
  'customer-notices': 'incident notices',
};

/** How a stream is named within a sentence. */
export const streamWords = (stream: StreamName, distribution: Distribution): string =>
  stream === 'sev1-alerts' ? streamTitle(stream, distribution) : words[stream];

/** The same at the beginning of a sentence. */
export const streamAtStart = (stream: StreamName, distribution: Distribution): string => {
  const named = streamWords(stream, distribution);
  return named.charAt(0).toUpperCase() + named.slice(1);
};
