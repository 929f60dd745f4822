import { similarIncidents } from '../../../core/relevance/similar-incidents.ts';
import { surroundingsOf } from '../../../core/relevance/surroundings.ts';
import { unkeptPromises } from '../../../core/relevance/unkept.ts';
import { engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { termsOf } from '../../../core/taxonomy/terms-of.ts';
import { actionsAsOf } from '../../support/actions-as-of.ts';
import { relevanceCatalog } from '../../support/relevance-catalog.ts';
import { type PairOfIncidents, pairs, sampleIncidents, shortIncidents, textsOfPairs } from '../../support/relevance-set.ts';
import { entryOf } from './rankings.ts';

export interface JudgedPair {
  readonly pair: PairOfIncidents;
  /** Rules and thresholds were chosen on it. */
  readonly isTuned: boolean;
  readonly isFound: boolean;
  /** Titles of actions that are said not to have been kept, and to have caught the later one. */
  readonly unkept: readonly string[];
  readonly caught: readonly string[];
}

/** Each pair of repeats.json among all postmortems of the set, as the function would find it. */
export function judgedPairs(): { readonly judged: readonly JudgedPair[]; readonly unlabelled: number } {
  const all = [...sampleIncidents(), ...shortIncidents(), ...textsOfPairs()];
  const entries = all.map(entryOf).toSorted((a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt));
  const around = surroundingsOf({ entries, catalog: relevanceCatalog(), distribution: { teams: [] } });
  const { taxonomy } = around.landscape;
  const told = new Map(all.map(({ postmortem }) => [postmortem.id as string, postmortem]));
  const of = (id: string) => {
    const postmortem = told.get(id);
    if (!postmortem) throw new Error(`there is no incident ${id}`);
    return postmortem;
  };
  const found = new Map(
    all.map(({ postmortem }) => [postmortem.id as string, similarIncidents({ postmortem: engineeringRendition(postmortem), ...around })]),
  );
  const places = { repeat: 0, 'near miss': 0 };
  const judged = pairs().map((pair): JudgedPair => {
    places[pair.kind] += 1;
    const later = of(pair.later);
    const began = later.startedAt ?? '';
    const now = new Date(later.publishedAt ?? '');
    const similar = found.get(pair.later)?.find(({ earlier }) => earlier === pair.earlier);
    const rows = actionsAsOf(of(pair.earlier), pair.actions);
    const terms = termsOf(engineeringRendition(later), taxonomy).map(({ id }) => id);
    const promises = similar ? unkeptPromises(rows, { terms, began }, similar, { taxonomy, now }) : [];
    const titles = (some: typeof promises) => some.flatMap(({ aid }) => rows.find((row) => row.aid === aid)?.reported.title ?? []);
    return {
      pair,
      isTuned: places[pair.kind] <= 10,
      isFound: similar !== undefined,
      unkept: titles(promises),
      caught: titles(promises.filter(({ caught }) => caught)),
    };
  });
  const labelled = new Set(pairs().map(({ earlier, later }) => `${later} ${earlier}`));
  const others = [...found].flatMap(([later, some]) => some.filter(({ earlier }) => !labelled.has(`${later} ${earlier}`)));
  return { judged, unlabelled: others.length };
}
