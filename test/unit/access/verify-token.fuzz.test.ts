import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  keyOf,
  signToken,
  type TokenClaims,
  type TokenKeys,
  type TokenScope,
  tokenScopes,
  verifyToken,
} from '../../../core/access/token.ts';
import { aSid } from '../../support/delivery.ts';
import { tries } from '../../support/hostile/fuzz.ts';

const keys: TokenKeys = { kid: 'k2', key: 'n'.repeat(64), previous: { kid: 'k1', key: 'o'.repeat(64) } };
const now = new Date('2026-11-23T09:00:00Z');
const seconds = now.getTime() / 1000;
const day = 24 * 3600;
const aClaim = (change: Partial<TokenClaims> = {}): TokenClaims => ({
  scope: 'preferences',
  realm: 'staff',
  subscriber: aSid(1),
  about: '',
  generation: 0,
  issuedAt: seconds,
  ...change,
});
const verify = (token: string, scope: TokenScope = 'preferences', by = keys) => verifyToken(token, by, { scope, now });

const anyClaims: fc.Arbitrary<TokenClaims> = fc.record({
  scope: fc.constantFrom(...tokenScopes),
  realm: fc.constantFrom('staff', 'customers'),
  subscriber: fc.nat().map(aSid),
  about: fc.stringMatching(/^[A-Za-z0-9_-]{0,200}$/),
  generation: fc.nat(100_000),
  issuedAt: fc.integer({ min: seconds - 600, max: seconds }),
});

it('gives back what was signed, whatever it was', async () => {
  await fc.assert(
    fc.property(anyClaims, (claims) => {
      expect(verify(signToken(claims, keys), claims.scope)).toEqual({ kind: 'good', claims });
    }),
    tries(),
  );
});

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ %\n\u00e9'];
/** What mail clients, scanners and people who try their luck make of an address. */
const mutations = fc.oneof(
  fc.record({ kind: fc.constant('replace' as const), at: fc.nat(400), by: fc.constantFrom(...letters) }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(400), by: fc.constantFrom(...letters) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(400), by: fc.constant('') }),
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(400), by: fc.constant('') }),
  fc.record({ kind: fc.constant('case' as const), at: fc.nat(400), by: fc.constant('') }),
  fc.record({ kind: fc.constant('bit' as const), at: fc.nat(400), by: fc.constantFrom('1', '2', '4', '8', '16', '32', '64') }),
);
type Mutation = typeof mutations extends fc.Arbitrary<infer One> ? One : never;

function mutated(token: string, { kind, at, by }: Mutation): string {
  const i = at % token.length;
  const [before, letter, after] = [token.slice(0, i), token.charAt(i), token.slice(i + 1)];
  switch (kind) {
    case 'replace':
      return before + by + after;
    case 'insert':
      return before + by + letter + after;
    case 'cut':
      return before;
    case 'drop':
      return before + after;
    case 'case':
      return before + (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()) + after;
    case 'bit':
      return before + String.fromCharCode(letter.charCodeAt(0) ^ Number(by)) + after;
    default:
      return kind satisfies never;
  }
}

it('F24: takes nothing that is not letter for letter what was signed', async () => {
  await fc.assert(
    fc.property(anyClaims, mutations, (claims, mutation) => {
      const token = signToken(claims, keys);
      const other = mutated(token, mutation);
      fc.pre(other !== token);
      expect(verify(other, claims.scope)).toBeUndefined();
    }),
    tries(),
  );
});

it('F24: takes no payload of one link with the proof of another', async () => {
  await fc.assert(
    fc.property(anyClaims, anyClaims, (one, other) => {
      const [a, b] = [signToken(one, keys).split('.'), signToken(other, keys).split('.')];
      fc.pre(a[2] !== b[2]);
      expect(verify([a[0], a[1], b[2], a[3]].join('.'), other.scope)).toBeUndefined();
      expect(verify([a[0], a[1], b[2], a[3]].join('.'), one.scope)).toBeUndefined();
    }),
    tries(),
  );
});

