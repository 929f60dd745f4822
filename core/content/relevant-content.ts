import * as z from 'zod';
import { type Postmortem, PostmortemId, severities } from '../postmortem/postmortem.ts';
import type { Unread } from '../readership/unread-by.ts';
import { namedBy } from '../relevance/reason.ts';
import type { Relevance, RelevantTeam, ToldReason } from '../relevance/relevance.ts';
import { Topic } from '../subscriber/topic.ts';
import { Line } from './card-content.ts';

/** The most cards that come first for one team. */
export const mostCardsOfTeam = 3;

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
    .max(mostCardsOfTeam),
});
export type RelevantContent = z.infer<typeof RelevantContent>;

interface Candidate {
  readonly of: Told;
  readonly from: RelevantTeam;
  readonly why: ToldReason;
}
type Told = Pick<Postmortem, 'id' | 'severity'>;

/**
 * Chooses for each team the postmortems of an edition that matter most to it: by score, then by
 * severity, at most three, each by its strongest reason. What nobody in the team read comes after
 * them, where there is room. Sorted by team.
 */
export function relevantContent(told: readonly Told[], relevance: readonly Relevance[], unread: readonly Unread[] = []): RelevantContent[] {
  const news = chosen(told, relevance);
  const again = new Map(unread.map((one) => [one.team, { postmortem: one.postmortem, key: one.key, sentence: unreadSentence }]));
  return [...new Set([...news.keys(), ...again.keys()])].toSorted().map((team) => {
    const last = again.get(team);
    const cards = [...(news.get(team) ?? []).map(cardOf), ...(last ? [last] : [])];
    return { team, cards: cards.slice(0, mostCardsOfTeam) };
  });
}

/**
 * The rows with those teams alone that are chosen. Those of a whole year's incidents do not fit
 * into memory at once, so what three others outdo goes while the rest is read.
 */
export function onlyChosen(told: readonly Told[], relevance: readonly Relevance[]): Relevance[] {
  const kept = new Set([...chosen(told, relevance).values()].flatMap((candidates) => candidates.map(({ from }) => from)));
  return relevance.map((row) => ({ ...row, teams: row.teams.filter((one) => kept.has(one)) }));
}

function chosen(told: readonly Told[], relevance: readonly Relevance[]): Map<string, Candidate[]> {
  const known = new Map(relevance.map((one) => [one.postmortem, one]));
  const found = new Map<string, Candidate[]>();
  for (const of of told) {
    for (const from of known.get(of.id)?.teams ?? []) {
      const [why] = from.reasons;
      if (!why) continue;
      const others = found.get(from.team) ?? [];
      others.push({ of, from, why });
      found.set(from.team, others);
    }
  }
  return new Map([...found].map(([team, candidates]) => [team, candidates.toSorted(strongest).slice(0, mostCardsOfTeam)]));
}

/** Nobody is known to have read it. Readers without tracking are not known. */
const unreadSentence = 'Nobody in your team seems to have read it yet.';

const strongest = (a: Candidate, b: Candidate) =>
  b.from.score - a.from.score || severities.indexOf(a.of.severity) - severities.indexOf(b.of.severity) || (a.of.id < b.of.id ? -1 : 1);

function cardOf({ of, why: { key, sentence, reason, instead } }: Candidate): RelevantContent['cards'][number] {
  const named = namedBy(reason);
  return { postmortem: of.id, key, sentence, ...(named !== undefined && { names: { postmortem: named, instead: instead ?? '' } }) };
}
