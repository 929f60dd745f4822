import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { signToken, type TokenScope, tokenScopes } from '../../../core/access/token.ts';
import type { HttpAnswer } from '../../../lambdas/shared/http-answer.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { tries } from '../../support/hostile/fuzz.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { aPageEvent, aWebWorld, buttonOf, keys } from '../../support/web.ts';

const freshTable = oneEngine();
const renewed = { generation: 2 };
const ada = aProfile({ sid: aSid(1), address: 'ada@example.com' });
/** Made her links invalid twice. */
const grace = aProfile({ sid: aSid(2), address: 'grace@example.com', ...renewed });
/** Each page behind a token, the scope that opens it, and what it can be about. */
const pages: readonly (readonly [path: `${string}*${string}`, scope: TokenScope, about: string])[] = [
  ['/u/*', 'unsubscribe', 'engineering-digest'],
  ['/p/*', 'preferences', ''],
  ['/p/*/data', 'preferences', ''],
  ['/p/*/erase', 'preferences', ''],
  ['/r/*', 'read', 'engineering-digest_2026-W47'],
  ['/r/*/pm-1', 'read', 'engineering-digest_2026-W47'],
  ['/view/*', 'read', 'engineering-digest_2026-W47'],
  ['/feed/*', 'feed', 'engineering'],
  ['/c/*', 'confirm', 'engineering-digest'],
  ['/a/*', 'approve', `leadership-brief_${'0'.repeat(32)}`],
];
const dayS = 24 * 3600;

let world: Awaited<ReturnType<typeof aWebWorld>>;
let ask: (method: string, url: string, session?: string) => Promise<HttpAnswer>;
/** What a text that nobody ever signed is answered. */
let missing: string;
/** How many profiles were looked up. */
let lookups = 0;
beforeAll(async () => {
  world = await aWebWorld(await freshTable(), { people: [ada, grace] });
  const { readProfiles } = world.deps.people;
  const people: typeof world.deps.people = {
    ...world.deps.people,
    readProfiles: (who) => {
      lookups += 1;
      return readProfiles(who);
    },
  };
  const serve = world.serve(pageRoutes({ ...world.deps, people }));
  ask = (method, url, session) => {
    const form = { press: 'leave', 'List-Unsubscribe': 'One-Click', ...buttonOf(url) };
    return serve(aPageEvent(method, url, { session, ...(method === 'POST' && { form }) }));
  };
  missing = JSON.stringify(await ask('GET', '/p/nothing'));
});

const aToken = (scope: TokenScope, about: string, ageDays = 0) =>
  world.token({ scope, subscriber: ada.sid, about, issuedAt: Math.floor(world.clock.now.getTime() / 1000) - ageDays * dayS });
const everywhere = async (token: string) =>
  Promise.all(
    pages.flatMap(([path]) =>
      ['GET', 'POST'].map((method) =>
        ask(
          method,
          path.replace('*', () => encodeURIComponent(token)),
        ),
      ),
    ),
  );
/**
 * Byte for byte: status, headers, body. Pages that take no press say so before they look at a
 * token.
 */
const isUniform = (answer: HttpAnswer) => answer.statusCode === 405 || JSON.stringify(answer) === missing;
const differing = async (token: string) => (await everywhere(token)).filter((answer) => !isUniform(answer));

const place = fc.nat();
/**
 * What becomes of a link on its way, and what somebody makes of it who tries their luck. `other` is
 * a second link, just as good.
 */
