import type { Topic } from '../subscriber/topic.ts';
import { topicOf } from '../subscriber/topic.ts';
import { termsOf } from '../taxonomy/terms-of.ts';
import { whoDepends, whoPromised, whoRuns, whoShares } from './by-catalogue.ts';
import { whoCanFailSo, whoHadIt, whoWroteAlike } from './by-text.ts';
import type { Candidate, Compared, ComparedPostmortem } from './candidate.ts';
import { type KnownArchive, textOfRendition } from './known-archive.ts';
import type { Landscape } from './landscape.ts';
import { shownFrom } from './points.ts';
import { reasonKeyOf } from './reason.ts';
import { mostReasonsOfTeam, type RelevantTeam } from './relevance.ts';
import { toldReason } from './sentence.ts';
import { isMuted, type ReasonFeedback } from './team-feedback.ts';

export interface Given {
  readonly postmortem: ComparedPostmortem;
  readonly landscape: Landscape;
  readonly archive: KnownArchive;
  /** Kinds of reasons that do not count: for measuring what each is worth. */
  readonly leaveOut?: readonly string[] | undefined;
  /** What teams pressed, by reason key. */
  readonly feedbackOf?: ((team: Topic) => ReadonlyMap<string, ReasonFeedback> | undefined) | undefined;
}

/** Bounds what is stored for one postmortem. */
const mostTeams = 100;

/**
 * The teams to which a postmortem matters beside its own, the highest score first. Pure: the same
 * input gives the same teams. A reason that a team muted does not count for it. At most a
 * hundred teams.
 */
export const relevantTeams = (given: Given): RelevantTeam[] =>
  rankedTeams(given)
    .filter(({ score }) => score >= shownFrom)
    .slice(0, mostTeams);

/** All teams that have any reason, too weak ones as well. */
export function rankedTeams({ postmortem, landscape, archive, feedbackOf, leaveOut = [] }: Given): RelevantTeam[] {
  const { runs, taxonomy } = landscape;
  const compared: Compared = {
    postmortem,
    landscape,
    archive,
    terms: termsOf(postmortem, taxonomy),
    described: landscape.describedAlike(textOfRendition(postmortem)),
  };
  const owner = postmortem.owningTeam === undefined ? undefined : runs.keyOf(postmortem.owningTeam);
  const found = [whoRuns, whoPromised, whoDepends, whoShares, whoCanFailSo, whoHadIt, whoWroteAlike]
    .flatMap((find) => find(compared))
    .filter(({ reason }) => !leaveOut.includes(reason.kind));
  const byTeam = Map.groupBy(found, ({ team }) => team);
  return [...byTeam]
    .flatMap(([key, candidates]): RelevantTeam[] => {
      const team = topicOf('team', key);
      if (key === owner || team === undefined) return [];
      const feedback = feedbackOf?.(team);
      const isTold = ({ reason }: Candidate) => {
        const pressed = feedback?.get(reasonKeyOf(reason));
        return !(pressed && isMuted(pressed));
      };
      const chosen = strongest(candidates.filter(isTold));
      if (chosen.length === 0) return [];
      const reasons = asTold(chosen).map(({ reason }) => toldReason(reason, { taxonomy, archive }));
      return [{ team, name: nameOf(landscape, key), score: scoreOf(chosen), reasons }];
    })
    .toSorted((a, b) => b.score - a.score || (a.team < b.team ? -1 : 1));
}

/** A further reason counts for less. Two decimals, so that a score reads well. */
const scoreOf = (chosen: readonly Candidate[]): number =>
  Math.round(100 * chosen.reduce((sum, { points }, i) => sum + points / 2 ** i, 0)) / 100;

/**
 * What a team depends on says little of what happened, so it is told behind reasons that say more.
 */
const asTold = (chosen: readonly Candidate[]): Candidate[] =>
  chosen.toSorted((a, b) => Number(a.reason.kind === 'depends') - Number(b.reason.kind === 'depends'));

/** At most three, the strongest first, and of the same kind one alone, but for `runs`. */
function strongest(candidates: readonly Candidate[]): Candidate[] {
  const sorted = candidates.toSorted((a, b) => b.points - a.points || (JSON.stringify(a.reason) < JSON.stringify(b.reason) ? -1 : 1));
  const seen = new Set<string>();
  const chosen = sorted.filter(({ reason }) => {
    const about = reason.kind === 'runs' ? reasonKeyOf(reason) : reason.kind;
    return !seen.has(about) && seen.add(about);
  });
  return chosen.slice(0, mostReasonsOfTeam);
}

const nameOf = ({ runs }: Landscape, team: string): string =>
  runs.servicesOf(team).flatMap(({ ref }) => runs.runnerOf(ref)?.name ?? [])[0] ?? team;
