import * as z from 'zod';
import { Label } from './fields.ts';

/** Terms of one kind in a file, and sequences of one term. */
export const taxonomyLimits = { terms: 500, says: 20, length: 160, with: 50 } as const;

/** The id of a term: it is stored, and part of a topic. */
const TermId = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id such as redis-sentinel: lower case, digits, hyphens');
/** How a text says it: docs/taxonomy.md. */
const Says = z.array(z.string().trim().min(1).max(taxonomyLimits.length)).max(taxonomyLimits.says);

const term = {
  id: TermId,
  /** For readers. Needed for a new term; renames a known one. */
  label: Label.optional(),
  /** Sequences of words, each enough. Needed for a new term; added to those of a known one. */
  says: Says.optional(),
  /** Sequences that have the same words and mean something else. */
  instead: Says.optional(),
};

/** Technologies and failure modes beyond those that every installation knows. */
export const TaxonomySettings = z.strictObject({
  technologies: z.array(z.strictObject(term)).max(taxonomyLimits.terms).optional(),
  failureModes: z
    .array(
      z.strictObject({
        ...term,
        /**
         * Ids of the technologies that it belongs with. Default: of a known one its own, else any.
         */
        with: z.array(TermId).max(taxonomyLimits.with).optional(),
        /** How telling it is by itself: 1 to 3. Default: of a known one its own, else 2. */
        weight: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
      }),
    )
    .max(taxonomyLimits.terms)
    .optional(),
});
