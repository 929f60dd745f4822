import type { Schedule } from '../calendar/schedule.ts';
import { canonicalHash } from '../shared/canonical-hash.ts';
import { type ScheduledStream, scheduledStreams, streamsOf } from '../stream/stream.ts';
import type { Distribution } from './distribution.ts';

/** What the stack is made from. Only `cdk deploy` can change it. */
export interface DeployedParts {
  readonly zone: string;
  /** Sorted, so that writing them in another order needs no deploy. */
  readonly domains: readonly string[];
  readonly senders: Distribution['senders'];
  /** When people are reminded. Absent: they are not. */
  readonly reminders?: { readonly at: string; readonly zone: string };
  /** Each with its zone. Streams that the file leaves out are absent. */
  readonly schedules: Readonly<Partial<Record<ScheduledStream, Schedule & { zone: string }>>>;
}

export function deployedParts({ organisation, senders, streams, reminders }: Distribution): DeployedParts {
  const zoned = scheduledStreams.flatMap((stream) => {
    const schedule = streams[stream]?.schedule;
    return schedule ? [[stream, { ...schedule, zone: schedule.zone ?? organisation.zone }] as const] : [];
  });
  return {
    zone: organisation.zone,
    domains: organisation.domains.toSorted(),
    senders,
    schedules: Object.fromEntries(zoned),
    ...(reminders && { reminders: { at: reminders.at, zone: organisation.zone } }),
  };
}

/**
 * The file as this stack can carry it out for customers. Only a deployment gives a sender the right
 * to send, so until then nothing is offered to customers and no mail is promised. `deployedSender`:
 * the address that the stack was made with, empty for none.
 */
export function asDeployedForCustomers(distribution: Distribution, deployedSender: string): Distribution {
  const { customers, ...senders } = distribution.senders;
  if (customers && customers.address === deployedSender) return distribution;
  const closed = streamsOf('customers').flatMap((stream) => {
    const configured = distribution.streams[stream];
    return configured ? [[stream, { ...configured, signUp: 'none' as const }] as const] : [];
  });
  return { ...distribution, senders, streams: { ...distribution.streams, ...Object.fromEntries(closed) } };
}

/** What a stack was made from, as its functions know it. */
export interface Deployed {
  /** See {@link deployedHash}. */
  readonly hash: string;
  /** See deployedValues. Undefined while a deployment gives the variable to a function. */
  readonly values?: string | undefined;
}

/** Equal hashes: the stack needs no deploy to follow the distribution file. */
export const deployedHash = (distribution: Distribution): string => canonicalHash(deployedParts(distribution));
