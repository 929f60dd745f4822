import type { Distribution } from '../distribution/distribution.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { nextTelling } from '../edition/edition-id.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { AlertStream } from '../stream/stream.ts';
import type { ComposeDeps, Composed } from './ports.ts';
import { updateComposers } from './update-composers.ts';

/**
 * Composes the mail about one incident. Undefined if the incident gets none on this stream, or no
 * longer does (restricted, retracted, less severe).
 */
export async function composeUpdate(
  stream: AlertStream,
  id: string,
  distribution: Distribution,
  deps: ComposeDeps,
): Promise<Composed | undefined> {
  const stored = await deps.postmortems.read(id);
  if (!stored || !deserves(stored, stream, distribution)) return undefined;
  const n = nextTelling(stream, stored.postmortem.id, stored.namedIn);
  return updateComposers[stream](
    { stream, incident: stored.postmortem.id, n, kind: 'first', isFinal: false, changes: [], stored },
    distribution,
    deps,
  );
}

const deserves = ({ postmortem }: StoredPostmortem, stream: AlertStream, distribution: Distribution) =>
  isTellable(postmortem) && (configuredStream(distribution, stream)?.severities?.includes(postmortem.severity) ?? false);
