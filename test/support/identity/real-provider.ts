import { createServer } from 'node:http';
import { closeServer, listenOnLoopback } from '../../../local/http/listen.ts';
import { identityProvider } from '../../../local/identity/provider.ts';
import { clientId, clientSecret } from './forging-provider.ts';

/** The provider of the laptop, with a client that has a secret. */
export async function aRealProvider(redirectUri: string) {
  let answer: ReturnType<typeof identityProvider> | undefined;
  const server = createServer(async (request, response) => answer?.(request, response));
  const issuer = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  const client = { client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] };
  answer = identityProvider({ issuer, clients: [client], accounts: [] });
  return { issuer, stop: () => closeServer(server) };
}

/**
 * Signs in at the provider as somebody, in a browser of their own, or presses "Do not sign in".
 * Returns the path and query that the provider sends the browser back to.
 */
export async function signInAt(start: string, address: string | undefined): Promise<string> {
  const cookies = new Map<string, string>();
  const go = async (url: string, form?: Record<string, string>) => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    await answer.text();
    return new URL(answer.headers.get('location') ?? '', url).href;
  };
  const login = await go(start);
  const resumed = await go(login, address === undefined ? { stop: '1' } : { account: address });
  const { pathname, search } = new URL(await go(resumed));
  return `${pathname}${search}`;
}
