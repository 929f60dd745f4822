import { createHash } from 'node:crypto';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import { readSessionText, sessionText } from '../../core/access/session.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { sessionCookie } from '../../lambdas/shared/pages/current-session.ts';
import type { TestStack } from './running-stack.ts';

/**
 * Begins a session of somebody who was imported, as signing in would, and returns its cookie for a
 * context of the browser.
 */
export async function signedInCookie({ call, table, now, url }: TestStack, address: string) {
  const { people } = (await call('GET', '/operator/people?limit=1000')).body;
  const sid: string | undefined = people.find((one: { address: string }) => one.address === address)?.sid;
  const [profile] = sid === undefined ? [] : await dynamoPeopleStore(table).readProfiles([{ realm: 'staff', sid }]);
  if (!profile) throw new Error(`${address} was not imported`);
  const value = sessionText(profile.sid, createHash('sha256').update(address).digest());
  const begun = readSessionText(value);
  if (!begun) throw new Error('a session has no such text');
  const at = toInstant(now());
  const { generation = 0, role } = profile;
  await dynamoSessionStore(table).put({
    ...begun,
    kind: 'session',
    way: 'mail',
    createdAt: at,
    seenAt: at,
    generation,
    ...(role !== undefined && { role }),
  });
  const { hostname } = new URL(url);
  return { name: sessionCookie, value, url: `https://${hostname}/`, httpOnly: true, secure: true, sameSite: 'Lax' } as const;
}
