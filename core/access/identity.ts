import { type Address, parseAddress } from '../subscriber/subscriber-id.ts';
import type { SignInFlow } from './sign-in-flow.ts';

/** What a provider says of somebody, by the names of OpenID Connect. Nothing of it is checked. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Why nobody was identified. `stopped`: the person or the provider said no. `unreachable`: the
 * provider did not answer in time. `refused`: its answer was not as it must be. `reason` is for
 * operators: words of ours and error codes, never a token or a claim.
 */
export interface NotIdentified {
  readonly kind: 'stopped' | 'unreachable' | 'refused';
  readonly reason: string;
}

/** The organisation's own sign-in. Neither function throws. */
export interface IdentityProvider {
  /** Where the browser goes to sign in. `again`: it asks even those whom it knows. */
  begin(flow: SignInFlow, how?: { readonly again: boolean }): Promise<{ readonly kind: 'go'; readonly url: string } | NotIdentified>;
  /**
   * Who came back, by the parameters that they came back with. Signature, issuer, audience, nonce
   * and times are verified. The second time, the provider refuses the code.
   */
  identify(answer: URLSearchParams, flow: SignInFlow): Promise<{ readonly kind: 'identified'; readonly claims: Claims } | NotIdentified>;
}

/** Whose word counts for an address. */
export interface AddressTrust {
  readonly issuer: string;
  /**
   * The claim that the organisation's own provider vouches for. Without it the address is `email`,
   * and only if `email_verified` is true.
   */
  readonly claim?: string | undefined;
  /** The organisation's domains, in lower-case ASCII. */
  readonly domains: readonly string[];
}

export type FoundAddress =
  | { readonly kind: 'found'; readonly address: Address }
  | { readonly kind: 'no address' | 'unverified' | 'elsewhere' };

/** The address that the provider vouches for, if it lies in the organisation. */
export function addressOf(claims: Claims, { issuer, claim, domains }: AddressTrust): FoundAddress {
  const told = claims[claim ?? 'email'];
  const address = typeof told === 'string' ? parseAddress(told) : undefined;
  if (!address) return { kind: 'no address' };
  if (claim === undefined && claims.email_verified !== true) return { kind: 'unverified' };
  if (!domains.includes(address.domain)) return { kind: 'elsewhere' };
  return isGoogle(issuer) && !isOf(domains, claims.hd) ? { kind: 'elsewhere' } : { kind: 'found', address };
}

/**
 * Anybody may open an account of their own at Google with an address at work, and keeps it after
 * they left. Only `hd` says that the organisation manages it
 * (https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken).
 */
const isGoogle = (issuer: string) => URL.parse(issuer)?.host === 'accounts.google.com';
const isOf = (domains: readonly string[], hd: unknown) => typeof hd === 'string' && domains.includes(hd.toLowerCase());
