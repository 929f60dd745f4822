import type { LegibleParts } from './legible-parts.ts';

/** A broken rule between fields, reported at the field that should change. */
export interface BrokenRule {
  readonly path: readonly (string | number)[];
  readonly problem: string;
  readonly remedy: string;
}

type Organisation = LegibleParts['organisation'];

export const isInside = ({ domains }: Organisation, address: string): boolean =>
  domains.length === 0 || !address.includes('@') || domains.includes(address.slice(address.lastIndexOf('@') + 1).toLowerCase());

export const outsideAt = ({ domains }: Organisation, path: BrokenRule['path']): BrokenRule => ({
  path,
  problem: 'is not in a domain of the organisation',
  remedy: `Use an address in ${domains.join(' or ')}, or add its domain to organisation.domains.`,
});
