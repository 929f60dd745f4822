import * as z from 'zod';
import { type Postmortem, PostmortemId, severities } from '../postmortem/postmortem.ts';
import { namedBy } from '../relevance/reason.ts';
import type { Relevance, RelevantTeam, ToldReason } from '../relevance/relevance.ts';
import { Topic } from '../subscriber/topic.ts';
import { Line } from './card-content.ts';

/** The most cards that come first for one team. */
const mostCards = 3;

/** What comes first for the members of one team: its cards in this order, each with its reason. */
export const RelevantContent = z.strictObject({
  team: Topic,
  cards: z
    .array(
      z.strictObject({
        postmortem: PostmortemId,
        key: z.string(),
        sentence: Line,
        /** The sentence names another postmortem, and this one does not. */
        names: z.strictObject({ postmortem: PostmortemId, instead: Line }).optional(),
      }),
    )
    .min(1)
    .max(mostCards),
});
export type RelevantContent = z.infer<typeof RelevantContent>;

interface Candidate extends Pick<RelevantTeam, 'score'> {
  readonly of: Told;
  readonly why: ToldReason;
}
type Told = Pick<Postmortem, 'id' | 'severity'>;

/**
 * Chooses for each team the postmortems of an edition that matter most to it: by score, then by
 * severity, at most three, each by its strongest reason. Sorted by team.
 */
export function relevantContent(told: readonly Told[], relevance: readonly Relevance[]): RelevantContent[] {
  const known = new Map(relevance.map((one) => [one.postmortem, one]));
  const candidates = new Map<string, Candidate[]>();
  for (const of of told) {
    for (const { team, score, reasons } of known.get(of.id)?.teams ?? []) {
      const [why] = reasons;
      if (why) candidates.set(team, [...(candidates.get(team) ?? []), { of, score, why }]);
    }
  }
  return [...candidates]
    .map(([team, found]) => ({ team, cards: found.toSorted(strongest).slice(0, mostCards).map(cardOf) }))
    .toSorted((a, b) => (a.team < b.team ? -1 : 1));
}

const strongest = (a: Candidate, b: Candidate) =>
  b.score - a.score || severities.indexOf(a.of.severity) - severities.indexOf(b.of.severity) || (a.of.id < b.of.id ? -1 : 1);

function cardOf({ of, why: { key, sentence, reason, instead } }: Candidate): RelevantContent['cards'][number] {
  const named = namedBy(reason);
  return { postmortem: of.id, key, sentence, ...(named !== undefined && { names: { postmortem: named, instead: instead ?? '' } }) };
}
