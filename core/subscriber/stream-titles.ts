import type { Distribution } from '../distribution/distribution.ts';
import { alertsOf } from '../distribution/severity-label.ts';
import type { StreamName } from './subscriber.ts';

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
