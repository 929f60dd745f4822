import type { Service } from '../catalog/catalog.ts';
import type { CatalogGraph } from '../catalog/graph.ts';
import { lookupKey } from '../catalog/names.ts';
import { cut } from '../shared/text.ts';
import type { Candidate, Compared } from './candidate.ts';
import { descriptionFactor, points } from './points.ts';
import { isCommon, rarityOf } from './rarity.ts';
import { plain } from './sentence.ts';

/** A service that is named. It need not be in the catalogue. */
interface Named {
  readonly name: string;
  readonly service: Service | undefined;
}

const namedServices = ({ postmortem, landscape: { graph } }: Compared): Named[] =>
  postmortem.services.map((name) => ({ name, service: graph.names.find(name) }));

/** Teams that run what it names. A tag may name a service, too: `certificates`. */
export function whoRuns({ postmortem, landscape: { runs, graph } }: Compared): Candidate[] {
  const seen = new Set<string>();
  const of = (names: readonly string[], count: number) =>
    names.flatMap((name): Candidate[] => {
      const team = runs.teamOf(name);
      const service = plain(name);
      const key = graph.names.find(name)?.ref ?? lookupKey(name);
      if (team === undefined || service === '' || seen.has(key)) return [];
      seen.add(key);
      return [{ team, reason: { kind: 'runs', service }, points: count }];
    });
  return [...of(postmortem.services, points.runs), ...of(postmortem.tags, points.tagged)];
}

const longestAction = 120;

/** Teams that have an action in it. */
export function whoPromised({ postmortem, landscape: { runs } }: Compared): Candidate[] {
  const teams = new Set(runs.teams);
  return postmortem.actionItems.flatMap(({ title, team, owner, status }): Candidate[] => {
    const key = [team, owner].flatMap((name) => (name === undefined ? [] : (runs.keyOf(name) ?? []))).find((one) => teams.has(one));
    const action = cut(plain(title), longestAction);
    if (key === undefined || status === 'declined' || action === '') return [];
    return [{ team: key, reason: { kind: 'promised', action }, points: points.promised }];
  });
}

/** Teams whose services depend on what it names, in at most two steps. */
export function whoDepends(compared: Compared): Candidate[] {
  const { described } = compared;
  const { graph, byRef, runs } = compared.landscape;
  const named = namedServices(compared);
  return named.flatMap(({ service: on }): Candidate[] => {
    if (!on) return [];
    const users = graph
      .neighbours(on.ref)
      .filter(({ direction }) => direction === 'used by')
      .filter(({ id }) => runs.teamOf(id) !== runs.teamOf(on.ref))
      .map((user) => ({ ...user, share: shareOf(user.path, graph) }));
    const isCommonOf = (some: typeof users) => isCommon(teamsOf(some, compared), runs.teams.length);
    const common = { direct: isCommonOf(users.filter(({ share }) => share !== points.byWayOf)), all: isCommonOf(users) };
    return users.flatMap(({ id, path, share }): Candidate[] => {
      const own = byRef.get(id);
      if (!own || common.direct || (share === points.byWayOf && common.all)) return [];
      const reason = { kind: 'depends', service: own.service.name, on: on.name, path: path.toReversed() } as const;
      const count = (points.depends * share * descriptionFactor(described.get(id))) / Math.sqrt(named.length);
      return [{ team: own.team, reason, points: count }];
    });
  });
}

/** How much a dependence counts. To call a service through its interface is to depend on it. */
function shareOf(path: readonly string[], graph: CatalogGraph): number {
  if (path.length === 2) return 1;
  return graph.names.find(path[1] ?? '')?.kind === 'api' ? points.throughApi : points.byWayOf;
}

const teamsOf = (users: readonly { readonly id: string }[], { landscape: { runs } }: Compared): number =>
  new Set(users.flatMap(({ id }) => runs.teamOf(id) ?? [])).size;

/** Teams that use the same instance of a resource as a service that it names. */
export function whoShares(compared: Compared): Candidate[] {
  const { graph, byRef, runs } = compared.landscape;
  const { described, terms } = compared;
  const said = new Set(terms.flatMap(({ id, where }) => (where === 'services' ? [] : [id])));
  return namedServices(compared).flatMap(({ service: of }) =>
    (of?.dependsOn ?? []).flatMap((ref): Candidate[] => {
      const resource = graph.names.byRef(ref);
      if (resource?.kind !== 'resource') return [];
      const users = graph.neighbours(ref, 1).filter(({ direction }) => direction === 'used by');
      const teams = teamsOf(users, compared);
      if (isCommon(teams, runs.teams.length)) return [];
      const isMeant = compared.landscape.technologiesOf(resource).some((id) => said.has(id));
      return users.flatMap(({ id }): Candidate[] => {
        const own = byRef.get(id);
        if (!own || own.team === runs.teamOf(of?.ref ?? '')) return [];
        const reason = { kind: 'shares', service: own.service.name, resource: resource.name } as const;
        const count =
          (isMeant ? points.shares : points.sharesOther) * rarityOf(teams, runs.teams.length) * descriptionFactor(described.get(id));
        return [{ team: own.team, reason, points: count }];
      });
    }),
  );
}
