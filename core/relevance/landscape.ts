import type { Catalog, Service } from '../catalog/catalog.ts';
import { type CatalogGraph, graphOf } from '../catalog/graph.ts';
import type { Runs } from '../catalog/who-runs.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import { termsOfWords } from '../taxonomy/terms-of.ts';
import { byBm25, type Resembling } from './resembling.ts';

/** Something that a team runs: no resource, interface or system, which only belong to it. */
export interface OwnService {
  /** Its key. */
  readonly team: string;
  readonly service: Service;
  /** Ids of the technologies of its tags, and of the team's own resources that it uses. */
  readonly technologies: ReadonlySet<string>;
}

/** Who runs what on what, as relevance needs it. Made once for many postmortems. */
export interface Landscape {
  readonly runs: Runs;
  readonly graph: CatalogGraph;
  readonly taxonomy: Taxonomy;
  readonly services: readonly OwnService[];
  /** By its ref. */
  readonly byRef: ReadonlyMap<string, OwnService>;
  readonly byTechnology: ReadonlyMap<string, readonly OwnService[]>;
  /** Ids of the technologies of its tags. */
  technologiesOf(service: Service): readonly string[];
  /** From 0 to 1: how much the descriptions of services resemble a text, by their refs. */
  describedAlike(text: string): ReadonlyMap<string, number>;
}

const belongs = new Set(['resource', 'api', 'system']);

export function landscapeOf({
  catalog,
  runs,
  taxonomy,
}: {
  readonly catalog: Pick<Catalog, 'services'> | undefined;
  readonly runs: Runs;
  readonly taxonomy: Taxonomy;
}): Landscape {
  const graph = graphOf(catalog ?? { services: [] });
  const idsOf = rememberedTerms(taxonomy);
  const ownResources = (service: Service, team: string): Service[] =>
    service.dependsOn
      .flatMap((ref) => graph.names.byRef(ref) ?? [])
      .filter(({ kind, ref }) => kind === 'resource' && runs.teamOf(ref) === team);
  const services: OwnService[] = [];
  const descriptions: { id: string; text: string }[] = [];
  for (const team of runs.teams) {
    for (const service of runs.servicesOf(team)) {
      if (belongs.has(service.kind)) continue;
      const parts = [service, ...ownResources(service, team)];
      services.push({ team, service, technologies: new Set(parts.flatMap(({ tech }) => tech.flatMap(idsOf))) });
      descriptions.push({
        id: service.ref,
        text: parts.map(({ name, about = '', tech }) => `${name} ${about} ${tech.join(' ')}`).join('\n'),
      });
    }
  }
  const byTechnology = new Map<string, OwnService[]>();
  for (const own of services) {
    for (const id of own.technologies) {
      const having = byTechnology.get(id);
      if (having) having.push(own);
      else byTechnology.set(id, [own]);
    }
  }
  let index: Resembling | undefined;
  return {
    runs,
    graph,
    taxonomy,
    services,
    byRef: new Map(services.map((own) => [own.service.ref, own])),
    byTechnology,
    technologiesOf: ({ tech }) => tech.flatMap(idsOf),
    describedAlike(text) {
      index ??= byBm25(descriptions);
      return index.scores(text);
    },
  };
}

/** A catalogue repeats its tags. */
function rememberedTerms(taxonomy: Taxonomy): (word: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (word) => {
    const ids = known.get(word) ?? termsOfWords([word], taxonomy);
    known.set(word, ids);
    return ids;
  };
}
