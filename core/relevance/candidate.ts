import type { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import type { FoundTerm } from '../taxonomy/terms-of.ts';
import type { KnownArchive } from './known-archive.ts';
import type { Landscape } from './landscape.ts';
import type { Reason } from './reason.ts';

/** A reason for a team, and how much it counts. */
export interface Candidate {
  /** Its key. */
  readonly team: string;
  readonly reason: Reason;
  readonly points: number;
}

export type ComparedPostmortem = Pick<
  EngineeringRendition,
  'id' | 'title' | 'tags' | 'services' | 'owningTeam' | 'actionItems' | 'sections' | 'timeline' | 'gist' | 'publishedAt'
>;

/** A postmortem with what it is compared with. */
export interface Compared {
  readonly postmortem: ComparedPostmortem;
  /** See `termsOf`. */
  readonly terms: readonly FoundTerm[];
  readonly landscape: Landscape;
  readonly archive: KnownArchive;
  /** From 0 to 1: how much the description of a service resembles the postmortem, by its ref. */
  readonly described: ReadonlyMap<string, number>;
}
