import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { EditionId } from '../edition/edition.ts';
import { Instant } from '../shared/instant.ts';
import { realms } from '../stream/stream.ts';
import { SubscriberId } from '../subscriber/subscriber.ts';

/**
 * One person's erasure, kept until nothing of them is left. `moving`: nothing goes before their
 * settings stand under the new id · `person`: profile and index rows go · `ledger`: every edition
 * of thirteen months is gone through · `unfinished`: those that were still being sent are looked at
 * again · `late`: once more, for events that SES told late.
 */
export const Erasure = z.strictObject({
  realm: z.enum(realms),
  sid: SubscriberId,
  at: Instant,
  stage: z.enum(['moving', 'person', 'ledger', 'unfinished', 'late']),
  /** Of who was given another address: the id that they got. */
  movedTo: SubscriberId.optional(),
  dueAt: Instant,
  /** Secret of this erasure: makes who stands in the ledger in their place, and goes with it. */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the mark that outlives the profile; kept until it is gone. */
  hash: z.string().optional(),
  /** When the profile was gone. What was composed later is not theirs, even if they came back. */
  goneAt: Instant.optional(),
  /** The last edition that this stage went through. */
  cursor: z.string().optional(),
  /** Editions that were still being sent when they were gone through. */
  unfinished: z.array(z.string()).default([]),
  /** Counts up with every write. */
  version: z.int().positive(),
});
export type Erasure = z.infer<typeof Erasure>;

/**
 * Who stands in a range in an erased person's place: inside the range, the same whenever the
 * erasure is run again, another one in each edition, and nobody's once the erasure and its salt are
 * gone.
 */
export function pseudonymOf({ sid, salt }: Pick<Erasure, 'sid' | 'salt'>, edition: EditionId, prefix: string): SubscriberId {
  const random = createHmac('sha256', salt).update(`${edition}\n${sid}`).digest('hex').slice(0, 32);
  const bits =
    prefix +
    [...random]
      .map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0'))
      .join('')
      .slice(prefix.length);
  return (bits.match(/.{4}/g) ?? []).map((four) => Number.parseInt(four, 2).toString(16)).join('');
}
