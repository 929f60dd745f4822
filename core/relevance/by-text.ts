import type { FoundTerm } from '../taxonomy/terms-of.ts';
import type { Candidate, Compared } from './candidate.ts';
import { textOfRendition } from './known-archive.ts';
import { leastLike, placeFactor, points, weightFactor } from './points.ts';
import { isCommon, rarityOf } from './rarity.ts';

const failureModes = ({ terms }: Compared): FoundTerm[] => terms.filter(({ kind }) => kind === 'failure mode');

/** Technologies that failed: those that the text names, and those of the services that it names. */
function technologiesOf({ postmortem, terms, landscape }: Compared): Map<string, number> {
  const brought = postmortem.services.flatMap((name) => {
    const service = landscape.graph.names.find(name);
    return [...((service && landscape.byRef.get(service.ref)?.technologies) ?? [])];
  });
  const said = terms.filter(({ kind, where }) => kind === 'technology' && where !== 'services');
  return new Map([
    ...brought.map((id) => [id, points.broughtTechnology] as const),
    ...said.map(({ id, where }) => [id, placeFactor(where)] as const),
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
      if (common && (weight < 2 || isBrought)) continue;
      const rarity = points.common + (1 - points.common) * rarityOf(teams, runs.teams.length);
      const base = points.sameFailure * weightFactor(weight) * placeFactor(where) * source * rarity * (belongs ? 1 : points.anyTechnology);
      for (const { team, service } of having) {
        const reason = { kind: 'same failure', service: service.name, technology, mode } as const;
        found.push({ team, reason, points: base * (1 + (described.get(service.ref) ?? 0)) });
      }
    }
  }
  return found;
}

/** Teams that owned an earlier postmortem of the same failure mode, or one that reads alike. */
export function whoKnowsIt(compared: Compared): Candidate[] {
  const { postmortem, archive, landscape, terms } = compared;
  const { runs } = landscape;
  const modes = new Map(failureModes(compared).map((term) => [term.id, term]));
  const ids = new Set(terms.map(({ id }) => id));
  const at = Date.parse(archive.entryOf(postmortem.id)?.publishedAt ?? postmortem.publishedAt ?? '');
  const earlier = archive.entries.flatMap((entry) => {
    const team = entry.team === undefined ? undefined : runs.keyOf(entry.team);
    const isEarlier = entry.id !== postmortem.id && !(Date.parse(entry.publishedAt) >= at);
    return team !== undefined && isEarlier ? [{ entry, team, terms: archive.termsOf(entry.id) }] : [];
  });
  const having = Map.groupBy(
    earlier.flatMap(({ team, terms: had }) => had.map((id) => ({ team, id }))),
    ({ id }) => id,
  );
  const before = earlier.flatMap(({ entry, team, terms: had }) =>
    had.flatMap((mode): Candidate[] => {
      const term = modes.get(mode);
      if (!term || isCommon(new Set(having.get(mode)?.map((one) => one.team)).size, runs.teams.length)) return [];
      const count = points.hadBefore * weightFactor(term.weight) * placeFactor(term.where);
      return [{ team, reason: { kind: 'had it before', mode, postmortem: entry.id }, points: count }];
    }),
  );
  const byId = new Map(earlier.map((one) => [one.entry.id, one]));
  const alike = archive.alike(textOfRendition(postmortem)).flatMap(({ id, score, words }): Candidate[] => {
    const one = byId.get(id);
    if (!one || score < leastLike || !one.terms.some((term) => ids.has(term))) return [];
    return [
      {
        team: one.team,
        reason: { kind: 'reads alike', postmortem: id, words: words.slice(0, 5) },
        points: points.readsAlike * (1 + score),
      },
    ];
  });
  return [...before, ...alike];
}
