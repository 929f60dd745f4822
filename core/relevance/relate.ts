import type { Catalog } from '../catalog/catalog.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { toldByRelevance } from '../distribution/stream-rules.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import type { ListedEntry } from '../search/search-entry.ts';
import { dayMs, weekMs } from '../shared/duration.ts';
import { toInstant } from '../shared/instant.ts';
import type { RelevanceStream } from '../stream/stream.ts';
import type { Topic } from '../subscriber/topic.ts';
import { type FindSimilarDeps, findSimilar, forgetFound } from './find-similar.ts';
import { atOnceFrom } from './points.ts';
import type { RelevanceStore } from './ports.ts';
import type { RelevantTeam } from './relevance.ts';
import { type Given, relevantTeams } from './relevant-teams.ts';
import type { surroundingsOf } from './surroundings.ts';
import type { ReasonFeedback } from './team-feedback.ts';

/** An edition tells what was published late at most so long after it. */
const weeksInEditions = 10;

export interface RelateDeps extends FindSimilarDeps {
  /** Everything that engineers may be told, newest first. */
  readonly archive: () => Promise<readonly ListedEntry[]>;
  /** What engineers may see of a revision. */
  readonly rendition: (id: PostmortemId, revision: number) => Promise<unknown>;
  readonly distribution: () => Promise<Pick<Distribution, 'streams' | 'taxonomy' | 'teams'> | undefined>;
  readonly catalog: () => Promise<Catalog | undefined>;
  /** `surroundingsOf`, or what keeps it. */
  readonly surroundings: typeof surroundingsOf;
  /** What a team pressed, by reason key. Absent: nothing is known of it. */
  readonly feedback?: (team: Topic) => Promise<ReadonlyMap<string, ReasonFeedback>>;
  readonly store: Pick<RelevanceStore, 'put'>;
  /** Has the teams told at once to which it matters much. Asking twice tells them once. */
  readonly tell: (stream: RelevanceStream, postmortem: PostmortemId) => Promise<void>;
  readonly now: () => Date;
}

/**
 * Finds out to whom a postmortem matters, and stores it. 'not told': the archive does not show it,
 * so it matters to nobody, and what was found similar and nobody judged goes. The second time it
 * finds the same, by what the catalogue and the archive say then. Teams are found for what an
 * edition may still tell, so an archive that is imported costs little.
 */
export async function relate(id: PostmortemId, deps: RelateDeps): Promise<'not told' | Awaited<ReturnType<RelevanceStore['put']>>> {
  const entries = await deps.archive();
  const entry = entries.find((one) => one.id === id);
  const stored = entry && (await deps.rendition(id, entry.revision));
  if (!entry || !stored) {
    await forgetFound(await deps.similar.of(id), deps);
    return 'not told';
  }
  const now = deps.now();
  const isNews = now.getTime() - Date.parse(entry.publishedAt) < weeksInEditions * weekMs;
  const [distribution, catalog] = await Promise.all([deps.distribution(), deps.catalog()]);
  const around = deps.surroundings({ entries, catalog, distribution: distribution ?? { teams: [] } });
  const given = { postmortem: EngineeringRendition.parse(stored), ...around };
  const teams = isNews ? await teamsOf(given, deps) : [];
  const similar = await findSimilar(given, now, deps);
  const outcome = await deps.store.put({
    postmortem: id,
    revision: entry.revision,
    at: toInstant(now),
    ...(catalog && { catalog: catalog.hash }),
    terms: around.archive.termsOf(id),
    teams,
    similar,
  });
  // After the row, which the mail is made of. The message comes again if this dies in between.
  if (distribution && outcome !== 'superseded' && teams.some(({ score }) => score >= atOnceFrom)) {
    for (const { stream, withinDays } of toldByRelevance(distribution, entry.severity))
      if (now.getTime() - Date.parse(entry.publishedAt) < withinDays * dayMs) await deps.tell(stream, id);
  }
  return outcome;
}

/** What a team muted can only take away, so the teams that are found without it are all to ask. */
async function teamsOf(given: Given, { feedback }: RelateDeps): Promise<RelevantTeam[]> {
  const teams = relevantTeams(given);
  if (!feedback || teams.length === 0) return teams;
  const pressed = new Map(await Promise.all(teams.map(async ({ team }) => [team, await feedback(team)] as const)));
  return relevantTeams({ ...given, feedbackOf: (team) => pressed.get(team) });
}
