import { parseAddress } from '../shared/address.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { ApprovalFile } from './valid-approvals.ts';

/**
 * Sids of people whom the file names, by their normalised address. `apply` stores them with the
 * file: only it knows the identity secret.
 */
export type SidsByAddress = Readonly<Record<string, SubscriberId>>;

/** Undefined if the file does not name the address, or was applied by an earlier release. */
export function sidIn(sids: SidsByAddress, address: string): SubscriberId | undefined {
  const normalised = parseAddress(address)?.normalised;
  return normalised === undefined ? undefined : sids[normalised];
}

/** What the distribution file says of them, with its defaults. */
interface NamedApprovers extends Pick<ApprovalFile, 'approvals' | 'holdMs'> {
  readonly approvers: readonly {
    readonly address: string;
    readonly also?: readonly string[] | undefined;
    readonly name?: string | undefined;
  }[];
}

/** The approvers of the file. One without a sid cannot be asked, and is none. */
export function approvalFileOf({ approvers, approvals, holdMs }: NamedApprovers, sids: SidsByAddress): ApprovalFile {
  return {
    approvals,
    holdMs,
    approvers: approvers.flatMap(({ address, also = [], name }) => {
      const addresses = [address, ...also];
      const person = sidIn(sids, address);
      if (person === undefined) return [];
      return [{ person, addresses, names: name === undefined ? [] : [name], sids: addresses.flatMap((one) => sidIn(sids, one) ?? []) }];
    }),
  };
}
