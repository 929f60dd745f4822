import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { EditionId } from '../edition/edition.ts';
import { Instant } from '../shared/instant.ts';
import { realms } from '../stream/stream.ts';
import { SubscriberId } from '../subscriber/subscriber.ts';

/**
 * One person's erasure, kept until nothing of them is left. `moving`: nothing is removed until
 * their settings are stored under the new sid · `person`: the profile and index rows are removed ·
 * `ledger`: every edition of thirteen months is gone through · `unfinished`: editions that were
 * still being sent are gone through again · `late`: one more pass, for events that SES reported
 * late.
 */
export const Erasure = z.strictObject({
  realm: z.enum(realms),
  sid: SubscriberId,
  at: Instant,
  stage: z.enum(['moving', 'person', 'ledger', 'unfinished', 'late']),
  /** For a person who was moved to another address: their new sid. */
  movedTo: SubscriberId.optional(),
  dueAt: Instant,
  /**
   * Secret of this erasure. It makes the pseudonyms in the ledger, and is removed with the erasure.
   */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  /** Hash of the mark that outlives the profile. Kept here until the profile is gone. */
  hash: z.string().optional(),
  /** When the profile was gone. What was composed later is not theirs, even if they came back. */
  goneAt: Instant.optional(),
  /** The last edition that this stage went through. */
  cursor: z.string().optional(),
  /** Editions that were still being sent when this erasure went through them. */
  unfinished: z.array(z.string()).default([]),
  /** Counts up with every write. */
  version: z.int().positive(),
});
export type Erasure = z.infer<typeof Erasure>;

/**
 * The sid that takes an erased person's place in a range. It lies inside the range. It is the same
 * whenever the erasure runs again, and different in each edition. It cannot be traced once the
 * erasure and its salt are gone.
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
