import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import type { UpdateStream } from '../stream/stream.ts';
import type { IncidentUpdates } from './incident-updates.ts';

export interface IncidentUpdatesStore {
  /** Consistent. */
  read(stream: UpdateStream, incident: PostmortemId): Promise<IncidentUpdates | undefined>;
  /**
   * Stores the row, on condition that the stored one has the version before, or that there is none
   * where the version is 1. False: somebody else wrote in between.
   */
  put(row: IncidentUpdates): Promise<boolean>;
}

/** An incident whose updates are to be looked at. */
export interface DueUpdate {
  readonly stream: UpdateStream;
  readonly incident: PostmortemId;
  readonly dueAt: Instant;
}

export interface DueUpdates {
  /** Those due by an instant, the longest due first. May lag by a second. */
  due(now: Date, limit: number): Promise<DueUpdate[]>;
}
