import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { signToken, type TokenClaims } from '../../../core/access/token.ts';
import { aSid } from '../../support/delivery.ts';

const keys = { kid: 'k1', key: 'k'.repeat(32) };
const claims: TokenClaims = {
  scope: 'unsubscribe',
  realm: 'staff',
  subscriber: aSid(1),
  about: 'engineering-digest',
  generation: 0,
  issuedAt: 1_800_000_000,
};

it('is version, key id, payload and HMAC, of characters that stand in a path', () => {
  const token = signToken(claims, keys);
  expect(token).toMatch(/^v1\.k1\.[\w-]+\.[\w-]{43}$/);
  const [version, kid, payload = '', mac] = token.split('.');
  expect(Buffer.from(payload, 'base64url').toString()).toBe(
    `unsubscribe:s:${aSid(1)}:engineering-digest:0:${claims.issuedAt.toString(36)}`,
  );
  expect(mac).toBe(createHmac('sha256', keys.key).update(`${version}.${kid}.${payload}`).digest('base64url'));
});

it('is the same for the same claims, and another for anything else', () => {
  const changes: Partial<TokenClaims>[] = [
    { scope: 'preferences' },
    { realm: 'customers' },
    { subscriber: aSid(2) },
    { about: 'sev1-alerts' },
    { generation: 1 },
    { issuedAt: 1 },
  ];
  expect(signToken(claims, keys)).toBe(signToken({ ...claims }, keys));
  const others = [
    ...changes.map((change) => signToken({ ...claims, ...change }, keys)),
    signToken(claims, { ...keys, key: 'x'.repeat(32) }),
  ];
  expect(new Set([signToken(claims, keys), ...others]).size).toBe(others.length + 1);
});
