import * as oauth from 'oauth4webapi';
import type { IdentityProvider, NotIdentified } from '../../core/access/identity.ts';
import type { SignInFlow } from '../../core/access/sign-in-flow.ts';
import { hourMs } from '../../core/shared/duration.ts';

export interface OidcSettings {
  /** Its discovery document lies below this address, and its tokens name it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Reads the client's secret. Undefined: a public client, which PKCE alone protects. */
  readonly clientSecret?: (() => Promise<string>) | undefined;
  /** The claim that names the address, if it is not `email`. */
  readonly addressClaim?: string | undefined;
  /** Where the browser comes back to, as the provider knows it. */
  readonly redirectUri: string;
  readonly now: () => Date;
  /** How long everything together may take, in milliseconds. @default 4,000 */
  readonly withinMs?: number;
}

/** How far the provider's clock may be from ours, in seconds. */
const toleranceSeconds = 300;
/**
 * How long a discovery document is kept. Its keys are read again after five minutes, and earlier
 * where a token names a key that is not among them.
 */
const keptMs = hourMs;

/**
 * Signatures that only the provider can make. HMACs are made with the client's secret, which we
 * have too.
 */
const asymmetric = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

/**
 * The organisation's OpenID Connect provider: authorization code with PKCE. Keeps what it
 * discovered for an hour; after a failure the next call discovers again.
 */
export function oidcProvider(settings: OidcSettings): IdentityProvider {
  const { clientId, redirectUri, addressClaim, withinMs = 4000, now } = settings;
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: toleranceSeconds };
  const discovered = discovery(settings);
  const within = () => ({ ...transport(settings), signal: AbortSignal.timeout(withinMs) });
  return {
    begin: (flow, { again } = { again: false }) =>
      answered(async () => {
        const server = await discovered(within());
        return { kind: 'go', url: await authorisationUrl(server, settings, { flow, again }) } as const;
      }),
    identify: (answer, flow) =>
      answered(async () => {
        const limits = within();
        const server = await discovered(limits);
        const code = oauth.validateAuthResponse(server, client, answer, flow.state);
        const proof = await clientProof(server, settings);
        const answerOfToken = await oauth.authorizationCodeGrantRequest(server, client, proof, code, redirectUri, flow.verifier, limits);
        const tokens = await oauth.processAuthorizationCodeResponse(server, client, answerOfToken, {
          expectedNonce: flow.nonce,
          requireIdToken: true,
        });
        await oauth.validateApplicationLevelSignature(server, answerOfToken, limits);
        const claims = oauth.getValidatedIdTokenClaims(tokens);
        if (!claims) throw new Wrong('no ID token');
        checkFurther(claims, clientId, now());
        const wanted = addressClaim === undefined ? ['email', 'email_verified'] : [addressClaim];
        if (wanted.every((name) => claims[name] !== undefined) || !server.userinfo_endpoint) return { kind: 'identified', claims } as const;
        // With a code, some say there alone whether the address was verified: Okta does.
        const info = await oauth.userInfoRequest(server, client, tokens.access_token, limits);
        return {
          kind: 'identified',
          claims: { ...claims, ...(await oauth.processUserInfoResponse(server, client, claims.sub, info)) },
        } as const;
      }),
  };
}

type Transport = oauth.DiscoveryRequestOptions & { readonly signal?: AbortSignal };

/** Only a provider on this machine may be reached without TLS: that of the laptop. */
const transport = ({ issuer }: Pick<OidcSettings, 'issuer'>) => ({
  [oauth.allowInsecureRequests]: isOnThisMachine(issuer),
  [oauth.customFetch]: fetchAgainWhereCutOff,
});

/**
 * A connection that was kept while the container slept may have been closed meanwhile, which shows
 * when it is used. Then once more, on a new one. A code that was redeemed all the same is refused.
 */
async function fetchAgainWhereCutOff(url: string, options: Sent): Promise<Response> {
  const request = { ...options, body: options.body ?? null };
  try {
    return await fetch(url, request);
  } catch (error) {
    if (isCutOff(error)) return fetch(url, request);
    throw error;
  }
}

type Sent = oauth.CustomFetchOptions<string, URLSearchParams | undefined>;
const isCutOff = (error: unknown) => error instanceof TypeError && ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(codeOf(error.cause));

const isOnThisMachine = (issuer: string) => {
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
};