const mutations: fc.Arbitrary<(token: string, other: string) => string> = fc.oneof(
  fc.tuple(place, fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme-ascii' })).map(([at, to]) => replaced(at, () => to)),
  fc.tuple(place, fc.nat(6)).map(([at, bit]) => replaced(at, (letter) => String.fromCharCode(letter.charCodeAt(0) ^ (1 << bit)))),
  place.map((at) => replaced(at, () => '')),
  fc.tuple(place, fc.string({ minLength: 1, maxLength: 3 })).map(([at, more]) => replaced(at, (letter) => more + letter)),
  place.map((at) => replaced(at, (letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))),
  place.map((at) => (token: string) => token.slice(0, at % token.length)),
  place.map((at) => (token: string) => token.slice(1 + (at % token.length))),
  fc.constantFrom('v2', 'V1', 'v01', '').map((version) => part(0, () => version)),
  fc.stringMatching(/^[A-Za-z0-9]{1,16}$/).map((kid) => part(1, () => kid)),
  fc.constantFrom(1, 2, 3).map((at) => (token: string, other: string) => part(at, () => other.split('.')[at] ?? '')(token)),
  fc.constantFrom('=', '==', '.', '..', '%', '/', ' ', '\n', '\0', '.x').map((more) => (token: string) => token + more),
  fc.constantFrom(2, 3).map((at) => part(at, (text) => Buffer.from(text, 'base64url').toString('base64'))),
  fc.constantFrom(2, 3).map((at) => part(at, (text) => Buffer.from(text, 'base64url').toString('hex'))),
  fc.tuple(fc.stringMatching(/^[a-z]{1,12}$/), fc.constantFrom(...tokenScopes)).map(([about, scope]) => rewritten(scope, about)),
);
function replaced(at: number, by: (letter: string) => string) {
  return (token: string) => {
    const i = at % token.length;
    return token.slice(0, i) + by(token.charAt(i)) + token.slice(i + 1);
  };
}
function part(at: number, by: (text: string) => string) {
  return (token: string) =>
    token
      .split('.')
      .map((text, n) => (n === at ? by(text) : text))
      .join('.');
}
/** Claims something else under the proof of what it was. */
function rewritten(scope: TokenScope, about: string) {
  return part(2, (text) => {
    const [, realm, sid, , ...rest] = Buffer.from(text, 'base64url').toString().split(':');
    return Buffer.from([scope, realm, sid, about, ...rest].join(':')).toString('base64url');
  });
}

describe('F24: a token', () => {
  it('that was changed in any way gets one answer, byte for byte, on every page, and is looked up nowhere', async () => {
    lookups = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...pages),
        fc.constantFrom(...pages),
        fc.constantFrom(0, 91, 500),
        mutations,
        async ([, scope, about], [, otherScope, otherAbout], ageDays, mutate) => {
          const [token, other] = [aToken(scope, about, ageDays), aToken(otherScope, otherAbout, ageDays + 1)];
          const wrong = mutate(token, other);
          fc.pre(wrong !== token && wrong !== other && !/^\.{0,2}$/.test(wrong));
          expect(await differing(wrong)).toEqual([]);
        },
      ),
      tries(),
    );
    expect(lookups).toBe(0);
    expect((await world.profile(ada.sid))?.revision).toBe(1);
  });

  it.each([
    ['of another key', (scope: TokenScope, about: string) => signed(scope, about, { kid: 'k1', key: 'another key that is long enough' })],
    ['of a key that is not known', (scope: TokenScope, about: string) => signed(scope, about, { kid: 'k9', key: keys.key })],
    ['of somebody who is not there', (scope: TokenScope, about: string) => world.token({ scope, subscriber: aSid(99), about })],
    ['of a later generation', (scope: TokenScope, about: string) => world.token({ scope, subscriber: ada.sid, about, generation: 3 })],
    ['of the generation before', (scope: TokenScope, about: string) => world.token({ scope, subscriber: grace.sid, about, generation: 1 })],
    ['of another realm', (scope: TokenScope, about: string) => world.token({ scope, subscriber: ada.sid, about, realm: 'customers' })],
    ['that is a person’s id alone (knadh/listmonk#2296)', () => ada.sid],
  ] as const)('%s is answered as one that is none', async (_, make) => {
    for (const [, scope, about] of pages) expect(await differing(make(scope, about))).toEqual([]);
  });

  it.each(['read', 'confirm', 'approve'] as const)('for %s that is too old is answered as one that is none', async (scope) => {
    expect(await differing(aToken(scope, aboutOf(scope), 500))).toEqual([]);
  });

  it('for preferences that is too old opens nothing but the way to a new one', async () => {
    const old = encodeURIComponent(aToken('preferences', '', 91));

    for (const path of ['/p/*/data', '/p/*/erase'])
      for (const method of ['GET', 'POST']) expect(isUniform(await ask(method, path.replace('*', old)))).toBe(true);
    expect(await ask('GET', `/p/${old}`)).toMatchObject({ statusCode: 410, body: expect.not.stringContaining('ada') });
  });

  it('opens each page with its own scope and with no other', async () => {
    const open = await Promise.all(
      pages.flatMap(([path]) =>
        tokenScopes.map(async (scope) => {
          const answer = await ask('GET', path.replace('*', aToken(scope, aboutOf(scope))));
          return [path, scope, isUniform(answer)] as const;
        }),
      ),
    );
    const opened = open.filter(([, , uniform]) => !uniform).map(([path, scope]) => `${path} ${scope}`);

    expect(opened).toEqual(
      expect.arrayContaining(['/feed/* feed', '/p/* preferences', '/p/*/data preferences', '/r/* read', '/u/* unsubscribe']),
    );
    expect(opened.filter((one) => !pages.some(([path, scope]) => one === `${path} ${scope}`))).toEqual([]);
  });
});

it('no token of any scope stands for a feed or for a session', async () => {
  for (const scope of tokenScopes) {
    const token = aToken(scope, aboutOf(scope));
    expect(isUniform(await ask('GET', `/feed/f1.${token}?audience=engineering`)), scope).toBe(true);
    for (const path of ['/archive', '/archive/engineering', '/archive/engineering/pm-1', '/feeds', `/archive/${token}`])
      expect(await ask('GET', path, token), `${path} ${scope}`).toMatchObject({ statusCode: 303, body: '' });
  }
});

const signed = (scope: TokenScope, about: string, key: { kid: string; key: string }) =>
  signToken(
    { scope, realm: 'staff', subscriber: ada.sid, about, generation: 0, issuedAt: Math.floor(world.clock.now.getTime() / 1000) },
    key,
  );
const aboutOf = (scope: TokenScope) => pages.find(([, one]) => one === scope)?.[2] ?? '';
