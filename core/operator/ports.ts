import type { Lanes } from '../delivery/lane.ts';
import type { EditionId } from '../edition/edition.ts';
import type { Reach } from '../feedback/reach.ts';
import type { Instant } from '../shared/instant.ts';
import type { Lane } from '../stream/stream.ts';

export interface ReachReader {
  /** Counted on request. Undefined if there is no such edition. */
  read(edition: EditionId): Promise<Reach | undefined>;
}

/**
 * The brakes of lanes. Each takes effect from every worker's next chunk on. Idempotent: false means
 * that nothing had to be changed.
 */
export interface LaneBrakes {
  /** Reads consistently. */
  read(): Promise<Lanes>;
  pause(lane: Lane, by: { readonly at: Instant; readonly by: string }): Promise<boolean>;
  /** Ends a pause. Whatever stopped the lane then counts as fixed. */
  resume(lane: Lane): Promise<boolean>;
}
