import { canonicalHash } from './canonical-hash.ts';
import type { Distribution, Schedule } from './distribution.ts';
import { type ScheduledStream, scheduledStreams } from './scheduled-streams.ts';

/** What the stack is made from: only `cdk deploy` can change it. */
export interface DeployedParts {
  readonly zone: string;
  /** In order, so that writing them in another order needs no deploy. */
  readonly domains: readonly string[];
  readonly senders: Distribution['senders'];
  /** Each with the zone that it runs in. A stream that the file leaves out is not here. */
  readonly schedules: Readonly<Partial<Record<ScheduledStream, Schedule & { zone: string }>>>;
}

export function deployedParts({ organisation, senders, streams }: Distribution): DeployedParts {
  const zoned = scheduledStreams.flatMap((stream) => {
    const schedule = streams[stream]?.schedule;
    return schedule ? [[stream, { ...schedule, zone: schedule.zone ?? organisation.zone }] as const] : [];
  });
  return {
    zone: organisation.zone,
    domains: organisation.domains.toSorted(),
    senders,
    schedules: Object.fromEntries(zoned),
  };
}

/** Equal hashes: the stack needs no deploy to follow the distribution file. */
export const deployedHash = (distribution: Distribution): string => canonicalHash(deployedParts(distribution));
