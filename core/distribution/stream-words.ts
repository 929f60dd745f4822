import { definitionOf, type Frequency, type StreamName } from '../stream/stream.ts';
import type { Distribution } from './distribution.ts';
import { alertsOf } from './severity-label.ts';

type Named = Pick<Distribution, 'severities' | 'streams'>;

/**
 * A stream's display name under the current distribution file. Alerts are named after their
 * severities: `P0 alerts`.
 */
export const streamTitle = (stream: StreamName, distribution: Named): string => definitionOf(stream).words.title(alertsOf(distribution));

/** A stream's name within a sentence. */
export const streamWords = (stream: StreamName, distribution: Named): string =>
  definitionOf(stream).words.inSentence(alertsOf(distribution));

/** The name of one edition within a sentence: `the weekly digest`. */
export const editionWords = (stream: StreamName, frequency: Frequency, distribution: Named): string =>
  definitionOf(stream).words.edition?.(frequency) ?? streamWords(stream, distribution);

/** A stream's name at the start of a sentence. */
export const streamAtStart = (stream: StreamName, distribution: Named): string => {
  const named = streamWords(stream, distribution);
  return named.charAt(0).toUpperCase() + named.slice(1);
};
