import { randomBytes } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { oidcProvider } from '../../adapters/oidc/oidc-provider.ts';
import { beginFlow } from '../../core/access/sign-in-flow.ts';
import { aForgingProvider, clientId, clientSecret, type Misbehaviour } from '../support/identity/forging-provider.ts';
import { nobodyListens } from '../support/nobody-listens.ts';
import { keys } from '../support/web.ts';

const redirectUri = 'https://lessons.example.com/sign-in/callback';
const forging = await aForgingProvider();
const now = new Date('2026-11-23T10:00:00Z');
const seconds = now.getTime() / 1000;

vi.useFakeTimers({ toFake: ['Date'], now });
afterAll(async () => {
  vi.useRealTimers();
  await forging.stop();
});
beforeEach(() => {
  forging.asked.length = 0;
});

const aFlow = () => beginFlow(randomBytes(32), { now }, keys).flow;
const connected = (more: Partial<Parameters<typeof oidcProvider>[0]> = {}) =>
  oidcProvider({
    ...{ issuer: forging.issuer, clientId, clientSecret: async () => clientSecret, redirectUri, now: () => now },
    withinMs: 240_000,
    ...more,
  });

/** Comes back from the provider with a code, while the provider misbehaves in this way. */
async function comeBack(misbehaviour: Misbehaviour = {}, query: Record<string, string> = {}, provider = connected()) {
  const flow = aFlow();
  forging.answers(flow, misbehaviour);
  return provider.identify(new URLSearchParams({ code: 'the code', state: flow.state, ...query }), flow);
}

