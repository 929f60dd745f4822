import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Distribution } from '../distribution/distribution.ts';
import type { EditionStream } from '../stream/stream.ts';
import { namedFor } from '../subscriber/mandatory.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { parseAddress } from '../subscriber/subscriber-id.ts';

/**
 * Readers who cannot leave, by the hash of their address. The value says why: the end of a sentence
 * that begins with `because`.
 */
export const MandatoryReaders = z.record(z.string().regex(/^[0-9a-f]{32}$/), z.string());
export type MandatoryReaders = z.infer<typeof MandatoryReaders>;

/**
 * Hashes an address, because an edition keeps no addresses and the composing function cannot make
 * subscriber ids. Undefined if the text is not an address.
 */
export function readerHash(address: string): string | undefined {
  const normalised = parseAddress(address)?.normalised;
  return normalised && createHash('sha256').update(normalised).digest('hex').slice(0, 32);
}

/** The readers that the distribution file names for a stream. Undefined if it names none. */
export function mandatoryReaders(distribution: Distribution, stream: EditionStream): MandatoryReaders | undefined {
  if (stream === 'service') return undefined;
  const named = [...namedFor(distribution, stream)].flatMap(([address, reason]) => {
    const hash = readerHash(address);
    return hash ? [[hash, reason]] : [];
  });
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

/**
 * Why this reader could not leave the stream when the edition was composed. Undefined if they
 * could.
 */
export const mandatoryReason = (
  { mandatory }: { readonly mandatory?: MandatoryReaders | undefined },
  { address }: Pick<Profile, 'address'>,
): string | undefined => mandatory?.[readerHash(address) ?? ''];
