import type { PostmortemId } from '../postmortem/postmortem.ts';
import { folded } from '../shared/text.ts';
import { type FoundTerm, type Place, termsOf } from '../taxonomy/terms-of.ts';
import type { ComparedPostmortem } from './candidate.ts';
import { textOfRendition } from './known-archive.ts';
import { isCommon } from './rarity.ts';
import type { Surroundings } from './surroundings.ts';

/** The most earlier postmortems that are found for one. */
const mostSimilar = 3;

/**
 * How alike texts must be, as `Likeness` has it. Chosen on the first ten pairs of each kind in
 * test/relevance/repeats.json.
 */
const least = {
  /** The same place, and a failure mode of this weight: one of weight 3 is enough. */
  ofBoth: { 1: 0.25, 2: 0.1, 3: 0 },
  /** A failure mode that is telling, in another place. */
  ofMode: 0.3,
  /** The same place, and no failure mode in common that the taxonomy knows. */
  ofPlace: 0.4,
} as const;

/** An earlier postmortem of the same failure. */
export interface SimilarIncident {
  readonly earlier: PostmortemId;
  /** Ids of terms that both say, the most telling first. */
  readonly terms: readonly string[];
  /** Names of services that both have, and of resources that their services share. */
  readonly things: readonly string[];
}

export interface ComparedWithEarlier extends Surroundings {
  readonly postmortem: ComparedPostmortem;
}

/** What fails is told here. What only the body or the timeline mentions may be an aside. */
const tells = (place: Place): boolean => place !== 'body' && place !== 'timeline';

/**
 * Earlier postmortems of the same failure, at most three, the likest first. Pure. The same failure
 * is the same failure mode in the same place: technology, service or resource. Texts that are very
 * alike need only one of both, because a taxonomy does not know every way to fail.
 */
export function similarIncidents({ postmortem, archive, landscape }: ComparedWithEarlier): SimilarIncident[] {
  const at = Date.parse(archive.entryOf(postmortem.id)?.publishedAt ?? postmortem.publishedAt ?? '');
  const terms = termsOf(postmortem, landscape.taxonomy);
  const modes = terms.filter(({ kind }) => kind === 'failure mode');
  const technologies = terms.filter(({ kind, where }) => kind === 'technology' && where !== 'services');
  const ours = thingsOf(postmortem.services, landscape);
  const alike = new Map(archive.alike(textOfRendition(postmortem)).map(({ id, score }) => [id, score]));
  const found = archive.entries.flatMap((entry) => {
    if (entry.id === postmortem.id || !(Date.parse(entry.publishedAt) < at)) return [];
    const had = new Set(archive.termsOf(entry.id));
    const shared = (some: readonly FoundTerm[]) => some.filter(({ id }) => had.has(id));
    const things = shareOf(ours, thingsOf(entry.services, landscape));
    const score = alike.get(entry.id) ?? 0;
    const isSame = isSameFailure({ modes: shared(modes), isSamePlace: things.length > 0 || shared(technologies).length > 0, score });
    return isSame ? [{ earlier: entry.id, terms: shared([...modes, ...technologies]).map(({ id }) => id), things, score }] : [];
  });
  return found
    .toSorted((a, b) => b.score - a.score || (a.earlier < b.earlier ? -1 : 1))
    .slice(0, mostSimilar)
    .map(({ score: _, ...one }) => one);
}

interface Shared {
  readonly modes: readonly FoundTerm[];
  readonly isSamePlace: boolean;
  readonly score: number;
}

function isSameFailure({ modes, isSamePlace, score }: Shared): boolean {
  if (!isSamePlace) return score >= least.ofMode && modes.some(({ weight }) => weight >= 2);
  return score >= least.ofPlace || modes.some(({ weight, where }) => tells(where) && score >= least.ofBoth[weight]);
}

/**
 * Services by their refs where the catalogue has them, and resources that they use, with their
 * names. What everybody uses is no place: every failure would be there.
 */
function thingsOf(services: readonly string[], { graph, runs }: Surroundings['landscape']): Map<string, string> {
  const things = new Map<string, string>();
  const isCommonTo = (ref: string) => {
    const users = graph.neighbours(ref, 1).filter(({ direction }) => direction === 'used by');
    return isCommon(new Set(users.flatMap(({ id }) => runs.teamOf(id) ?? [])).size, runs.teams.length);
  };
  for (const name of services) {
    const service = graph.names.find(name);
    things.set(service?.ref ?? folded(name), service?.name ?? name);
    for (const ref of service?.dependsOn ?? []) {
      const resource = graph.names.byRef(ref);
      if (resource?.kind === 'resource' && !isCommonTo(ref)) things.set(resource.ref, resource.name);
    }
  }
  return things;
}

const shareOf = (ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, string>): string[] =>
  [...ours].flatMap(([key, name]) => (theirs.has(key) ? [name] : []));
