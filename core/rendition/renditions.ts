import type * as z from 'zod';
import type { Postmortem } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { ListedEntry } from '../search/search-entry.ts';
import type { SearchedPart } from '../search/searched-text.ts';
import type { Instant } from '../shared/instant.ts';
import type { Audience } from '../stream/audience.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import { type FoundTerm, termsOf } from '../taxonomy/terms-of.ts';
import {
  CrossFunctionalRendition,
  crossFunctionalEntry,
  crossFunctionalFacts,
  crossFunctionalParts,
  crossFunctionalRendition,
} from './cross-functional-rendition.ts';
import {
  EngineeringRendition,
  engineeringEntry,
  engineeringFacts,
  engineeringParts,
  engineeringRendition,
} from './engineering-rendition.ts';
import type { Facts } from './facts.ts';
import { hasCustomerImpact } from './has-customer-impact.ts';
import { LeadershipRendition, leadershipEntry, leadershipFacts, leadershipParts, leadershipRendition } from './leadership-rendition.ts';

/** What each audience may see of one postmortem. */
interface Renditions {
  engineering: EngineeringRendition;
  leadership: LeadershipRendition;
  'cross-functional': CrossFunctionalRendition;
}
/** `undefined` for an audience that some postmortems do not concern: they have no rendition. */
interface Without {
  engineering: never;
  leadership: never;
  'cross-functional': undefined;
}
export type RenditionFor<A extends Audience> = Renditions[A];

/** How the rendition of one audience is made and read. */
interface RenditionDefinition<R, None extends undefined = never> {
  /** The schema of a stored rendition. */
  readonly schema: z.ZodType<R>;
  /**
   * Lists the fields that are included, so a new field of a postmortem stays hidden until it is
   * added. Undefined if the postmortem does not concern the audience.
   */
  readonly make: (postmortem: Postmortem) => R | None;
  /** Whether there is a rendition of it, without making one. Absent: of every postmortem. */
  readonly concerns?: (postmortem: Postmortem) => boolean;
  /**
   * The archive's entry. It is made from the rendition, so a search finds nothing that the page
   * would not show.
   */
  readonly searchEntry: (rendition: R, revision: number, publishedAt: Instant) => ListedEntry;
  /** The terms that stand in the entry, the most telling first. Absent: the audience has none. */
  readonly terms?: (rendition: R, taxonomy: Taxonomy) => readonly FoundTerm[];
  /** What a search looks into beside the entry: the parts of the page, by their names there. */
  readonly searchedParts: (rendition: R) => readonly SearchedPart[];
  /** The facts by which two revisions are compared. */
  readonly facts: (rendition: R) => Facts;
}

export type RenditionRow<A extends Audience> = RenditionDefinition<RenditionFor<A>, Without[A]>;

/** Bounds an entry. */
const mostTerms = 40;

/** One row per audience. */
export const renditions: { readonly [A in Audience]: RenditionRow<A> } = {
  engineering: {
    schema: EngineeringRendition,
    make: engineeringRendition,
    searchEntry: engineeringEntry,
    terms: termsOf,
    searchedParts: engineeringParts,
    facts: engineeringFacts,
  },
  leadership: {
    schema: LeadershipRendition,
    make: leadershipRendition,
    searchEntry: leadershipEntry,
    searchedParts: leadershipParts,
    facts: leadershipFacts,
  },
  'cross-functional': {
    schema: CrossFunctionalRendition,
    make: crossFunctionalRendition,
    concerns: hasCustomerImpact,
    searchEntry: crossFunctionalEntry,
    searchedParts: crossFunctionalParts,
    facts: crossFunctionalFacts,
  },
};

/** Whether an audience has anything to see of a postmortem. */
export const isConcerned = (audience: Audience, postmortem: Postmortem): boolean => renditions[audience].concerns?.(postmortem) ?? true;

/**
 * An audience's rendition of a postmortem, and its entry in that audience's archive. Undefined if
 * it does not concern the audience.
 */
export function projectionFor<A extends Audience>(
  audience: A,
  { postmortem, revision }: Pick<StoredPostmortem, 'postmortem' | 'revision'>,
  publishedAt: Instant,
  taxonomy: Taxonomy,
) {
  const { make, searchEntry, terms }: RenditionRow<A> = renditions[audience];
  const rendition: RenditionFor<A> | undefined = make(postmortem);
  if (!rendition) return undefined;
  const entry: ListedEntry = searchEntry(rendition, revision, publishedAt);
  const found = terms?.(rendition, taxonomy).slice(0, mostTerms);
  return { rendition, entry: found ? { ...entry, terms: found.map(({ id }) => id) } : entry };
}

/** The facts of a postmortem that an audience may see, made in memory. Undefined if it has none. */
export function factsFor<A extends Audience>(audience: A, postmortem: Postmortem): Facts | undefined {
  const { make, facts }: RenditionRow<A> = renditions[audience];
  const rendition: RenditionFor<A> | undefined = make(postmortem);
  return rendition && facts(rendition);
}

/** What a search of an audience's archive looks into, of a stored rendition. */
export function searchedPartsOf<A extends Audience>(audience: A, stored: unknown): readonly SearchedPart[] {
  const { schema, searchedParts }: RenditionRow<A> = renditions[audience];
  return searchedParts(schema.parse(stored));
}

/** The facts of a rendition, by which it is compared with that of another revision. */
export function factsOf<A extends Audience>(audience: A, rendition: RenditionFor<A>): Facts {
  const { facts }: RenditionRow<A> = renditions[audience];
  return facts(rendition);
}

/** Reads stored renditions by audience, postmortem and revision. Undefined if there is none. */
export interface RenditionReader {
  readonly renditions: (audience: string, id: string, revision: number) => Promise<unknown>;
}

/**
 * What an audience may see of a postmortem: the rendition stored at publication, or a new one if
 * the outbox has not stored it yet. Undefined if it does not concern the audience.
 */
export async function renditionOf<A extends Audience>(
  audience: A,
  { postmortem, revision }: Pick<StoredPostmortem, 'postmortem' | 'revision'>,
  { renditions: stored }: RenditionReader,
): Promise<RenditionFor<A> | Without[A]> {
  const { schema, make }: RenditionRow<A> = renditions[audience];
  const found = await stored(audience, postmortem.id, revision);
  return found ? schema.parse(found) : make(postmortem);
}
