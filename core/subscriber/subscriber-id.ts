import { createHmac } from 'node:crypto';
import { type Address, mailboxOf, parseAddress, readerHash } from '../shared/address.ts';
import type { Realm } from '../stream/stream.ts';
import type { SubscriberId } from './subscriber.ts';

export { type Address, mailboxOf, parseAddress, readerHash };

/** Whether two texts are the same address, as a sid tells them apart. False if one is none. */
export function isSameAddress(one: string, other: string): boolean {
  const first = parseAddress(one)?.normalised;
  return first !== undefined && first === parseAddress(other)?.normalised;
}

/**
 * The same person in the same realm always gets the same id, and the id alone does not reveal who
 * it is. Neither part can contain a line feed, so the two cannot be confused.
 */
export const subscriberId = (realm: Realm, { normalised }: Pick<Address, 'normalised'>, identitySecret: string): SubscriberId =>
  createHmac('sha256', identitySecret).update(`${realm}\n${normalised}`).digest('hex').slice(0, 32);

/**
 * What the suppression list keeps of a person who is erased. It is made with a second secret, so
 * that the list cannot be joined with other data.
 */
export const suppressionHash = (sid: SubscriberId, suppressionSecret: string): string =>
  createHmac('sha256', suppressionSecret).update(sid).digest('hex');
