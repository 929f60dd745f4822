import { type TokenClaims, type TokenScope, verifyToken } from '../../core/access/token.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import type { WebDeps } from './deps.ts';

/** The holder of a link. Only the token of the path identifies them. */
export interface Holder {
  readonly kind: 'holder';
  readonly claims: TokenClaims;
  readonly profile: Profile;
}
export interface Expired {
  readonly kind: 'expired';
  readonly claims: TokenClaims;
  readonly profile: Profile;
}

/**
 * Finds the holder of a link of this scope. 'expired' if the link has expired but was theirs and is
 * still of their generation. Undefined for everything else, without a reason: people who are gone,
 * suspended or in the other realm, and links that were made invalid. A person who has not confirmed
 * can open the page that confirms and no other, because anybody may have typed their address.
 */
export async function holderOf(
  token: string | undefined,
  scope: TokenScope,
  { realm, people, tokenKeys, now }: Pick<WebDeps, 'realm' | 'people' | 'tokenKeys' | 'now'>,
): Promise<Holder | Expired | undefined> {
  const verified = verifyToken(token ?? '', await tokenKeys(), { scope, now: now() });
  if (verified?.claims.realm !== realm) return undefined;
  const { claims } = verified;
  const [profile] = await people.readProfiles([{ realm: claims.realm, sid: claims.subscriber }]);
  if (profile?.unconfirmed && scope !== 'confirm') return undefined;
  if (!profile || profile.suspended || (profile.generation ?? 0) !== claims.generation) return undefined;
  return { kind: verified.kind === 'expired' ? 'expired' : 'holder', claims, profile };
}
