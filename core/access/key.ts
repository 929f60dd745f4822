import { createHash, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../shared/instant.ts';
import type { Scope } from './scope.ts';

/** A key as it is kept: its secret is not in it. */
export interface StoredKey {
  /** First 16 hex digits of the hash: found by the secret, tells nothing about it. */
  readonly id: string;
  /** SHA-256 of the whole key in hex. Keys are 32 random bytes, so nothing slower is needed. */
  readonly hash: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Instant;
}

export interface KeyStore {
  /** Consistent: a key that was removed opens nothing any more. */
  read(id: string): Promise<StoredKey | undefined>;
  /** By id, page by page; `cursor` is the last id of the page before. */
  list(limit: number, cursor?: string): Promise<{ keys: Omit<StoredKey, 'hash'>[]; cursor?: string }>;
  /** The same key again replaces its label and scopes. */
  put(key: StoredKey): Promise<void>;
  /** False: there is no such key. */
  remove(id: string): Promise<boolean>;
}

/**
 * Who calls, and what for. `id` stands in logs and audit lines, `label` where people read who it
 * was.
 */
export interface Caller {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

/** What is stored of a key. */
export const storedKey = (key: string, about: Pick<StoredKey, 'label' | 'scopes' | 'createdAt'>): StoredKey => ({
  ...about,
  id: hashOf(key).slice(0, 16),
  hash: hashOf(key),
});

/** A new key from 32 random bytes; `key` is shown once and kept nowhere. */
export function createKey(
  newSecret: Uint8Array,
  about: Pick<StoredKey, 'label' | 'scopes' | 'createdAt'>,
): { key: string; stored: StoredKey } {
  const key = `aw_${Buffer.from(newSecret).toString('base64url')}`;
  return { key, stored: storedKey(key, about) };
}

/**
 * Whose key this is; undefined for none. `firstKey` reads the stage's first key, which may only
 * manage keys; it is asked only for a key that is not stored. Whole hashes are compared in constant
 * time.
 */
export async function authenticate(
  bearer: string,
  store: Pick<KeyStore, 'read'>,
  firstKey?: () => Promise<string>,
): Promise<Caller | undefined> {
  const hash = hashOf(bearer);
  const stored = await store.read(hash.slice(0, 16));
  if (stored) return isEqual(stored.hash, hash) ? { id: stored.id, label: stored.label, scopes: stored.scopes } : undefined;
  const first = await firstKey?.();
  return first && isEqual(hashOf(first), hash) ? { id: 'first-key', label: 'first key', scopes: ['keys'] } : undefined;
}

const isEqual = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
