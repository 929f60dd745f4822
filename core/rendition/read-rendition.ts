import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { EngineeringRendition, engineeringRendition } from './engineering-rendition.ts';
import { LeadershipRendition, leadershipRendition } from './leadership-rendition.ts';

/** Renditions as they were stored, by audience, postmortem and revision; undefined where there is none. */
export interface RenditionReader {
  readonly renditions: (audience: string, id: string, revision: number) => Promise<unknown>;
}

/** What engineers may see of it: stored when it was published; made anew where that is still owed. */
export async function engineeringOf(
  { postmortem, revision }: StoredPostmortem,
  { renditions }: RenditionReader,
): Promise<EngineeringRendition> {
  const stored = await renditions('engineering', postmortem.id, revision);
  return stored ? EngineeringRendition.parse(stored) : engineeringRendition(postmortem);
}

/** The same for leaders. */
export async function leadershipOf(
  { postmortem, revision }: StoredPostmortem,
  { renditions }: RenditionReader,
): Promise<LeadershipRendition> {
  const stored = await renditions('leadership', postmortem.id, revision);
  return stored ? LeadershipRendition.parse(stored) : leadershipRendition(postmortem);
}
