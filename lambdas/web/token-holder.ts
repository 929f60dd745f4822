import { type TokenClaims, type TokenScope, verifyToken } from '../../core/access/token.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import type { WebDeps } from './deps.ts';

/** Who is at the other end of a link. The token of the path is the only thing that says so. */
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
 * The holder of a link of this scope; 'expired' of one that was theirs once and is still of their
 * generation. Undefined, and nothing tells why, for everything else: also for people who are gone
 * or suspended or of the other realm, and for links that were made invalid. Whoever has not
 * confirmed opens the page that confirms and nothing else: anybody may have typed their address.
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
