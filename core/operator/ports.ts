import type { Lanes } from '../delivery/lane.ts';
import type { EditionId } from '../edition/edition.ts';
import type { Reach } from '../feedback/reach.ts';
import type { Instant } from '../shared/instant.ts';
import type { Lane } from '../stream/stream.ts';

/** A message that could not be handled, as it lies there. */
export interface DeadLetter {
  readonly body: string;
  readonly sentAt: Instant;
  /** Why the scheduler could not deliver it. Only its own letters have one. */
  readonly errorCode?: string;
}

/** The latest move of a queue's dead letters back to where they came from. */
export interface LetterMove {
  readonly state: 'under way' | 'done' | 'cancelled' | 'failed';
  readonly startedAt: Instant;
  /** How many were moved so far, approximately. */
  readonly moved: number;
  /** Why it failed, as SQS says it. */
  readonly failure?: string;
}

export interface DeadLetterQueue {
  readonly name: string;
  /** About how many lie there. SQS needs up to a minute to count exactly. */
  readonly count: number;
  /** At most ten of them, the oldest first. Looking leaves them where they are. */
  readonly letters: readonly DeadLetter[];
  /** Absent if none was started lately, or if SQS cannot move letters of this queue. */
  readonly move?: LetterMove;
}

export interface DeadLetterQueues {
  /** The names of all queues with dead letters that SQS can move back. */
  readonly movable: readonly string[];
  /** The names of those that it cannot, because no queue stands in front of them. */
  readonly fixed: readonly string[];
  /** Looks into one of these queues. */
  look(name: string): Promise<DeadLetterQueue>;
  /**
   * Starts moving the letters of a movable queue back to where they came from. Returns at once: SQS
   * moves them itself. `under way`: another move is not finished, and nothing was started.
   */
  redrive(name: string): Promise<'started' | 'under way'>;
}

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
