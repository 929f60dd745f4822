import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { Topic } from '../subscriber/topic.ts';
import { Reason } from './reason.ts';

/** The most reasons that are kept for one team. */
export const mostReasonsOfTeam = 3;

/** A reason with its sentence, as it is told to the team. Plain text, at most 300 characters. */
export const ToldReason = z.object({
  reason: Reason,
  /** See `reasonKeyOf`. */
  key: z.string().min(1).max(400),
  sentence: z.string().min(1).max(300),
  /** What stands in its place once the postmortem that it names is withheld. */
  instead: z.string().min(1).max(300).optional(),
});
export type ToldReason = z.infer<typeof ToldReason>;

export const RelevantTeam = z.object({
  /** `team:payments`: the topic of its name. */
  team: Topic,
  /** As the catalogue or the distribution file spells it. */
  name: z.string().min(1).max(200),
  score: z.number().nonnegative(),
  /** The strongest first. At least one, at most three. */
  reasons: z.array(ToldReason).min(1).max(mostReasonsOfTeam),
});
export type RelevantTeam = z.infer<typeof RelevantTeam>;

/**
 * To whom a postmortem matters, computed when it was published and only chosen from when a mail is
 * made. One row for each postmortem, of its highest revision that was looked at.
 */
export interface Relevance {
  readonly postmortem: PostmortemId;
  readonly revision: number;
  readonly at: Instant;
  /** Of the service catalogue that was read. Absent: there was none. */
  readonly catalog?: string | undefined;
  /** Ids of the taxonomy's terms that its text says. */
  readonly terms: readonly string[];
  /**
   * The highest score first. The team that owns the postmortem is never among them. Empty: it
   * matters to nobody else, or came too late for any edition.
   */
  readonly teams: readonly RelevantTeam[];
  /** At most three earlier postmortems of the same failure, the likest first. */
  readonly similar: readonly PostmortemId[];
}

/** What a later release wrote and this one cannot read counts as not there. */
const readable = <T>(one: z.ZodType<T>) =>
  z.array(z.unknown()).transform((all) =>
    all.flatMap((each): T[] => {
      const read = one.safeParse(each);
      return read.success ? [read.data] : [];
    }),
  );
const StoredTeam = RelevantTeam.extend({ reasons: readable(ToldReason) });
export const StoredRelevance = z.object({
  postmortem: PostmortemId,
  revision: z.int().positive(),
  at: Instant,
  catalog: z.string().optional().catch(undefined),
  terms: z.array(z.string()).catch([]),
  teams: readable(StoredTeam).transform((teams) => teams.filter(({ reasons }) => reasons.length > 0)),
  similar: readable(PostmortemId).catch([]),
});
