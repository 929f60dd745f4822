import { idAtVendor } from '../postmortem/id-at-vendor.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { heldArgument } from './held-words.ts';
import { type IncidentOf, pageOf } from './incident-pages.ts';
import { currentOf } from './known.ts';
import { sourceLabels } from './source.ts';

interface ToldByToolDeps {
  readonly incidentOf: IncidentOf;
  readonly readCurrent: (id: PostmortemId) => Promise<StoredPostmortem | undefined>;
}

/**
 * A warning for whoever publishes what an incident tool has told already, under an id of their own
 * and with a link to the page of the incident: people would be told twice. Undefined: they would
 * not.
 */
export async function toldByTool(published: StoredPostmortem, { incidentOf, readCurrent }: ToldByToolDeps): Promise<string | undefined> {
  const { postmortem } = published;
  const page = isTellable(postmortem) ? pageOf(published) : undefined;
  const incident = page === undefined ? undefined : await incidentOf(page);
  if (!incident) return undefined;
  const id = idAtVendor(incident.source, incident.ref);
  if (id === postmortem.id) return undefined;
  const other = await readCurrent(id);
  const isTold = other && isTellable(other.postmortem) && currentOf(other, incident.source).owner === 'ours';
  return isTold
    ? `${sourceLabels[incident.source]} told of this incident already, as ${id}, so people are told of it twice. To take that one over, publish this under its id (id: ${id}). If this one is to stand alone, an operator says: afterword held map ${heldArgument(incident)} --postmortem ${postmortem.id}`
    : undefined;
}
