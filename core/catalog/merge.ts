import { nearest } from '../shared/nearest.ts';
import { cut } from '../shared/text.ts';
import { readRef } from './backstage/entity-ref.ts';
import type { FoundService, FoundTeam, Reference } from './backstage/take-entity.ts';
import { type CatalogContent, type CatalogTeam, catalogLimits, longestName, longestRef, mostInList, type Service } from './catalog.ts';
import { lookupKey } from './names.ts';
import { type CatalogRemark, type PlaceOf, remarksOn, shownPlace } from './remark.ts';
import { serviceNames } from './service-names.ts';

export interface Merged {
  readonly content: CatalogContent;
  readonly remarks: readonly CatalogRemark[];
}

/**
 * Makes one catalogue of what was found. Of two with one ref the first counts. A reference to
 * nothing stays as it was written, and is told. Cycles are allowed.
 */
export function mergeFound(services: readonly FoundService[], teams: readonly FoundTeam[]): Merged {
  const remarks: CatalogRemark[] = [];
  const byRef = firstOfEach(services, ({ service }) => service.ref, remarks);
  const teamsByRef = firstOfEach(teams, ({ ref }) => ref, remarks);
  const lists = new Map(
    [...byRef.keys()].map((ref) => [ref, { dependsOn: new Set<string>(), provides: new Set<string>(), consumes: new Set<string>() }]),
  );
  const known = [...byRef.keys()];
  const names = serviceNames([...byRef.values()].map(({ service }) => service));
  for (const { service, edges, at } of byRef.values()) {
    const { warning } = remarksOn(service.ref, at);
    const resolved = ({ ref, path }: Reference): string => {
      const found = names.byRef(ref)?.ref ?? (ref.includes(':') ? undefined : names.find(ref)?.ref);
      if (found === undefined) remarks.push(warning(path, `names ${ref}, which the catalogue does not have`, unresolvedRemedy(ref, known)));
      return found ?? ref.slice(0, longestRef);
    };
    for (const kind of ['dependsOn', 'provides', 'consumes'] as const)
      for (const one of edges[kind]) lists.get(service.ref)?.[kind].add(resolved(one));
    for (const one of edges.dependencyOf) lists.get(resolved(one))?.dependsOn.add(service.ref);
  }
  const content = {
    services: [...byRef.values()].map((found): Service => {
      const { dependsOn = [], provides = [], consumes = [] } = lists.get(found.service.ref) ?? {};
      const team = ownerOf(found, teamsByRef, remarks);
      const few = (refs: Iterable<string>) => [...refs].toSorted().slice(0, mostInList);
      return {
        ...found.service,
        ...(team !== undefined && { team }),
        dependsOn: few(dependsOn),
        provides: few(provides),
        consumes: few(consumes),
      };
    }),
    teams: teamsOf(teamsByRef, remarks),
  };
  return { content, remarks: [...remarks, ...tooMany(content, services[0]?.at ?? teams[0]?.at)] };
}

/** Looking for the nearest of thousands, for thousands, takes minutes. */
const mostCompared = 1000;

function unresolvedRemedy(ref: string, known: readonly string[]): string {
  const { kind, name } = readRef(ref);
  const kept = 'It is kept as a name without owner and edges.';
  if (known.length > mostCompared) return kept;
  const others = known.filter((one) => readRef(one).name === name.toLowerCase());
  const alike = known.filter((one) => readRef(one).kind === kind);
  const near = nearest(
    name,
    alike.map((one) => readRef(one).name),
  );
  const meant = others[0] ?? alike.find((one) => readRef(one).name === near);
  return meant === undefined ? kept : `Is ${meant} meant? ${kept}`;
}

function firstOfEach<T extends { readonly at: PlaceOf }>(
  found: readonly T[],
  refOf: (one: T) => string,
  remarks: CatalogRemark[],
): Map<string, T> {
  const byRef = new Map<string, T>();
  for (const one of found) {
    const first = byRef.get(refOf(one));
    if (first) {
      const { warning } = remarksOn(refOf(one), one.at);
      remarks.push(
        warning(
          ['metadata', 'name'],
          `stands in ${shownPlace(first.at(['metadata', 'name']))} already`,
          'The first one counts. Take the other out.',
        ),
      );
    } else byRef.set(refOf(one), one);
  }
  return byRef;
}

function ownerOf(
  { service, owner, at }: FoundService,
  teams: ReadonlyMap<string, FoundTeam>,
  remarks: CatalogRemark[],
): string | undefined {
  const { warning } = remarksOn(service.ref, at);
  if (!owner) {
    if (service.kind !== 'system') remarks.push(warning(['spec', 'owner'], 'is missing', 'Name the team: owner: payments.'));
    return undefined;
  }
  const { kind, name } = readRef(owner.ref);
  if (kind !== 'group') {
    remarks.push(warning(owner.path, `is ${owner.ref}, which is no team`, 'Name the team: people change.'));
    return undefined;
  }
  const team = teams.get(owner.ref);
  if (!team && teams.size > 0)
    remarks.push(
      warning(
        owner.path,
        `names ${owner.ref}, which the catalogue does not have`,
        'Bring the file of the group, or correct the name. The team is taken by this name.',
      ),
    );
  return team?.team.name ?? cut(name, longestName);
}

/** Teams have one name each, because services and people name them by it. */
function teamsOf(byRef: ReadonlyMap<string, FoundTeam>, remarks: CatalogRemark[]): CatalogTeam[] {
  const parents = new Map([...byRef.values()].flatMap(({ ref, children }) => children.map((child) => [child, ref] as const)));
  const named = new Map<string, CatalogTeam>();
  for (const { ref, team, parent, at } of byRef.values()) {
    const { warning } = remarksOn(ref, at);
    const above = parent?.ref ?? parents.get(ref);
    if (parent && !byRef.has(parent.ref))
      remarks.push(
        warning(parent.path, `names ${parent.ref}, which the catalogue does not have`, 'Bring the file of the group, or correct the name.'),
      );
    const partOf =
      above === undefined || above === ref ? undefined : (byRef.get(above)?.team.name ?? cut(readRef(above).name, longestName));
    const twin = named.get(lookupKey(team.name));
    if (twin)
      remarks.push(warning(['metadata', 'name'], `is the name of another group, ${twin.name}`, 'The two count as one team. Rename one.'));
    else named.set(lookupKey(team.name), { ...team, ...(partOf !== undefined && { partOf }) });
  }
  return [...named.values()];
}

function tooMany({ services, teams }: CatalogContent, at: PlaceOf | undefined): CatalogRemark[] {
  const counts = [
    { what: 'services', count: services.length, most: catalogLimits.services },
    { what: 'teams', count: teams.length, most: catalogLimits.teams },
  ];
  return counts
    .filter(({ count, most }) => count > most)
    .map(({ what, count, most }) => ({
      level: 'error',
      file: at?.([]).file ?? '',
      field: what,
      problem: `are ${count}, and at most ${most} are taken`,
      remedy: 'Import the part of the catalogue that runs in production.',
    }));
}
