import * as z from 'zod';
import { canonicalHash } from '../shared/canonical-hash.ts';
import { isOneLine } from '../shared/text.ts';

/** The most that a service catalogue may have. `bytes`: of its JSON, as it is sent. */
export const catalogLimits = { services: 5000, teams: 1000, bytes: 4 * 1024 * 1024 } as const;

/** Of a name, in characters. No topic is longer, so a longer name could not be followed. */
export const longestName = 80;
export const longestRef = 250;
export const longestAbout = 300;
export const mostInList = 500;

const text = (most: number) => z.string().min(1).max(most).refine(isOneLine, 'one line without control characters');
const names = z.array(text(longestRef)).max(mostInList).default([]);

/**
 * Something that runs, or that others depend on. A reader leaves out members that it does not know.
 */
export const Service = z.object({
  /** `component:default/payments`: kind, namespace and name, in lower case. Unique. */
  ref: text(longestRef),
  name: text(longestName),
  /** Other names that postmortems may use. */
  aliases: names,
  /** The team that the catalogue names as its owner, as the catalogue writes it. */
  team: text(longestName).optional(),
  /** `service`, `website`, `library`, `resource`, `api`, `system`, or a word of the catalogue. */
  kind: text(longestName),
  /** Words for its technologies as they were written: tags and types. */
  tech: names,
  /** Refs. What could not be resolved stands there as it was written. */
  dependsOn: names,
  provides: names,
  consumes: names,
  system: text(longestRef).optional(),
  lifecycle: text(longestName).optional(),
  about: text(longestAbout).optional(),
});
export type Service = z.infer<typeof Service>;

export const CatalogTeam = z.object({
  name: text(longestName),
  /** The name of the team above it. */
  partOf: text(longestName).optional(),
  aliases: z.array(text(longestName)).max(mostInList).optional(),
});
export type CatalogTeam = z.infer<typeof CatalogTeam>;

/** Services and teams, before they are stored. */
export const CatalogContent = z.object({
  services: z.array(Service).max(catalogLimits.services),
  teams: z.array(CatalogTeam).max(catalogLimits.teams),
});
export type CatalogContent = z.infer<typeof CatalogContent>;

/**
 * The service catalogue: an organisation's services, its teams and what depends on what. It is no
 * catalogue of streams (`core/stream/catalogue.ts`).
 */
export interface Catalog extends CatalogContent {
  /** Of the content, in whatever order it came. */
  readonly hash: string;
}

const byText =
  <T>(textOf: (one: T) => string) =>
  (a: T, b: T) =>
    textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0;

/** The catalogue of this content, in alphabetical order. */
export function catalogOf({ services, teams }: CatalogContent): Catalog {
  const sorted = {
    services: services.toSorted(byText(({ ref }) => ref)),
    teams: teams.toSorted(byText(({ name }) => name)),
  };
  return { ...sorted, hash: canonicalHash(sorted) };
}
