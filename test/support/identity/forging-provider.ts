import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { type JWTPayload, SignJWT } from 'jose';
import type { SignInFlow } from '../../../core/access/sign-in-flow.ts';
import { closeServer, listenOnLoopback } from '../../../local/http/listen.ts';

export const clientId = 'afterword';
export const clientSecret = 'a secret that the provider and we know';

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [own, another] = [pair(), pair()];

/** What it answers in the place of what it should. Everything else is as it must be. */
export interface Misbehaviour {
  readonly claims?: JWTPayload;
  /** Claims that are missing. */
  readonly without?: readonly string[];
  readonly header?: Readonly<Record<string, string>>;
  /** `none`: no signature. `client secret`, `public key`: an HMAC with what others know too. */
  readonly signed?: 'by another key' | 'none' | 'client secret' | 'public key';
  readonly discovery?: Readonly<Record<string, unknown>>;
  readonly userinfo?: Readonly<Record<string, unknown>>;
  /** By the path of the request: answers with this status, never, or by hanging up the first time. */
  readonly fails?: Readonly<Record<string, number | 'never' | 'html' | 'hangs up once'>>;
}

/**
 * A provider that answers as it is told to, wrongly too. It has no page to sign in at: a code is
 * whatever one sends.
 */
export async function aForgingProvider() {
  let told: Misbehaviour & { readonly nonce?: string } = {};
  const asked: { path: string; form: URLSearchParams; authorization: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const path = request.url ?? '';
    asked.push({ path, form: new URLSearchParams(body), authorization: request.headers.authorization });
    const failure = told.fails?.[path];
    if (failure === 'never') return;
    const isFirst = asked.filter((one) => one.path === path).length === 1;
    if (failure === 'hangs up once' && isFirst) return void request.socket.destroy();
    if (failure === 'html') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Maintenance</p>');
    if (typeof failure === 'number') return json(response, failure, { error: failure === 401 ? 'invalid_client' : 'server_error' });
    if (path === '/.well-known/openid-configuration') return json(response, 200, { ...discovery(issuer), ...told.discovery });
    if (path === '/jwks')
      return json(response, 200, { keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'ES256' }] });
    if (path === '/userinfo') return json(response, 200, { sub: 'ada', ...told.userinfo });
    json(response, 200, { access_token: 'an access token', token_type: 'Bearer', id_token: await idToken(issuer, told) });
  });
  const issuer = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  return {
    issuer,
    asked,
    /** From now on it answers in this way to the sign-in. */
    answers: (flow: Pick<SignInFlow, 'nonce'>, misbehaviour: Misbehaviour = {}) => {
      told = { nonce: flow.nonce, ...misbehaviour };
    },
    stop: () => closeServer(server),
  };
}

const json = (response: ServerResponse, status: number, content: unknown) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));

const discovery = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize?tenant=1`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  userinfo_endpoint: `${issuer}/userinfo`,
  // Providers do list HMACs, for clients that ask for them.
  id_token_signing_alg_values_supported: ['ES256', 'RS256', 'HS256', 'none'],
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
});

async function idToken(issuer: string, { claims, without = [], header, signed, nonce }: Misbehaviour & { readonly nonce?: string }) {
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: issuer, aud: clientId, sub: 'ada', email: 'ada@example.com', email_verified: true, iat: now, exp: now + 300, nonce };
  const payload = Object.fromEntries(Object.entries({ ...usual, ...claims }).filter(([name]) => !without.includes(name)));
  if (signed === 'none') return byHand({ alg: 'none' }, payload, () => '');
  if (signed === 'client secret') return byHand({ alg: 'HS256', kid: 'k1' }, payload, hmac(clientSecret));
  if (signed === 'public key')
    return byHand({ alg: 'HS256', kid: 'k1' }, payload, hmac(own.publicKey.export({ format: 'pem', type: 'spki' })));
  const key: KeyObject = signed === 'by another key' ? another.privateKey : own.privateKey;
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header }).sign(key);
}

const hmac = (key: string | Buffer) => (text: string) => createHmac('sha256', key).update(text).digest('base64url');

function byHand(header: object, payload: object, sign: (text: string) => string): string {
  const text = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${sign(text)}`;
}
