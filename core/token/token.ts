import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { SubscriberId } from '../subscriber/subscriber.ts';

/** What a link may do. `about` is the stream to leave, or the edition that was read. */
export const tokenScopes = ['unsubscribe', 'preferences', 'read'] as const;
export type TokenScope = (typeof tokenScopes)[number];

export const TokenClaims = z.strictObject({
  scope: z.enum(tokenScopes),
  subscriber: SubscriberId,
  about: z.string().regex(/^[A-Za-z0-9_-]{0,200}$/),
  /** Seconds since 1970. */
  issuedAt: z.int().nonnegative(),
});
export type TokenClaims = z.infer<typeof TokenClaims>;

/** Signing keys by id; the first one signs, all of them are believed. */
const TokenKey = z.object({ kid: z.string().regex(/^[A-Za-z0-9]{1,16}$/), key: z.string().min(32) });
export const TokenKeys = TokenKey.extend({ previous: TokenKey.optional() });
export type TokenKeys = z.infer<typeof TokenKeys>;

const version = 'v1';
const mac = (key: string, signed: string) => createHmac('sha256', key).update(signed).digest();

/** `v1.<key id>.<payload>.<HMAC-SHA256>`; carries no address. The same claims and key give the same token. */
export function signToken(claims: TokenClaims, { kid, key }: TokenKeys): string {
  const payload = [claims.scope, claims.subscriber, claims.about, claims.issuedAt.toString(36)].join(':');
  const signed = `${version}.${kid}.${Buffer.from(payload).toString('base64url')}`;
  return `${signed}.${mac(key, signed).toString('base64url')}`;
}

/** The claims of a token that we signed, with the current or the previous key; undefined for anything else, in every case alike. */
export function readToken(token: string, keys: TokenKeys): TokenClaims | undefined {
  const [v, kid, payload, signature, ...rest] = token.split('.');
  const known = [keys, keys.previous].find((key) => key !== undefined && key.kid === kid);
  if (v !== version || !known || !payload || !signature || rest.length > 0) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const expected = mac(known.key, `${v}.${kid}.${payload}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  // Base64url has several spellings of the same bytes; only the one that we write counts.
  if (expected.toString('base64url') !== signature) return undefined;
  const [scope, subscriber, about, issued] = Buffer.from(payload, 'base64url').toString('utf8').split(':');
  return TokenClaims.safeParse({ scope, subscriber, about, issuedAt: Number.parseInt(issued ?? '', 36) }).data;
}
