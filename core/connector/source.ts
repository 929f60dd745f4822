/** The incident tools that Afterword listens to, by the names of the distribution file. */
export const sources = ['incident-io', 'rootly'] as const;
export type Source = (typeof sources)[number];

export const isSource = (name: string): name is Source => sources.some((known) => known === name);

/** What people call each. */
export const sourceLabels: Readonly<Record<Source, string>> = { 'incident-io': 'incident.io', rootly: 'Rootly' };

/** More characters than any tool has in the id of an incident. */
export const longestRef = 128;
