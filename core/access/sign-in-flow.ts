import { createHmac, timingSafeEqual } from 'node:crypto';
import { minuteMs } from '../shared/duration.ts';
import type { TokenKeys } from './token.ts';

/**
 * What one sign-in at the organisation's provider is bound to, from leaving for the provider to
 * coming back. All three are known to us alone: they are made from what the browser keeps and a key
 * of ours.
 */
export interface SignInFlow {
  /** Comes back with the browser. Without it, the answer belongs to another sign-in. */
  readonly state: string;
  /** Comes back in the ID token. */
  readonly nonce: string;
  /** Redeems the code, which is of no use without it (RFC 7636). */
  readonly verifier: string;
  /** The page to go on to. */
  readonly to?: string;
}

/** The browser keeps this cookie until it comes back, for ten minutes at most. */
export const flowCookie = '__Host-afterword-sign-in';
export const flowSeconds = 600;

/** Begins one. `cookie` is the value of the cookie. `newSecret` are 32 random bytes. */
export function beginFlow(
  newSecret: Uint8Array,
  { to, now }: { readonly to?: string | undefined; readonly now: Date },
  { key }: Pick<TokenKeys, 'key'>,
): { readonly cookie: string; readonly flow: SignInFlow } {
  const seed = Buffer.from(newSecret).toString('base64url');
  const kept = [seed, now.getTime().toString(36), Buffer.from(to ?? '').toString('base64url')].join('.');
  return { cookie: `${kept}.${mac(key, 'kept', kept)}`, flow: flowOf(seed, to, key) };
}

const whole = /^(([A-Za-z0-9_-]{43})\.([0-9a-z]{1,9})\.([A-Za-z0-9_-]{0,1400}))\.([A-Za-z0-9_-]{43})$/;

/**
 * The sign-in that this browser began. Undefined for a cookie that is not ours, and for one that is
 * older than ten minutes.
 */
export function readFlow(cookie: string, now: Date, { key, previous }: TokenKeys): SignInFlow | undefined {
  const [, kept = '', seed = '', at = '', to = '', proof = ''] = cookie.length > 1600 ? [] : (whole.exec(cookie) ?? []);
  const keys = [key, ...(previous ? [previous.key] : [])];
  const [signer] = keys.filter((one) => isEqual(mac(one, 'kept', kept), proof));
  const age = now.getTime() - Number.parseInt(at, 36);
  if (signer === undefined || age < -minuteMs || age > flowSeconds * 1000) return undefined;
  return flowOf(seed, Buffer.from(to, 'base64url').toString() || undefined, signer);
}

/** Whether the answer belongs to this sign-in. */
export const isStateOf = (given: string, { state }: Pick<SignInFlow, 'state'>): boolean => isEqual(state, given);

const flowOf = (seed: string, to: string | undefined, key: string): SignInFlow => ({
  state: mac(key, 'state', seed),
  nonce: mac(key, 'nonce', seed),
  verifier: mac(key, 'verifier', seed),
  ...(to !== undefined && { to }),
});

/** Can never equal the MAC of a link or a form, because those begin otherwise. */
const mac = (key: string, what: 'kept' | 'state' | 'nonce' | 'verifier', text: string) =>
  createHmac('sha256', key).update(`sign-in.${what}.${text}`).digest('base64url');

function isEqual(ours: string, given: string): boolean {
  const [one, other] = [Buffer.from(ours), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