describe('a browser is sent to the provider', () => {
  it('with state, nonce and the challenge of PKCE, and the secrets stay here', async () => {
    const flow = aFlow();
    forging.answers(flow);
    const begun = await connected().begin(flow);

    const url = new URL(begun.kind === 'go' ? begun.url : '');
    expect(`${url.origin}${url.pathname}`).toBe(`${forging.issuer}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: '1',
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: 'openid email',
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(url.href).not.toContain(flow.verifier);
  });

  it('nowhere but over https', async () => {
    const flow = aFlow();
    forging.answers(flow, { discovery: { authorization_endpoint: 'javascript:alert(1)' } });

    expect(await connected().begin(flow)).toEqual({ kind: 'refused', reason: 'no authorization_endpoint with https' });
    expect(await connected({ issuer: 'http://sign-in.example.com' }).begin(flow)).toMatchObject({
      kind: 'refused',
      reason: 'only requests to HTTPS are allowed',
    });
  });
});

describe('a person who comes back', () => {
  it('is who the ID token says, and the code goes with the verifier and the secret', async () => {
    expect(await comeBack()).toMatchObject({ kind: 'identified', claims: { email: 'ada@example.com', email_verified: true } });

    const token = forging.asked.find(({ path }) => path === '/token');
    expect(token?.authorization).toBe(`Basic ${btoa(`${clientId}:${clientSecret.replaceAll(' ', '+')}`)}`);
    expect(token?.form.get('code_verifier')).toMatch(/^[\w-]{43}$/);
    expect(token?.form.get('redirect_uri')).toBe(redirectUri);
  });

  it('needs no secret of a public client, and one that the body takes goes into the body', async () => {
    await comeBack({}, {}, connected({ clientSecret: undefined }));
    await comeBack({ discovery: { token_endpoint_auth_methods_supported: ['client_secret_post'] } });

    const tokens = forging.asked.filter(({ path }) => path === '/token');
    expect(tokens.map(({ authorization, form }) => [authorization, form.get('client_secret')])).toEqual([
      [undefined, null],
      [undefined, clientSecret],
    ]);
  });

  it.each([[['email', 'email_verified']], [['email_verified']]])(
    'is asked about at the provider where the ID token lacks %j',
    async (without) => {
      const userinfo = { email: 'ada@example.com', email_verified: true };

      expect(await comeBack({ without, userinfo })).toMatchObject({ kind: 'identified', claims: userinfo });
      expect(await comeBack({ without, userinfo: { ...userinfo, sub: 'mallory' } })).toMatchObject({ kind: 'refused' });
      expect(await comeBack({ without, discovery: { userinfo_endpoint: undefined } })).toMatchObject({ kind: 'identified' });
    },
  );

  it('costs one look at the discovery document and at the keys, for an hour', async () => {
    let at = now;
    const provider = connected({ now: () => at });
    const discoveries = () => forging.asked.filter(({ path }) => path.startsWith('/.well-known')).length;

    await comeBack({}, {}, provider);
    await comeBack({}, {}, provider);
    expect(discoveries()).toBe(1);
    expect(forging.asked.filter(({ path }) => path === '/jwks')).toHaveLength(1);

    at = new Date(now.getTime() + 3_600_001);
    await comeBack({}, {}, provider);
    expect(discoveries()).toBe(2);
  });
});

describe('a clock that is wrong by five minutes is forgiven, and no more', () => {
  it.each([
    ['expired four minutes ago', { exp: seconds - 299 }],
    ['issued in almost five minutes', { iat: seconds + 299, nbf: seconds + 299, exp: seconds + 600 }],
  ])('%s', async (_, claims) => {
    expect(await comeBack({ claims })).toMatchObject({ kind: 'identified' });
  });

  it.each([
    ['expired', { exp: seconds - 301 }, 'exp'],
    ['not yet valid', { nbf: seconds + 301 }, 'nbf'],
    ['issued in the future', { iat: seconds + 301, exp: seconds + 900 }, 'iat'],
  ])('%s', async (_, claims, claim) => {
    expect(await comeBack({ claims })).toEqual({ kind: 'refused', reason: expect.stringContaining(`"${claim}"`) });
  });
});

describe('nobody is let in by', () => {
  it.each<[string, Misbehaviour, string]>([
    ['another issuer', { claims: { iss: 'https://evil.example.com' } }, '"iss"'],
    ['a token for another client', { claims: { aud: 'another client' } }, '"aud"'],
    ['a token for several clients', { claims: { aud: [clientId, 'another client'] } }, '"aud"'],
    ['a token that another client asked for', { claims: { aud: [clientId, 'another'], azp: 'another' } }, '"azp"'],
    ['a token whose one party is another', { claims: { azp: 'another' } }, '"azp"'],
    ['the nonce of another sign-in', { claims: { nonce: 'of another sign-in' } }, '"nonce"'],
    ['a token without nonce', { without: ['nonce'] }, '"nonce"'],
    ['a token that never expires', { without: ['exp'] }, '"exp"'],
    ['a token without a signature', { signed: 'none' }, '"alg"'],
    ['an HMAC with the secret of the client', { signed: 'client secret' }, '"alg"'],
    ['an HMAC with the public key', { signed: 'public key' }, '"alg"'],
    ['another key', { signed: 'by another key' }, 'signature'],
    ['a key that the provider does not have', { header: { kid: 'k2' } }, 'key'],
    ['a discovery document of another issuer', { discovery: { issuer: 'https://evil.example.com' } }, 'issuer'],
  ])('%s', async (_, misbehaviour, said) => {
    expect(await comeBack(misbehaviour)).toEqual({ kind: 'refused', reason: expect.stringContaining(said) });
  });

  it('the answer of a second provider', async () => {
    expect(await comeBack({}, { iss: 'https://second.example.com' })).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('"iss"'),
    });
    expect(await comeBack({ discovery: { authorization_response_iss_parameter_supported: true } })).toMatchObject({ kind: 'refused' });
    expect(forging.asked.filter(({ path }) => path === '/token')).toEqual([]);
  });

  it('the state of another sign-in, or two of them', async () => {
    expect(await comeBack({}, { state: aFlow().state })).toMatchObject({ kind: 'refused', reason: expect.stringContaining('"state"') });
    const flow = aFlow();
    const twice = new URLSearchParams([
      ['code', 'c'],
      ['state', flow.state],
      ['state', 'another'],
    ]);
    expect(await connected().identify(twice, flow)).toMatchObject({ kind: 'refused' });
    expect(forging.asked.filter(({ path }) => path === '/token')).toEqual([]);
  });
});

describe('a provider that fails', () => {
  const keysPath = '/jwks';
  it.each<[string, Misbehaviour['fails'], string]>([
    ['has no discovery document for now', { '/.well-known/openid-configuration': 503 }, 'unreachable'],
    ['redeems nothing for now', { '/token': 503 }, 'unreachable'],
    ['has no keys for now', { [keysPath]: 500 }, 'unreachable'],
    ['answers with a page', { '/token': 'html' }, 'refused'],
    ['does not know our secret', { '/token': 401 }, 'refused'],
  ])('%s', async (_, fails, kind) => {
    expect(await comeBack({ fails: fails ?? {} })).toMatchObject({ kind });
  });

  it('is asked again the next time', async () => {
    const provider = connected();
    expect(await comeBack({ fails: { '/.well-known/openid-configuration': 503 } }, {}, provider)).toMatchObject({ kind: 'unreachable' });
    expect(await comeBack({}, {}, provider)).toMatchObject({ kind: 'identified' });
  });

  it.each(['/.well-known/openid-configuration', '/token', '/jwks'])('is given up where it is too slow: %s', async (path) => {
    expect(await comeBack({ fails: { [path]: 'never' } }, {}, connected({ withinMs: 100 }))).toEqual({
      kind: 'unreachable',
      reason: 'no answer in time',
    });
  });

  it.each(['/.well-known/openid-configuration', '/token', '/jwks'])(
    'hung up while the container slept, and is called again: %s',
    async (path) => {
      expect(await comeBack({ fails: { [path]: 'hangs up once' } })).toMatchObject({ kind: 'identified' });
      expect(forging.asked.filter((one) => one.path === path)).toHaveLength(2);
    },
  );

  it('is missed where nothing listens', async () => {
    expect(await connected({ issuer: nobodyListens }).begin(aFlow())).toEqual({
      kind: 'unreachable',
      reason: 'no connection: ECONNREFUSED',
    });
  });

  it.each([
    ['access_denied', 'stopped', 'access_denied'],
    ['temporarily_unavailable', 'unreachable', 'temporarily_unavailable'],
    ['invalid_scope', 'refused', 'invalid_scope'],
    ['<b>ada@example.com</b>', 'refused', 'an error without a code'],
  ])('says so by an error: %s', async (error, kind, reason) => {
    const flow = aFlow();
    forging.answers(flow);

    expect(await connected().identify(new URLSearchParams({ error, state: flow.state, error_description: 'for ada' }), flow)).toEqual({
      kind,
      reason,
    });
  });

  it('leaves no token and no claim in what is told', async () => {
    const told = await comeBack({ signed: 'by another key', claims: { email: 'secret@example.com' } });

    expect(JSON.stringify(told)).not.toMatch(/secret@|eyJ|the code|an access token/);
  });
});
