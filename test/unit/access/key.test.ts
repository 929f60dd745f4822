import { expect, it } from 'vitest';
import { authenticate, createKey, type StoredKey, storedKey } from '../../../core/access/key.ts';

const about = { label: 'CI', scopes: ['publish'], createdAt: '2026-11-19T15:00:00Z' } as const;
const storeOf = (...keys: StoredKey[]) => ({ read: async (id: string) => keys.find((key) => key.id === id) });

it('makes a key whose secret is not stored', () => {
  const { key, stored } = createKey(new Uint8Array(32).fill(7), about);
  expect(key).toMatch(/^aw_[A-Za-z0-9_-]{43}$/);
  expect(stored).toMatchObject({ ...about, id: stored.hash.slice(0, 16), hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(JSON.stringify(stored)).not.toContain(key);
});

it('knows a key and what it may do', async () => {
  const { key, stored } = createKey(new Uint8Array(32).fill(7), about);
  expect(await authenticate(key, storeOf(stored))).toEqual({ id: stored.id, label: 'CI', scopes: ['publish'] });
});

it('does not take a key whose id alone is right', async () => {
  const stored = storedKey('local', about);
  expect(
    await authenticate('local', storeOf({ ...stored, hash: stored.hash.replace(/.$/, (d) => (d === '0' ? '1' : '0')) })),
  ).toBeUndefined();
});

it('does not take a key that nobody made', async () => {
  expect(await authenticate('guess', storeOf(), async () => 'first')).toBeUndefined();
});

it('lets the first key manage keys and nothing else', async () => {
  expect(await authenticate('first', storeOf(), async () => 'first')).toEqual({ id: 'first-key', label: 'first key', scopes: ['keys'] });
});

it('does not read the first key for one that is stored', async () => {
  const stored = storedKey('local', about);
  const caller = authenticate('local', storeOf(stored), () => Promise.reject(new Error('read')));
  await expect(caller).resolves.toMatchObject({ id: stored.id });
});
