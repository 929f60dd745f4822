import type { Edition } from '../edition/edition.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { Outcome, Outcomes } from './outcome.ts';
import type { Range } from './range.ts';
import type { ChunkDeps } from './send-chunk.ts';
import { largestChunk } from './send-rate.ts';
import { reasonToSkip } from './skip-reason.ts';

/**
 * Whether a worker looks for readers who may not be mailed before it books places. Kept between
 * messages.
 */
export interface Sieve {
  isWanted: boolean;
}

/**
 * Finds readers whose only reason to be skipped is that their address may not be mailed, before
 * places are booked. A chunk finds them too, in what it reads anyway, but by then their places are
 * booked. This extra read pays only where there are many, as on a stage that may mail a few of its
 * readers: it saves the rate and the day's quota. A worker begins with it when a chunk has found
 * one, and ends when a leaf has none.
 */
export async function skipNotAllowed(
  edition: Edition,
  { slot }: Range,
  people: readonly SubscriberId[],
  { addressees, reader, sieve, now }: Pick<ChunkDeps, 'addressees' | 'reader' | 'now'> & { readonly sieve: Sieve },
): Promise<Outcomes> {
  const skipped: Record<SubscriberId, Outcome> = {};
  for (let n = 0; n < people.length; n += largestChunk) {
    const some = people.slice(n, n + largestChunk);
    const facts = await reader.read(edition, some);
    for (const sid of some) {
      const profile = facts.profiles.get(sid);
      const isAllowed = !profile || addressees.of(profile.address) !== undefined;
      if (!isAllowed && !reasonToSkip(edition, slot, profile, facts, now())) skipped[sid] = { kind: 'skipped', reason: 'not allowed' };
    }
  }
  sieve.isWanted = Object.keys(skipped).length > 0;
  return skipped;
}

export const isNotAllowed = (outcome: Outcome): boolean => outcome.kind === 'skipped' && outcome.reason === 'not allowed';
