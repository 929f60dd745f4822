import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { Composed } from './composed.ts';
import { nextTelling, publishedEditionId } from './edition-id.ts';
import type { ComposeDeps } from './ports.ts';
import { publishedContent } from './published-content.ts';
import { engineeringOf } from './read-rendition.ts';

/** Composes the mail about one postmortem for those who want each as it is published; undefined where it may not be told any more. */
export async function composePublished(id: string, distribution: Distribution, deps: ComposeDeps): Promise<Composed | undefined> {
  const stored = await deps.postmortems.read(id);
  if (!stored || !isTellable(stored.postmortem) || !distribution.streams['engineering-digest']) return undefined;
  const content = publishedContent({
    organisation: distribution.organisation,
    labels: labelsOf(distribution),
    postmortem: await engineeringOf(stored, deps),
    now: deps.now(),
  });
  return {
    id: publishedEditionId(stored.postmortem.id, nextTelling(publishedEditionId, stored.postmortem.id, stored.namedIn)),
    stream: 'engineering-digest',
    incident: stored.postmortem.id,
    carried: [stored],
    fragments: deps.renderDigest(content),
    subject: content.subject,
  };
}
