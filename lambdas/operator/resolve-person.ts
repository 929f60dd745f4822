import { Refused } from '../../core/shared/errors.ts';
import { realms } from '../../core/stream/stream.ts';
import type { Who } from '../../core/subscriber/ports.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { HttpProblem } from '../shared/problem.ts';

/**
 * The people that an address or a subscriber id may mean. One address may belong to a member of
 * staff and to a customer. Throws Refused for anything else.
 */
export async function resolvePerson(text: string, identitySecret: () => Promise<string>): Promise<Who[]> {
  if (SubscriberId.safeParse(text).success) return realms.map((realm) => ({ realm, sid: text }));
  const address = parseAddress(text);
  if (!address) throw new Refused('content', [personFlaw]);
  const secret = await identitySecret();
  return realms.map((realm) => ({ realm, sid: subscriberId(realm, address, secret) }));
}

/** Returns the people who were found. Throws 404 if there are none. */
export function foundOr404<One>(found: One[]): One[] {
  if (found.length > 0) return found;
  throw new HttpProblem(404, { detail: 'Nobody who was imported has this address or id. Look at: afterword people list' });
}

const personFlaw = {
  field: 'person',
  problem: 'is neither an address nor a subscriber id',
  remedy: 'Write one plain address such as ada@example.com, or the id that the logs show: 32 hex digits.',
};
