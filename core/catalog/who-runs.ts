import type { Distribution } from '../distribution/distribution.ts';
import type { CatalogContent, CatalogTeam, Service } from './catalog.ts';
import { lookupKey, teamKey } from './names.ts';
import { serviceNames } from './service-names.ts';

/** Where it is known from who runs a service, strongest first. */
export const runSources = ['distribution file', 'catalogue', 'archive'] as const;
export type RunSource = (typeof runSources)[number];

export interface Runner {
  /** See teamKey. */
  readonly team: string;
  /** As the distribution file writes it if it lists the team, else as the source does. */
  readonly name: string;
  readonly source: RunSource;
}

/** The distribution file and the catalogue name different teams. The file wins. */
export interface Difference {
  readonly ref: string;
  readonly service: string;
  readonly file: string;
  readonly catalogue: string;
}

/** What the archive says of a postmortem: entries of it fit. */
export interface Owned {
  readonly services: readonly string[];
  readonly team?: string | undefined;
}

export interface Runs {
  /** The key of the team that runs it. `service`: a ref, a name or an alias. */
  teamOf(service: string): string | undefined;
  runnerOf(service: string): Runner | undefined;
  /** From whatever source: one that somebody runs, or that the catalogue has. */
  serviceOf(service: string): Service | undefined;
  /** The names of all of these, as they are written. */
  readonly names: readonly string[];
  /**
   * What a team runs. A service that the catalogue does not have stands there by its name, without
   * edges. In the catalogue's order, others behind. `team`: a key, a name or an alias.
   */
  servicesOf(team: string): readonly Service[];
  /** The key that `teamOf` gives for this name or alias of a team. */
  keyOf(team: string): string | undefined;
  /** The key of the team above one, by the distribution file, else by the catalogue. */
  aboveOf(team: string): string | undefined;
  /** The keys of all teams that run something. */
  readonly teams: readonly string[];
  readonly differences: readonly Difference[];
}

/** So many postmortems about a service make their owner the team that runs it. */
const ownedOften = 2;

/**
 * Who runs what: the distribution file wins, then the catalogue, then the archive, where a team
 * that owned two postmortems about a service, and more than any other, runs it. Pure; no catalogue
 * is an empty one.
 */
export function runsOf(
  catalog: CatalogContent | undefined,
  { teams: fileTeams }: Pick<Distribution, 'teams'>,
  archive: Iterable<Owned>,
): Runs {
  const { services = [], teams = [] } = catalog ?? {};
  const names = serviceNames(services);
  const keyOf = teamKeys(fileTeams, teams);
  const unlisted = new Map<string, Service>();
  const serviceOf = (name: string): Service => {
    const known = names.find(name) ?? unlisted.get(lookupKey(name));
    if (known) return known;
    const named = nameAlone(name);
    unlisted.set(lookupKey(name), named);
    return named;
  };
  const written = new Map(fileTeams.map(({ name }) => [teamKey(name), name]));
  const runners = new Map<Service, Runner>();
  const differences: Difference[] = [];
  const note = (service: Service, name: string, source: RunSource) => {
    const team = keyOf(name);
    if (team !== undefined && !runners.has(service)) runners.set(service, { team, name: written.get(team) ?? name, source });
  };
  for (const { name, services: own } of fileTeams) for (const service of own) note(serviceOf(service), name, 'distribution file');
  for (const service of services) {
    if (service.team === undefined) continue;
    const first = runners.get(service);
    note(service, service.team, 'catalogue');
    if (first && first.team !== keyOf(service.team))
      differences.push({ ref: service.ref, service: service.name, file: first.name, catalogue: service.team });
  }
  for (const [service, name] of mostOwned(archive, serviceOf, keyOf)) note(service, name, 'archive');
  const run = [...services, ...unlisted.values()].filter((service) => runners.has(service));
  const byTeam = Map.groupBy(run, (service) => runners.get(service)?.team ?? '');
  const runnerOf = (name: string) => {
    const service = names.find(name) ?? unlisted.get(lookupKey(name));
    return service && runners.get(service);
  };
  return {
    runnerOf,
    serviceOf: (name) => names.find(name) ?? run.find(({ ref }) => ref === lookupKey(name)),
    names: [...new Set([...services, ...run].map(({ name }) => name))],
    teamOf: (service) => runnerOf(service)?.team,
    servicesOf: (team) => byTeam.get(keyOf(team) ?? '') ?? [],
    keyOf,
    aboveOf(team) {
      const isIt = ({ name }: { readonly name: string }) => keyOf(name) === keyOf(team);
      const name = fileTeams.find(isIt)?.partOf ?? teams.find(isIt)?.partOf;
      return name === undefined ? undefined : keyOf(name);
    },
    teams: [...byTeam.keys()].toSorted(),
    differences,
  };
}

/** A service of which only the name is known. Its ref is no ref of a catalogue. */
const nameAlone = (name: string): Service => ({
  ref: lookupKey(name),
  name,
  aliases: [],
  kind: 'service',
  tech: [],
  dependsOn: [],
  provides: [],
  consumes: [],
});

/**
 * A team of the catalogue is that of the distribution file which has its name, or else one of its
 * aliases. Keys are made of the file's spelling, because people's lists of teams follow the file.
 * An alias never takes the name of another team.
 */
function teamKeys(fileTeams: Distribution['teams'], teams: CatalogContent['teams']) {
  const inFile = new Map(fileTeams.map(({ name }) => [lookupKey(name), teamKey(name)]));
  const named = new Set(teams.map(({ name }) => lookupKey(name)));
  const keys = new Map(inFile);
  const aliasesOf = ({ aliases = [] }: CatalogTeam) => aliases.map(lookupKey).filter((alias) => !named.has(alias));
  for (const team of teams) {
    const own = lookupKey(team.name);
    const meant = [own, ...aliasesOf(team)].find((spelling) => inFile.has(spelling));
    keys.set(own, meant === undefined ? teamKey(team.name) : inFile.get(meant));
  }
  for (const team of teams) {
    for (const alias of aliasesOf(team)) if (!keys.has(alias)) keys.set(alias, keys.get(lookupKey(team.name)));
  }
  return (name: string): string | undefined => keys.get(lookupKey(name)) ?? teamKey(name);
}

/** Of each service the team that owned most postmortems about it, if those are enough. */
function mostOwned(archive: Iterable<Owned>, serviceOf: (name: string) => Service, keyOf: (team: string) => string | undefined) {
  const counts = new Map<Service, Map<string, { name: string; count: number }>>();
  for (const { services, team } of archive) {
    const key = team === undefined ? undefined : keyOf(team);
    if (team === undefined || key === undefined) continue;
    for (const service of new Set(services.map(serviceOf))) {
      const teams = counts.get(service) ?? new Map<string, { name: string; count: number }>();
      counts.set(service, teams.set(key, { name: team, count: (teams.get(key)?.count ?? 0) + 1 }));
    }
  }
  return [...counts].flatMap(([service, teams]): (readonly [Service, string])[] => {
    const [first, second] = [...teams.values()].toSorted((a, b) => b.count - a.count);
    return first && first.count >= ownedOften && first.count > (second?.count ?? 0) ? [[service, first.name]] : [];
  });
}
