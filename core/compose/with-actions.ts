import { asItStands } from '../action/as-it-stands.ts';
import { leftBy } from '../intake/keep-actions.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import type { LeadershipRendition } from '../rendition/leadership-rendition.ts';
import type { ComposeDeps } from './ports.ts';

/**
 * A rendition whose action items stand as the document and the people left them, so that all parts
 * of a mail say the same of one action. Of what may not be told, no row is read. Rows that lag
 * behind the stored revision are read as it leaves them. `known`: the postmortem as it was just
 * read.
 */
export async function withActions<R extends EngineeringRendition | LeadershipRendition>(
  rendition: R,
  at: Date,
  { postmortems, actionRows }: Pick<ComposeDeps, 'postmortems' | 'actionRows'>,
  known?: StoredPostmortem,
): Promise<R> {
  if (rendition.actionItems.length === 0) return rendition;
  const stored = known ?? (await postmortems.read(rendition.id));
  if (!stored || !isTellable(stored.postmortem)) return rendition;
  const current = leftBy(stored, await actionRows(stored.postmortem.id));
  return { ...rendition, actionItems: asItStands<R['actionItems'][number]>(rendition.actionItems, current, at) };
}
