import type { CardContent } from '../content/card-content.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { nameable } from '../relevance/nameable.ts';
import type { Relevance } from '../relevance/relevance.ts';
import { similarLine } from '../relevance/similar-words.ts';
import { type TellSimilarDeps, type ToldSimilar, toldEarlier } from '../relevance/told-similar.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { ComposeDeps } from './ports.ts';

type Deps = Pick<ComposeDeps, 'actionRows' | 'postmortems' | 'similar'>;

/**
 * Earlier postmortems of the same failure that may be told at an instant, by the later one. Only of
 * those of which something was found: a digest carries hundreds.
 */
export async function earlierOf(relevance: Iterable<Relevance>, at: Date, deps: Deps): Promise<Map<PostmortemId, ToldSimilar[]>> {
  const asked = [...relevance].filter(({ similar }) => similar.length > 0);
  const pairs = new Map(await fewAtATime(asked, async ({ postmortem }) => [postmortem, await deps.similar(postmortem)] as const));
  const listed = await deps.postmortems.listedOf([...new Set([...pairs.values()].flat().map(({ earlier }) => earlier))]);
  const telling: TellSimilarDeps = {
    similar: { of: async (id) => pairs.get(id) ?? [], later: async () => [] },
    told: async (id) => nameable(listed.get(id)),
    actions: deps.actionRows,
    now: () => at,
  };
  const found = await fewAtATime(asked, async ({ postmortem }) => [postmortem, await toldEarlier(postmortem, telling)] as const);
  return new Map(found.filter(([, earlier]) => earlier.length > 0));
}

/** The sentence for a card: of the first, in the order of `toldEarlier`. */
export const beforeOnCards = (
  earlier: ReadonlyMap<PostmortemId, readonly ToldSimilar[]>,
  telling: { readonly now: Date; readonly zone: string },
): Map<PostmortemId, NonNullable<CardContent['before']>> =>
  new Map(
    [...earlier].flatMap(([id, [one]]) => (one ? [[id, { says: similarLine(one, telling), postmortem: one.other.id }] as const] : [])),
  );
