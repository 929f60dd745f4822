import { createHash, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../shared/instant.ts';

/** A key as it is stored, without its secret. */
export interface StoredKey {
  /**
   * First 16 hex digits of the hash. The secret leads to it, and it reveals nothing about the
   * secret.
   */
  readonly id: string;
  /** SHA-256 of the whole key in hex. Keys are 32 random bytes, so nothing slower is needed. */
  readonly hash: string;
  readonly label: string;
  /** One that a later release gave, and that this one does not know, allows nothing here. */
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
}

export interface KeyStore {
  /** Reads consistently, so a key that was removed no longer grants anything. */
  read(id: string): Promise<StoredKey | undefined>;
  /** Ordered by id, page by page. `cursor` is the last id of the previous page. */
  list(limit: number, cursor?: string): Promise<{ keys: Omit<StoredKey, 'hash'>[]; cursor?: string }>;
  /** Storing the same key again replaces its label and scopes. */
  put(key: StoredKey): Promise<void>;
  /** Returns false if there is no such key. */
  remove(id: string): Promise<boolean>;
}

/**
 * Who calls, and what they may do. `id` appears in logs and audit lines, `label` where people read
 * who it was.
 */
export interface Caller {
  readonly id: string;
  readonly label: string;
  readonly scopes: readonly string[];
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

/** The form in which a key is stored. */
export const storedKey = (key: string, about: Pick<StoredKey, 'label' | 'scopes' | 'createdAt'>): StoredKey => ({
  ...about,
  id: hashOf(key).slice(0, 16),
  hash: hashOf(key),
});

/** Makes a new key from 32 random bytes. `key` is shown once and never stored. */
export function createKey(
  newSecret: Uint8Array,
  about: Pick<StoredKey, 'label' | 'scopes' | 'createdAt'>,
): { key: string; stored: StoredKey } {
  const key = `aw_${Buffer.from(newSecret).toString('base64url')}`;
  return { key, stored: storedKey(key, about) };
}

/**
 * The caller whose key this is. Undefined if the key is unknown. `firstKey` reads the stage's first
 * key, which may only manage keys; it is read only if the key is not stored. Whole hashes are
 * compared in constant time.
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
