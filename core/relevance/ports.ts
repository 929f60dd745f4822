import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Topic } from '../subscriber/topic.ts';
import type { Relevance } from './relevance.ts';
import type { Similar } from './similar.ts';
import type { ReasonPress, ReasonPresses } from './team-feedback.ts';

export interface RelevanceReader {
  /** Those that there are, by id, for any number of ids. Consistent. */
  readMany(postmortems: readonly PostmortemId[]): Promise<ReadonlyMap<PostmortemId, Relevance>>;
}

export interface RelevanceStore extends RelevanceReader {
  /** Consistent. */
  read(postmortem: PostmortemId): Promise<Relevance | undefined>;
  /**
   * Stores it unless one of a higher revision is there, or one of the same that was looked at
   * later. 'first': there was none. It is kept for 400 days, as long as the links of mails that
   * tell of it.
   */
  put(relevance: Relevance): Promise<'first' | 'again' | 'superseded'>;
}

/** What somebody found, before anybody pressed anything. */
export type FoundSimilar = Omit<Similar, 'state' | 'version' | 'by' | 'at' | 'reason'>;

export interface SimilarStore {
  /** What was found for a postmortem, dismissed ones too. Consistent. */
  of(postmortem: PostmortemId): Promise<readonly Similar[]>;
  /** Those that name it as the earlier one. May lag by a second. */
  later(earlier: PostmortemId): Promise<readonly Similar[]>;
  /** Puts one that was found. Nothing changes where there is one already. */
  find(found: FoundSimilar): Promise<void>;
  /** Removes one of which nobody said anything. Nothing changes where somebody did meanwhile. */
  forget(found: Similar): Promise<void>;
  /** Stores what somebody pressed. False: somebody else wrote it since it was read. */
  put(similar: Similar): Promise<boolean>;
}

/** What a member of a team says of a reason. */
export interface MemberPress {
  readonly team: Topic;
  /** The reason's key. */
  readonly reason: string;
  readonly says: ReasonPress;
  /** See `blindedMember`. */
  readonly member: string;
}

export interface TeamFeedback {
  /** What was pressed, by any member, about any reason. Consistent. */
  of(team: Topic): Promise<readonly ReasonPresses[]>;
  /**
   * Takes the place of what the member said of the reason before; the second time changes nothing.
   * Kept until 400 days after the last press about the reason. `isLead`: it counts as a lead's.
   */
  press(pressed: MemberPress & { readonly isLead: boolean }): Promise<void>;
  /** Takes it back. Nothing changes if the member does not say that. */
  undo(pressed: MemberPress): Promise<void>;
}
