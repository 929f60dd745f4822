import type * as z from 'zod';
import type { Postmortem } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { ListedEntry } from '../search/search-entry.ts';
import type { Instant } from '../shared/instant.ts';
import type { Audience } from '../stream/audience.ts';
import { EngineeringRendition, engineeringEntry, engineeringRendition } from './engineering-rendition.ts';
import { LeadershipRendition, leadershipEntry, leadershipRendition } from './leadership-rendition.ts';

/** What each audience may see of one postmortem. */
interface Renditions {
  engineering: EngineeringRendition;
  leadership: LeadershipRendition;
}
export type RenditionFor<A extends Audience> = Renditions[A];

/** Everything about the rendition of one audience. */
export interface RenditionDefinition<R> {
  /** Of a stored one. */
  readonly schema: z.ZodType<R>;
  /** A list of what is taken: a new field of a postmortem stays hidden until somebody decides. */
  readonly make: (postmortem: Postmortem) => R;
  /** What the archive knows of it: searching finds nothing that reading would not show. */
  readonly searchEntry: (rendition: R, revision: number, publishedAt: Instant) => ListedEntry;
}

/** One row an audience. */
export const renditions: { readonly [A in Audience]: RenditionDefinition<RenditionFor<A>> } = {
  engineering: { schema: EngineeringRendition, make: engineeringRendition, searchEntry: engineeringEntry },
  leadership: { schema: LeadershipRendition, make: leadershipRendition, searchEntry: leadershipEntry },
};

/** An audience's rendition of a postmortem, and what its archive knows of it. */
export function projectionFor<A extends Audience>(audience: A, postmortem: Postmortem, revision: number, publishedAt: Instant) {
  const { make, searchEntry }: RenditionDefinition<RenditionFor<A>> = renditions[audience];
  const rendition = make(postmortem);
  return { rendition, entry: searchEntry(rendition, revision, publishedAt) };
}

/**
 * Renditions as they were stored, by audience, postmortem and revision; undefined where there is
 * none.
 */
export interface RenditionReader {
  readonly renditions: (audience: string, id: string, revision: number) => Promise<unknown>;
}

/**
 * What an audience may see of a postmortem: stored when it was published; made anew where that is
 * still owed.
 */
export async function renditionOf<A extends Audience>(
  audience: A,
  { postmortem, revision }: StoredPostmortem,
  { renditions: stored }: RenditionReader,
): Promise<RenditionFor<A>> {
  const { schema, make }: RenditionDefinition<RenditionFor<A>> = renditions[audience];
  const found = await stored(audience, postmortem.id, revision);
  return found ? schema.parse(found) : make(postmortem);
}
