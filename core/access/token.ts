import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { Realm } from '../stream/stream.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';

export const tokenScopes = [
  'unsubscribe',
  'preferences',
  'read',
  'feed',
  'confirm',
  'approve',
  'sign-in',
  'decide',
  'receipt',
  'reminders',
  'review',
] as const;
/** What a link may do. */
export type TokenScope = (typeof tokenScopes)[number];

export interface TokenClaims {
  readonly scope: TokenScope;
  readonly realm: Realm;
  readonly subscriber: SubscriberId;
  /**
   * What the scope applies to: the stream to leave or to confirm, the edition that was read, the
   * request to approve, when somebody asked to sign in, the decisions of a receipt, the mail of
   * reminders, the request of a notice to approve. An audience in links of earlier releases:
   * of a feed, or to read its archive. Empty for preferences. `[A-Za-z0-9_-]`.
   */
  readonly about: string;
  /**
   * The profile's generation when the link was signed. Each page that a link opens compares it: a
   * lower one means that the link was made invalid.
   */
  readonly generation: number;
  /** Seconds since 1970. */
  readonly issuedAt: number;
}

const TokenKey = z.object({ kid: z.string().regex(/^[A-Za-z0-9]{1,16}$/), key: z.string().min(32) });
/**
 * The key that signs, and the one before it, which still verifies the links that it signed. The
 * secret may hold more keys beside them.
 */
export const TokenKeys = TokenKey.extend({ previous: TokenKey.optional() });
export type TokenKeys = z.infer<typeof TokenKeys>;

const version = 'v1';
const mac = (key: string, signed: string) => createHmac('sha256', key).update(signed).digest();
const realmLetters: Readonly<Record<Realm, string>> = { staff: 's', customers: 'c' };

/**
 * `v1.<key id>.<payload>.<HMAC-SHA256>`, without an address. The same claims and key give the same
 * token.
 */
export function signToken(claims: TokenClaims, { kid, key }: Pick<TokenKeys, 'kid' | 'key'>): string {
  const { scope, realm, subscriber, about, generation, issuedAt } = claims;
  const payload = [scope, realmLetters[realm], subscriber, about, generation.toString(36), issuedAt.toString(36)].join(':');
  const signed = `${version}.${kid}.${Buffer.from(payload).toString('base64url')}`;
  return `${signed}.${mac(key, signed).toString('base64url')}`;
}

const day = 24 * 3600;
/**
 * How many seconds a link is valid. Leaving a stream and reading a feed must work as long as the
 * mail or the reader's program is kept.
 */
const lifetimes: Readonly<Record<TokenScope, number>> = {
  unsubscribe: Number.POSITIVE_INFINITY,
  feed: Number.POSITIVE_INFINITY,
  read: 400 * day,
  preferences: 90 * day,
  confirm: 7 * day,
  approve: 7 * day,
  'sign-in': 600,
  decide: 7 * day,
  receipt: 7 * day,
  reminders: 30 * day,
  review: 7 * day,
};

/** When a link ends to be valid. Only of scopes that end. */
export const linkEnds = ({ scope, issuedAt }: Pick<TokenClaims, 'scope' | 'issuedAt'>): Instant =>
  toInstant(new Date((issuedAt + lifetimes[scope]) * 1000));

/** For how many days a link is valid. */
export const linkDays = (scope: TokenScope): number => lifetimes[scope] / day;

/** When a link has to be signed as issued, so that it is valid for so many seconds from now. */
export const issuedToLast = (scope: TokenScope, seconds: number, now: Date): number =>
  Math.floor(now.getTime() / 1000) - lifetimes[scope] + seconds;

export type VerifiedToken = { readonly kind: 'good' | 'expired'; readonly claims: TokenClaims };

const longest = 600;
const whole = /^v1\.([A-Za-z0-9]{1,16})\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;
const claimed = /^([a-z-]+):([sc]):([0-9a-f]{32}):([A-Za-z0-9_-]*):([0-9a-z]{1,7}):([0-9a-z]{1,7})$/;

/**
 * The claims that a link proves. Undefined for everything that is not exactly what one of our keys
 * signed for this scope. Nothing reveals why: every known key is tried in full and compared in
 * constant time. `expired` means that the link was valid once.
 */
export function verifyToken(
  text: string,
  { previous, ...current }: TokenKeys,
  { scope, now }: { readonly scope: TokenScope; readonly now: Date },
): VerifiedToken | undefined {
  const [, kid, payload, signature] = text.length > longest ? [] : (whole.exec(text) ?? []);
  if (!kid || !payload || !signature) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const proofs = [current, ...(previous ? [previous] : [])].map(
    (one) => timingSafeEqual(mac(one.key, `${version}.${kid}.${payload}`), given) && one.kid === kid,
  );
  const claims = proofs.includes(true) && isCanonical(signature) && isCanonical(payload) ? readClaims(payload) : undefined;
  if (claims?.scope !== scope) return undefined;
  const age = now.getTime() / 1000 - claims.issuedAt;
  return { kind: age > lifetimes[scope] ? 'expired' : 'good', claims };
}

/**
 * Some bits of the last letter carry nothing, so several texts decode to the same bytes. Only one
 * of them is the text that we wrote.
 */
const isCanonical = (text: string) => Buffer.from(text, 'base64url').toString('base64url') === text;

function readClaims(payload: string): TokenClaims | undefined {
  const [, name, letter, subscriber, about, generation, issuedAt] = claimed.exec(Buffer.from(payload, 'base64url').toString()) ?? [];
  const scope = tokenScopes.find((known) => known === name);
  if (!scope || !subscriber || about === undefined || !generation || !issuedAt) return undefined;
  return {
    scope,
    realm: letter === 'c' ? 'customers' : 'staff',
    subscriber,
    about,
    generation: Number.parseInt(generation, 36),
    issuedAt: Number.parseInt(issuedAt, 36),
  };
}

/**
 * The key with this id, for a mail that has to be made again exactly as it was. Undefined once the
 * key was rotated out.
 */
export const keyOf = ({ previous, ...current }: TokenKeys, kid: string): Pick<TokenKeys, 'kid' | 'key'> | undefined =>
  [current, previous].find((one) => one?.kid === kid);
