import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { SubscriberId } from '../subscriber/subscriber.ts';

/** What a link may do. `about` is the stream to leave, or the edition that was read. */
export type TokenScope = 'unsubscribe' | 'preferences' | 'read';

export interface TokenClaims {
  readonly scope: TokenScope;
  readonly subscriber: SubscriberId;
  /** `[A-Za-z0-9_-]`, may be empty. */
  readonly about: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

/** The key that signs, and its id; the secret may hold more beside them. */
export const TokenKeys = z.object({ kid: z.string().regex(/^[A-Za-z0-9]{1,16}$/), key: z.string().min(32) });
export type TokenKeys = z.infer<typeof TokenKeys>;

const version = 'v1';
const mac = (key: string, signed: string) => createHmac('sha256', key).update(signed).digest();

/** `v1.<key id>.<payload>.<HMAC-SHA256>`; carries no address. The same claims and key give the same token. */
export function signToken(claims: TokenClaims, { kid, key }: TokenKeys): string {
  const payload = [claims.scope, claims.subscriber, claims.about, claims.issuedAt.toString(36)].join(':');
  const signed = `${version}.${kid}.${Buffer.from(payload).toString('base64url')}`;
  return `${signed}.${mac(key, signed).toString('base64url')}`;
}
