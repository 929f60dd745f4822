import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';

/**
 * That an earlier postmortem tells of the same failure. Found by comparing; an author or a
 * reviewer confirms or dismisses it. A dismissed one is not found again by a later revision.
 * It keeps ids and no titles: who shows it asks the archive whether the other may be shown.
 */
export const Similar = z.object({
  postmortem: PostmortemId,
  earlier: PostmortemId,
  /**
   * When the later incident began. Without a start, when its postmortem was published: what was
   * done after that came too late.
   */
  began: Instant,
  /** Ids of terms that both say, the most telling first. */
  terms: z.array(z.string().max(80)).max(20),
  /**
   * Action items of the earlier one that were not done when the later incident began, and are
   * about the same. `caught`: it would have caught the later one, as far as its words say.
   */
  promises: z.array(z.object({ aid: z.string().min(1).max(400), caught: z.boolean() })).max(10),
  state: z.enum(['found', 'confirmed', 'dismissed']).catch('found'),
  foundAt: Instant,
  /** Who pressed last, as an audit line names them, and when. */
  by: z.string().max(200).optional(),
  /** Why it was dismissed. */
  reason: z.string().max(500).optional(),
  at: Instant.optional(),
  /** Counts up with every change. */
  version: z.int().positive(),
});
export type Similar = z.infer<typeof Similar>;
