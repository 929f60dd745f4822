import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { signToken, type TokenScope, tokenScopes } from '../../../core/token/token.ts';
import type { HttpAnswer } from '../../../lambdas/shared/http-answer.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { oneEngine } from '../../adapters/one-engine.ts';
import { aProfile, aSid } from '../../builders/delivery.ts';
import { tries } from '../../hostile/fuzz.ts';
import { aPageEvent, aWebWorld, keys } from './web-world.ts';

const freshTable = oneEngine();
const ada = aProfile({ sid: aSid(1), address: 'ada@example.com' });
/** Each page behind a token, the scope that opens it, and what it can be about. */
const pages: readonly (readonly [path: string, scope: TokenScope, about: string])[] = [
  ['/u/', 'unsubscribe', 'engineering-digest'],
  ['/p/', 'preferences', ''],
  ['/r/', 'read', 'engineering-digest_2026-W47'],
  ['/view/', 'read', 'engineering-digest_2026-W47'],
  ['/feed/', 'feed', 'engineering'],
  ['/c/', 'confirm', 'engineering-digest'],
  ['/a/', 'approve', `leadership-brief_${'0'.repeat(32)}`],
];

let world: Awaited<ReturnType<typeof aWebWorld>>;
let ask: (method: string, url: string) => Promise<HttpAnswer>;
let missing: HttpAnswer;
beforeAll(async () => {
  world = await aWebWorld(await freshTable(), { people: [ada] });
  const serve = world.serve(pageRoutes(world.deps));
  ask = (method, url) =>
    serve(aPageEvent(method, url, method === 'POST' ? { form: { press: 'leave', 'List-Unsubscribe': 'One-Click' } } : {}));
  missing = await ask('GET', '/p/nothing');
});

const aToken = (scope: TokenScope, about: string) => world.token({ scope, subscriber: ada.sid, about });
const everywhere = async (token: string) =>
  Promise.all(
    pages.flatMap(([path]) => [ask('GET', `${path}${encodeURIComponent(token)}`), ask('POST', `${path}${encodeURIComponent(token)}`)]),
  );
/** Pages that take no press say so before they look at a token. */
const isUniform = (answer: HttpAnswer) => answer.statusCode === 405 || JSON.stringify(answer) === JSON.stringify(missing);

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), at: fc.nat(), to: fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme-ascii' }) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), to: fc.string({ minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat() }),
);
const mutated = (token: string, change: typeof mutation extends fc.Arbitrary<infer M> ? M : never): string => {
  const at = change.at % token.length;
  if (change.kind === 'cut') return token.slice(0, at);
  if (change.kind === 'drop') return token.slice(0, at) + token.slice(at + 1);
  return token.slice(0, at) + change.to + token.slice(change.kind === 'insert' ? at : at + 1);
};

it('answers every changed token alike on every page, whatever was changed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...pages), mutation, async ([, scope, about], change) => {
      const token = aToken(scope, about);
      const wrong = mutated(token, change);
      fc.pre(wrong !== token && !/^\.{0,2}$/.test(wrong));
      const answers = await everywhere(wrong);
      expect(answers.filter((answer) => !isUniform(answer))).toEqual([]);
    }),
    tries(0.5),
  );
  expect((await world.profile(ada.sid))?.revision).toBe(1);
}, 60_000);

it.each([
  ['another key', (scope: TokenScope, about: string) => signed(scope, about, { kid: 'k1', key: 'another key that is long enough' })],
  ['a key that is not known', (scope: TokenScope, about: string) => signed(scope, about, { kid: 'k9', key: keys.key })],
  ['somebody who is not there', (scope: TokenScope, about: string) => world.token({ scope, subscriber: aSid(99), about })],
  ['another generation', (scope: TokenScope, about: string) => world.token({ scope, subscriber: ada.sid, about, generation: 3 })],
  ['another realm', (scope: TokenScope, about: string) => world.token({ scope, subscriber: ada.sid, about, realm: 'customers' })],
])('answers a token of %s as one that is none', async (_, make) => {
  for (const [, scope, about] of pages) expect((await everywhere(make(scope, about))).filter((answer) => !isUniform(answer))).toEqual([]);
});

const signed = (scope: TokenScope, about: string, key: { kid: string; key: string }) =>
  signToken(
    { scope, realm: 'staff', subscriber: ada.sid, about, generation: 0, issuedAt: Math.floor(world.clock.now.getTime() / 1000) },
    key,
  );

it('opens each page with its own scope and with no other', async () => {
  const open = await Promise.all(
    pages.flatMap(([path]) =>
      tokenScopes.map(async (scope) => [path, scope, isUniform(await ask('GET', `${path}${aToken(scope, aboutOf(scope))}`))] as const),
    ),
  );
  const opened = open.filter(([, , uniform]) => !uniform).map(([path, scope]) => `${path} ${scope}`);

  expect(opened).toEqual(expect.arrayContaining(['/feed/ feed', '/p/ preferences', '/r/ read', '/u/ unsubscribe']));
  expect(opened.filter((one) => !pages.some(([path, scope]) => one === `${path} ${scope}`))).toEqual([]);
});
const aboutOf = (scope: TokenScope) => pages.find(([, one]) => one === scope)?.[2] ?? '';
