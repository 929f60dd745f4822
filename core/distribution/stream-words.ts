import type { StreamName } from '../stream/stream.ts';
import type { Distribution } from './distribution.ts';
import { alertsOf } from './severity-label.ts';

const titles: Readonly<Record<Exclude<StreamName, 'sev1-alerts'>, string>> = {
  'engineering-digest': 'Engineering digest',
  'leadership-brief': 'Leadership brief',
  'customer-impact': 'Customer impact',
  'customer-notices': 'Incident notices',
};

/** What people see as a stream's name. Alerts are named by what they tell of, `P0 alerts`; `alerts` is that, as `alertsOf` says it. */
export const titleOf = (stream: StreamName, alerts: string): string => (stream === 'sev1-alerts' ? `${alerts} alerts` : titles[stream]);

/** The same of the distribution file in force. */
export const streamTitle = (stream: StreamName, distribution: Pick<Distribution, 'severities' | 'streams'>): string =>
  titleOf(stream, alertsOf(distribution));

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
