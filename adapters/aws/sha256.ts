import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';
import type { Checksum, SourceData } from '@smithy/types';

const keyObjects = new WeakMap<object, KeyObject>();

/**
 * SHA-256 and HMAC as the SDK's signer asks for them. The SDK's own hands Node the key as bytes,
 * and each HMAC of such a key takes Node 24 five times as long as one of a key object (8.5 and 1.8
 * microseconds). The signer keeps the bytes of a day's key, so they are made a key object once.
 */
export class Sha256 implements Checksum {
  readonly #secret: SourceData | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: SourceData) {
    this.#secret = secret;
    this.#hash = begin(secret);
  }
  update(data: Uint8Array | string): void {
    this.#hash.update(data);
  }
  /** Ends the hash: `reset` comes before anything else is added. */
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {
    this.#hash = begin(this.#secret);
  }
}

const begin = (secret: SourceData | undefined): Hash | Hmac =>
  secret === undefined ? createHash('sha256') : createHmac('sha256', typeof secret === 'string' ? secret : keyObjectOf(secret));

function keyObjectOf(secret: Exclude<SourceData, string>): KeyObject {
  const bytes = ArrayBuffer.isView(secret) ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength) : new Uint8Array(secret);
  const made = keyObjects.get(secret) ?? createSecretKey(bytes);
  keyObjects.set(secret, made);
  return made;
}
