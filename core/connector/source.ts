/** The tools that Afterword listens to, by the names of the distribution file. */
export const sources = ['incident-io', 'rootly', 'firehydrant', 'pagerduty', 'statuspage'] as const;
export type Source = (typeof sources)[number];

export const isSource = (name: string): name is Source => sources.some((known) => known === name);

/** What people call each. */
export const sourceLabels: Readonly<Record<Source, string>> = {
  'incident-io': 'incident.io',
  rootly: 'Rootly',
  firehydrant: 'FireHydrant',
  pagerduty: 'PagerDuty',
  statuspage: 'Statuspage',
};

/** It has no postmortems: it says that one is awaited, and takes that back. */
export const declaresOnly = (source: Source): boolean => source === 'pagerduty';

/** Their APIs do not say what is private. `keySees` in the distribution file may say it for all. */
export const visibleByFile = ['firehydrant', 'pagerduty'] as const satisfies readonly Source[];

/** More characters than any tool has in the id of an incident. */
export const longestRef = 128;
