import { definitionOf, type Frequency, type StreamName } from '../stream/stream.ts';
import type { Distribution } from './distribution.ts';
import { alertsOf } from './severity-label.ts';

type Named = Pick<Distribution, 'severities' | 'streams'>;

/**
 * What people see as a stream's name, by the distribution file in force: alerts are named by what
 * they tell of, `P0 alerts`.
 */
export const streamTitle = (stream: StreamName, distribution: Named): string => definitionOf(stream).words.title(alertsOf(distribution));

/** How a stream is named within a sentence. */
export const streamWords = (stream: StreamName, distribution: Named): string =>
  definitionOf(stream).words.inSentence(alertsOf(distribution));

/** One edition of a stream within a sentence: `the weekly digest`. */
export const editionWords = (stream: StreamName, frequency: Frequency, distribution: Named): string =>
  definitionOf(stream).words.edition?.(frequency) ?? streamWords(stream, distribution);

/** A stream at the beginning of a sentence. */
export const streamAtStart = (stream: StreamName, distribution: Named): string => {
  const named = streamWords(stream, distribution);
  return named.charAt(0).toUpperCase() + named.slice(1);
};
