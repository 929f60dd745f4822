import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { ListedEntry } from '../search/search-entry.ts';
import { ofResponse } from '../taxonomy/modes/response.ts';
import type { FoundTerm } from '../taxonomy/terms-of.ts';
import type { Candidate, Compared } from './candidate.ts';
import { textOfRendition } from './known-archive.ts';
import { descriptionFactor, leastLike, placeFactor, points, weightFactor } from './points.ts';
import { isCommon, rarityOf } from './rarity.ts';

/** How it was noticed and handled is not how it failed. */
const handling = new Set([...ofResponse.map(({ id }) => id), 'tests-did-not-catch']);

const failureModes = ({ terms }: Compared): FoundTerm[] => terms.filter(({ id, kind }) => kind === 'failure mode' && !handling.has(id));

/** Technologies that failed: those that the text names, and those of the services that it names. */
function technologiesOf({ postmortem, terms, landscape }: Compared): Map<string, number> {
  const brought = postmortem.services.flatMap((name) => {
    const service = landscape.graph.names.find(name);
    return [...((service && landscape.byRef.get(service.ref)?.technologies) ?? [])];
  });
  const said = terms.filter(({ id, kind, where }) => kind === 'technology' && where !== 'services' && landscape.byTechnology.has(id));
  const most = Math.max(...said.map(({ times }) => times));
  // What a long text names once beside what it names twenty times is not what failed.
  const prominence = (times: number) => Math.min(1, (points.prominent * times) / most);
  return new Map([
    ...brought.map((id) => [id, points.broughtTechnology] as const),
    ...said.map(({ id, where, times }) => [id, placeFactor(where) * prominence(times)] as const),
  ]);
}

/** Teams with the technology that failed, if it can fail in this way. */
export function whoCanFailSo(compared: Compared): Candidate[] {
  const { landscape, described } = compared;
  const { runs, byTechnology, taxonomy } = landscape;
  const modes = failureModes(compared);
  const found: Candidate[] = [];
  for (const [technology, source] of technologiesOf(compared)) {
    const having = byTechnology.get(technology) ?? [];
    const teams = new Set(having.map(({ team }) => team)).size;
    const common = isCommon(teams, runs.teams.length);
    for (const { id: mode, weight, where } of modes) {
      const belongs = taxonomy.terms.get(mode)?.with;
      const isBrought = source === points.broughtTechnology;
      if (belongs ? !belongs.includes(technology) : isBrought) continue;
      if (common && (weight < 2 || isBrought || !belongs)) continue;
      const rarity = common ? points.common : points.common + (1 - points.common) * rarityOf(teams, runs.teams.length);
      const base = points.sameFailure * weightFactor(weight) * placeFactor(where) * source * rarity * (belongs ? 1 : points.anyTechnology);
      for (const { team, service } of having) {
        const reason = { kind: 'same failure', service: service.name, technology, mode } as const;
        found.push({ team, reason, points: base * descriptionFactor(described.get(service.ref)) });
      }
    }
  }
  return found;
}

/** A team's entry of the archive that was published before. Undefined: it is none. */
function earlierOf({ postmortem, archive, landscape }: Compared) {
  const at = Date.parse(archive.entryOf(postmortem.id)?.publishedAt ?? postmortem.publishedAt ?? '');
  return (entry: ListedEntry | undefined): { readonly id: PostmortemId; readonly team: string } | undefined => {
    const team = entry?.team === undefined ? undefined : landscape.runs.keyOf(entry.team);
    if (!entry || team === undefined || entry.id === postmortem.id || Date.parse(entry.publishedAt) >= at) return undefined;
    return { id: entry.id, team };
  };
}

/** Teams that owned an earlier postmortem of the same failure mode: the newest of each. */
export function whoHadIt(compared: Compared): Candidate[] {
  const { archive, landscape } = compared;
  const earlier = earlierOf(compared);
  return failureModes(compared).flatMap(({ id: mode, weight, where }): Candidate[] => {
    const newest = new Map<string, PostmortemId>();
    for (const entry of archive.withTerm(mode)) {
      const one = earlier(entry);
      if (one && !newest.has(one.team)) newest.set(one.team, one.id);
    }
    if (isCommon(newest.size, landscape.runs.teams.length)) return [];
    const count = points.hadBefore * weightFactor(weight) * placeFactor(where);
    return [...newest].map(([team, postmortem]) => ({ team, reason: { kind: 'had it before', mode, postmortem }, points: count }));
  });
}

/** Teams that owned an earlier postmortem with a term and much the same words. */
export function whoWroteAlike(compared: Compared): Candidate[] {
  const { postmortem, archive, terms } = compared;
  const earlier = earlierOf(compared);
  const said = new Set(terms.map(({ id }) => id));
  return archive.alike(textOfRendition(postmortem)).flatMap(({ id, score, words }): Candidate[] => {
    const one = earlier(archive.entryOf(id));
    const isAlike = score >= leastLike.score && words.length >= leastLike.words && archive.termsOf(id).some((term) => said.has(term));
    if (!one || !isAlike) return [];
    return [
      { team: one.team, reason: { kind: 'reads alike', postmortem: id, words: words.slice(0, 5) }, points: points.readsAlike * score },
    ];
  });
}
