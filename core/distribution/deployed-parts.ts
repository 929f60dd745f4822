import { canonicalHash } from './canonical-hash.ts';
import type { Distribution, Schedule } from './distribution.ts';

/** What the stack is made from: only `cdk deploy` can change it. */
export interface DeployedParts {
  readonly zone: string;
  /** In order, so that writing them in another order needs no deploy. */
  readonly domains: readonly string[];
  readonly senders: Distribution['senders'];
  /** Each with the zone that it runs in. A stream without a schedule is not here. */
  readonly schedules: Readonly<Partial<Record<keyof Distribution['streams'], Schedule & { zone: string }>>>;
}

export function deployedParts({ organisation, senders, streams }: Distribution): DeployedParts {
  const digest = streams['engineering-digest'];
  return {
    zone: organisation.zone,
    domains: organisation.domains.toSorted(),
    senders,
    schedules: { ...(digest && { 'engineering-digest': { ...digest.schedule, zone: digest.schedule.zone ?? organisation.zone } }) },
  };
}

/** Equal hashes: the stack needs no deploy to follow the distribution file. */
export const deployedHash = (distribution: Distribution): string => canonicalHash(deployedParts(distribution));
