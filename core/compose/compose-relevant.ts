import { relevantMailContent } from '../content/relevant-mail-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { toldByRelevance } from '../distribution/stream-rules.ts';
import { nextTellingId } from '../edition/edition-id.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import { atOnceFrom } from '../relevance/points.ts';
import { renditionOf } from '../rendition/renditions.ts';
import { taxonomyOf } from '../taxonomy/taxonomy-of.ts';
import { findRelevance } from './find-relevance.ts';
import type { ComposeDeps, Composed } from './ports.ts';
import { withActions } from './with-actions.ts';

const stream = 'relevant-incidents';

/**
 * Composes the mail about one postmortem for the teams to which it matters much. Undefined if there
 * is no such team, if it may not be shown, or if the file names the stream or its severity no more.
 */
export async function composeRelevant(id: string, distribution: Distribution, deps: ComposeDeps): Promise<Composed | undefined> {
  const stored = await deps.postmortems.read(id);
  if (!stored || stored.publication === 'history' || !isTellable(stored.postmortem)) return undefined;
  if (!toldByRelevance(distribution, stored.postmortem.severity).some((told) => told.stream === stream)) return undefined;
  const [relevance] = await findRelevance([stored], deps);
  if (!relevance) return undefined;
  const teams = relevance.teams.filter(({ score }) => score >= atOnceFrom);
  if (teams.length === 0) return undefined;
  const now = deps.now();
  const content = relevantMailContent({
    organisation: distribution.organisation,
    labels: labelsOf(distribution),
    taxonomy: taxonomyOf(distribution),
    postmortem: await withActions(await renditionOf('engineering', stored, deps), now, deps),
    relevance: { ...relevance, teams },
    now,
  });
  return {
    id: nextTellingId(stream, stored.postmortem.id, stored.namedIn),
    stream,
    incident: stored.postmortem.id,
    carried: [stored],
    fragments: deps.renderDigest(content, distribution.brand),
    subject: content.subject,
  };
}