describe('F24: base64', () => {
  const token = signToken(aClaim({ about: 'ab' }), keys);

  it('is taken in one spelling only: bits that carry nothing make no second link', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const sameBytes = [...alphabet]
      .map((letter) => token.slice(0, -1) + letter)
      .filter((one) => Buffer.from(one.split('.')[3] ?? '', 'base64url').equals(Buffer.from(token.split('.')[3] ?? '', 'base64url')));
    expect(sameBytes.length).toBe(4);
    expect(sameBytes.filter((one) => verify(one))).toEqual([token]);
  });

  it('is not taken with padding or in the other alphabet', () => {
    const all = Array.from({ length: 40 }, (_, n) => signToken(aClaim({ subscriber: aSid(n) }), keys));
    for (const one of all) {
      expect(verify(`${one}=`)).toBeUndefined();
      const other = one.replaceAll('-', '+').replaceAll('_', '/');
      if (other !== one) expect(verify(other)).toBeUndefined();
    }
  });
});

describe('F24: a link', () => {
  it('does what its scope says and nothing else', () => {
    for (const scope of tokenScopes) {
      const token = signToken(aClaim({ scope }), keys);
      expect(tokenScopes.filter((asked) => verify(token, asked))).toEqual([scope]);
    }
  });

  it.each([
    ['preferences', 90],
    ['read', 400],
    ['confirm', 7],
    ['approve', 7],
    ['sign-in', 600 / day],
  ] as const)('for %s holds %f days, and says afterwards that it was one', (scope, days) => {
    const claims = aClaim({ scope, issuedAt: seconds - days * day });
    expect(verify(signToken(claims, keys), scope)).toEqual({ kind: 'good', claims });
    const older = { ...claims, issuedAt: claims.issuedAt - 1 };
    expect(verify(signToken(older, keys), scope)).toEqual({ kind: 'expired', claims: older });
  });

  it.each(['unsubscribe', 'feed'] as const)('for %s holds for ever', (scope) => {
    expect(verify(signToken(aClaim({ scope, issuedAt: 1 }), keys), scope)?.kind).toBe('good');
  });

  it('is as good after the key was rotated, until the key is taken out', () => {
    const old = signToken(aClaim(), { kid: 'k1', key: 'o'.repeat(64) });
    expect(verify(old)?.kind).toBe('good');
    const { previous: _, ...later } = keys;
    expect(verify(old, 'preferences', later)).toBeUndefined();
  });

  it('says by which key it was signed: another key under its name, or its key under another name, proves nothing', () => {
    expect(verify(signToken(aClaim(), { kid: 'k2', key: 'o'.repeat(64) }))).toBeUndefined();
    expect(verify(signToken(aClaim(), { kid: 'k1', key: 'n'.repeat(64) }))).toBeUndefined();
    expect(verify(signToken(aClaim(), { kid: 'k3', key: 'n'.repeat(64) }))).toBeUndefined();
  });

  it('is short, and is of our version', () => {
    const token = signToken(aClaim({ scope: 'read', about: 'e'.repeat(200) }), keys);
    expect(token.length).toBeLessThanOrEqual(600);
    expect(verify(token, 'read')?.kind).toBe('good');
    expect(verify(token.replace('v1', 'v2'), 'read')).toBeUndefined();
    expect(verify(signToken(aClaim({ scope: 'read', about: 'e'.repeat(400) }), keys), 'read')).toBeUndefined();
  });
});

it('finds a key by its id, for a mail that is made again', () => {
  expect(keyOf(keys, 'k1')).toEqual({ kid: 'k1', key: 'o'.repeat(64) });
  expect(keyOf(keys, 'k2')).toMatchObject({ kid: 'k2', key: 'n'.repeat(64) });
  expect(keyOf(keys, 'k3')).toBeUndefined();
});
