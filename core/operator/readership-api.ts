import * as z from 'zod';
import { readershipWords } from '../readership/words.ts';
import { Instant, PlainDate } from '../shared/instant.ts';

/**
 * GET /operator/postmortems/{id}/readership, scope `read`: how far it was read. Never by person,
 * and of no team below five (docs/adr/088). 404 if there is no such postmortem.
 */
export const ReadershipAnswer = z.object({
  /**
   * The latest editions that carried it, at most twenty: how many mails of each were sent, how many
   * readers they did not reach, and how many got none on purpose. A stage of before counts the last
   * among those not reached.
   */
  editions: z.array(
    z.object({
      edition: z.string(),
      mails: z.int(),
      notReached: z.int(),
      skipped: z.array(z.object({ outcome: z.string(), count: z.int() })).default([]),
    }),
  ),
  /** Absent: nobody may be told of it now. */
  readership: z
    .object({
      /** The last day that counts. */
      until: PlainDate,
      /** When teams were counted. Absent: they were not yet. */
      countedAt: Instant.optional(),
      /** At least so many people read it: 5, 10, 20 and so on. Absent: no number can be told. */
      readers: z.int().optional(),
      teams: z.array(z.object({ name: z.string(), word: z.enum(readershipWords) })),
      /** In how many other teams of five and more nobody did. */
      others: z.int(),
    })
    .optional(),
});
export type ReadershipAnswer = z.infer<typeof ReadershipAnswer>;
