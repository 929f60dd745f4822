import type { LaneState } from '../delivery/lane.ts';
import type { EditionId } from '../edition/edition.ts';
import type { Reach } from '../feedback/reach.ts';
import type { Instant } from '../shared/instant.ts';
import type { Lane } from '../stream/stream.ts';

export interface ReachReader {
  /** Counted when asked. Undefined for an edition that is not there. */
  read(edition: EditionId): Promise<Reach | undefined>;
}

/**
 * Each holds from the next chunk of every worker on. Twice is once: false says that nothing had to
 * be changed.
 */
export interface LaneBrakes {
  /** Consistent. */
  read(): Promise<Record<Lane, LaneState>>;
  pause(lane: Lane, by: { readonly at: Instant; readonly by: string }): Promise<boolean>;
  /** Ends a pause, and what stopped the lane counts as mended. */
  resume(lane: Lane): Promise<boolean>;
}
