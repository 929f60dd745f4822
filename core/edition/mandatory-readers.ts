import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Distribution } from '../distribution/distribution.ts';
import type { EditionStream } from '../stream/stream.ts';
import { namedFor } from '../subscriber/mandatory.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { parseAddress } from '../subscriber/subscriber-id.ts';

/**
 * Readers who cannot leave, by the hash of their address, and why: the end of a sentence that
 * begins with `because`.
 */
export const MandatoryReaders = z.record(z.string().regex(/^[0-9a-f]{32}$/), z.string());
export type MandatoryReaders = z.infer<typeof MandatoryReaders>;

/**
 * An edition keeps no address, and whoever composes it cannot make subscriber ids. Undefined for
 * what is no address.
 */
export function readerHash(address: string): string | undefined {
  const normalised = parseAddress(address)?.normalised;
  return normalised && createHash('sha256').update(normalised).digest('hex').slice(0, 32);
}

/** Whom the distribution file names for a stream; undefined where it names nobody. */
export function mandatoryReaders(distribution: Distribution, stream: EditionStream): MandatoryReaders | undefined {
  if (stream === 'service') return undefined;
  const named = [...namedFor(distribution, stream)].flatMap(([address, reason]) => {
    const hash = readerHash(address);
    return hash ? [[hash, reason]] : [];
  });
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

/**
 * Why this reader cannot leave the stream, as it was when the edition was composed; undefined where
 * they can.
 */
export const mandatoryReason = (
  { mandatory }: { readonly mandatory?: MandatoryReaders | undefined },
  { address }: Pick<Profile, 'address'>,
): string | undefined => mandatory?.[readerHash(address) ?? ''];
