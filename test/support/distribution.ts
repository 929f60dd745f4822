import { Distribution } from '../../core/distribution/distribution.ts';

const base = {
  organisation: { name: 'Example Ltd', zone: 'Europe/Berlin', domains: ['example.com'] },
  senders: { internal: { name: 'Afterword', address: 'afterword@example.com' } },
  streams: {
    'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' }, subscribe: ['engineer'] },
    'sev1-alerts': { severities: ['sev1'], subscribe: ['leader'] },
  },
};

/** A distribution with two streams. Each given part replaces the whole default part. */
export const aDistribution = (change: Partial<Record<keyof Distribution, unknown>> = {}): Distribution =>
  Distribution.parse({ ...base, ...change });

export const distributionYaml = `organisation:
  name: Example Ltd
  zone: Europe/Berlin
  domains: [example.com]
senders:
  internal: { name: Afterword, address: afterword@example.com }
severities:
  sev1: { aliases: [critical] }
streams:
  engineering-digest:
    schedule: { every: week, on: monday, at: 09:00 }
    subscribe: [engineer]
  sev1-alerts:
    severities: [sev1]
    subscribe: [leader]
teams:
  - name: Payments
    services: [checkout, ledger]
    channels: { slack: "#payments" }
`;