function discovery({ issuer, now }: OidcSettings): (limits: Transport) => Promise<oauth.AuthorizationServer> {
  let kept: { readonly server: Promise<oauth.AuthorizationServer>; readonly at: number } | undefined;
  const read = async (limits: Transport) => {
    const identifier = new URL(issuer);
    const server = await oauth.processDiscoveryResponse(identifier, await oauth.discoveryRequest(identifier, limits));
    const offered = server.id_token_signing_alg_values_supported ?? ['RS256'];
    return { ...server, id_token_signing_alg_values_supported: offered.filter((alg) => asymmetric.includes(alg)) };
  };
  return (limits) => {
    if (kept && now().getTime() - kept.at < keptMs) return kept.server;
    const server = read(limits);
    kept = { server, at: now().getTime() };
    server.catch(() => {
      kept = undefined;
    });
    return server;
  };
}

async function authorisationUrl(
  server: oauth.AuthorizationServer,
  { clientId, redirectUri, addressClaim }: Pick<OidcSettings, 'clientId' | 'redirectUri' | 'addressClaim'>,
  { flow: { state, nonce, verifier }, again }: { readonly flow: SignInFlow; readonly again: boolean },
): Promise<string> {
  const url = URL.parse(server.authorization_endpoint ?? '');
  const schemes = isOnThisMachine(server.issuer) ? ['https:', 'http:'] : ['https:'];
  if (!url || !schemes.includes(url.protocol)) throw new Wrong('no authorization_endpoint with https');
  const asked = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: addressClaim === undefined ? 'openid email' : 'openid email profile',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(again && { prompt: 'login' }),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return url.href;
}

/** In the header, as every provider has to accept it, unless it says that it takes the body. */
async function clientProof(server: oauth.AuthorizationServer, { clientSecret }: OidcSettings): Promise<oauth.ClientAuth> {
  if (!clientSecret) return oauth.None();
  const secret = (await clientSecret()).trim();
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_basic') || !methods.includes('client_secret_post')
    ? oauth.ClientSecretBasic(secret)
    : oauth.ClientSecretPost(secret);
}

/** What OpenID Connect Core 1.0, section 3.1.3.7, asks for beyond what the library checks. */
function checkFurther({ azp, iat }: oauth.IDToken, clientId: string, now: Date): void {
  if (azp !== undefined && azp !== clientId) throw new Wrong('unexpected ID Token "azp" (authorized party) claim value');
  if (iat > now.getTime() / 1000 + toleranceSeconds) throw new Wrong('unexpected JWT "iat" (issued at) claim value, it lies in the future');
}

/** Something that is not as it must be. The message goes into the log. */
class Wrong extends Error {
  override readonly name = 'Wrong';
}

async function answered<Found>(work: () => Promise<Found>): Promise<Found | NotIdentified> {
  try {
    return await work();
  } catch (error) {
    return notIdentified(error);
  }
}

/**
 * Names what went wrong without what came with it: causes of these errors hold tokens and claims.
 */
function notIdentified(error: unknown): NotIdentified {
  if (error instanceof oauth.AuthorizationResponseError) return { kind: kindOf(error.error), reason: wordOf(error.error) };
  if (error instanceof oauth.ResponseBodyError) {
    return { kind: isBusy(error.status) ? 'unreachable' : 'refused', reason: `token endpoint: ${error.status} ${wordOf(error.error)}` };
  }
  if (error instanceof oauth.OperationProcessingError && error.cause instanceof Response) {
    const { status } = error.cause;
    return { kind: isBusy(status) ? 'unreachable' : 'refused', reason: `${error.message}: ${status}` };
  }
  const told = error instanceof Error ? error : new Wrong('something that is no error was thrown');
  if (told.name === 'TimeoutError') return { kind: 'unreachable', reason: 'no answer in time' };
  if (told instanceof TypeError && told.cause !== undefined) return { kind: 'unreachable', reason: `no connection: ${codeOf(told.cause)}` };
  return { kind: 'refused', reason: told.message };
}

/** What the authorization endpoint may answer (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6). */
function kindOf(error: string): NotIdentified['kind'] {
  if (['access_denied', 'login_required', 'consent_required', 'interaction_required', 'account_selection_required'].includes(error)) {
    return 'stopped';
  }
  return ['server_error', 'temporarily_unavailable'].includes(error) ? 'unreachable' : 'refused';
}

/** An error code of OAuth. Anybody can write one into an address, so nothing but a word is kept. */
const wordOf = (code: string) => (/^[A-Za-z0-9_.-]{1,60}$/.test(code) ? code : 'an error without a code');
const isBusy = (status: number) => status >= 500 || status === 429;
const codeOf = (cause: unknown) => (cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown');
