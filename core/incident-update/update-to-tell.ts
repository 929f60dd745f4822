import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { Change, Facts } from '../rendition/facts.ts';
import type { Instant } from '../shared/instant.ts';
import type { UpdateStream } from '../stream/stream.ts';

/**
 * What an incident update says. `first`: the first mail about an incident
 * that anybody gets. `update`: something
 * differs from the mail before. `lowered`: the incident is no longer one that the stream tells of.
 * `withdrawn`: nothing may be told of it any more. `reinstated`: it was withdrawn and stands again.
 */
export const updateKinds = ['first', 'update', 'lowered', 'withdrawn', 'reinstated'] as const;
export type UpdateKind = (typeof updateKinds)[number];

/** One incident update, before it is composed. */
export interface UpdateToTell {
  readonly stream: UpdateStream;
  readonly incident: PostmortemId;
  /** Counts the mails about the incident on this stream, also those that nobody has. */
  readonly n: number;
  readonly kind: UpdateKind;
  /** The account was preliminary in the last mail that told it, and is final now. */
  readonly isFinal: boolean;
  /**
   * Empty for `first`, `withdrawn` and `reinstated`, and where old values may not be quoted: the
   * old revision was hidden since, and perhaps changed for that.
   */
  readonly changes: readonly Change[];
  /** The revision that is told. Absent when withdrawn. */
  readonly stored?: StoredPostmortem;
  /**
   * The update before. `facts` has its severity alone where old values may not be quoted.
   */
  readonly before?: { readonly facts: Facts; readonly sentAt: Instant };
  /** The first mail about the incident, for every later one. */
  readonly first?: { readonly sentAt: Instant };
  /**
   * For `withdrawn`: the postmortem that tells of the incident now, if this stream may name it.
   */
  readonly mergedInto?: { readonly id: PostmortemId; readonly title: string };
}
