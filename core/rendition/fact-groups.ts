import type { FactName } from './facts.ts';

/** The groups of facts whose corrections the distribution file may ask for. */
export const factGroups = {
  severity: ['severity'],
  impact: ['customersAffected', 'regions', 'impact', 'whatHappened'],
  cause: ['why'],
  support: ['customersTold', 'say', 'doNotSay', 'workaround'],
  times: ['startedAt', 'detectedAt', 'mitigatedAt', 'resolvedAt'],
} as const satisfies Readonly<Record<string, readonly FactName[]>>;

export type FactGroup = keyof typeof factGroups;
export const factGroupNames = ['severity', 'impact', 'cause', 'support', 'times'] as const satisfies readonly FactGroup[];

/** The facts of these groups. Whether an account is preliminary always belongs to them. */
export const factsOfGroups = (groups: readonly FactGroup[]): ReadonlySet<FactName> =>
  new Set<FactName>(['status', ...groups.flatMap((group) => factGroups[group])]);
