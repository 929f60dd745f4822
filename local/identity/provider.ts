import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { type ClientMetadata, interactionPolicy } from 'oidc-provider';
import { readBody } from '../http/body.ts';
import { loginPage } from './login-page.ts';
import type { Account } from './people.ts';

export interface ProviderOptions {
  readonly issuer: string;
  readonly clients: readonly ClientMetadata[];
  /** Offered on the login page. Any other address can be typed. */
  readonly accounts: readonly Account[];
}

/**
 * An OpenID Connect provider for a laptop and for tests. Whoever asks is whoever they say, so it must
 * be reachable on loopback alone. It asks each time who signs in.
 */
export function identityProvider({
  issuer,
  clients,
  accounts,
}: ProviderOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const nameOf = (address: string) => accounts.find((account) => account.address === address)?.name ?? address;
  const provider = new Provider(issuer, {
    clients: clients.map((client) => ({ response_types: ['code'], grant_types: ['authorization_code'], ...client })),
    jwks: {
      keys: [{ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' }],
    },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 3600, Session: 3600 },
    interactions: { url: (_, { uid }) => `/interaction/${uid}`, policy: askingEachTime() },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, email: sub, email_verified: true, name: nameOf(sub) }) }),
    // Nobody has to agree that we may learn their address.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    renderError: (ctx, { error, error_description }) => {
      ctx.type = 'text/plain';
      ctx.body = `${error}: ${String(error_description)}`;
    },
  });
  const answer = provider.callback();
  return async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void (await answer(request, response));
    if (request.method !== 'POST') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(loginPage(accounts));
      return;
    }
    const form = new URLSearchParams((await readBody(request))?.toString());
    const accountId = form.get('other')?.trim() || form.get('account');
    const result = accountId
      ? { login: { accountId, remember: false } }
      : { error: 'access_denied', error_description: 'nobody was chosen' };
    await provider.interactionFinished(request, response, result);
  };
}

function askingEachTime() {
  const { Check, base } = interactionPolicy;
  const policy = base();
  const ask = ({ oidc }: { readonly oidc: { readonly result?: { readonly login?: unknown } | undefined } }) =>
    oidc.result?.login === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
  policy.get('login')?.checks.add(new Check('asks_each_time', 'asks each time who signs in', ask));
  return policy;
}
