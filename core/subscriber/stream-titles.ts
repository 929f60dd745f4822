import type { StreamName } from './subscriber.ts';

/** What people see as a stream's name. */
export const streamTitles: Readonly<Record<StreamName, string>> = {
  'engineering-digest': 'Engineering digest',
  'sev1-alerts': 'Sev-1 alerts',
  'leadership-brief': 'Leadership brief',
  'customer-impact': 'Customer impact',
  'customer-notices': 'Incident notices',
};
