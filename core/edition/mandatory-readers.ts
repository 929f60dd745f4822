import * as z from 'zod';
import type { Distribution } from '../distribution/distribution.ts';
import type { EditionStream } from '../stream/stream.ts';
import { namedFor } from '../subscriber/mandatory.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { readerHash } from '../subscriber/subscriber-id.ts';

/**
 * Readers who cannot leave, by the hash of their address. The value says why: the end of a sentence
 * that begins with `because`.
 */
export const MandatoryReaders = z.record(z.string().regex(/^[0-9a-f]{32}$/), z.string());
export type MandatoryReaders = z.infer<typeof MandatoryReaders>;

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
