import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { EngineeringRendition, engineeringRendition } from '../rendition/engineering-rendition.ts';
import { LeadershipRendition, leadershipRendition } from '../rendition/leadership-rendition.ts';
import type { ComposeDeps } from './ports.ts';

type Renditions = Pick<ComposeDeps, 'renditions'>;

/** What engineers may see of it: stored when it was published; made anew where that is still owed. */
export async function engineeringOf({ postmortem, revision }: StoredPostmortem, { renditions }: Renditions): Promise<EngineeringRendition> {
  const stored = await renditions('engineering', postmortem.id, revision);
  return stored ? EngineeringRendition.parse(stored) : engineeringRendition(postmortem);
}

/** The same for leaders. */
export async function leadershipOf({ postmortem, revision }: StoredPostmortem, { renditions }: Renditions): Promise<LeadershipRendition> {
  const stored = await renditions('leadership', postmortem.id, revision);
  return stored ? LeadershipRendition.parse(stored) : leadershipRendition(postmortem);
}
