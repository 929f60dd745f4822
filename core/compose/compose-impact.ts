import { type ImpactSettings, impactContent, impactTakenBackContent, notFeltContent } from '../content/impact-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import type { UpdateToTell } from '../incident-update/update-to-tell.ts';
import { renditionOf } from '../rendition/renditions.ts';
import type { StreamName } from '../stream/stream.ts';
import type { ComposeDeps } from './ports.ts';

/** Composes the mail about one incident for people who talk with customers. */
export const composeImpact = async (update: UpdateToTell, distribution: Distribution, deps: ComposeDeps) => ({
  fragments: deps.renderImpact(await contentOf(update, distribution, deps), distribution.brand),
});

async function contentOf(update: UpdateToTell, distribution: Distribution, deps: ComposeDeps) {
  const { stream, incident, stored } = update;
  const settings = impactSettings(stream, distribution, deps.now());
  if (!stored) return impactTakenBackContent({ ...settings, update });
  const postmortem = await renditionOf('cross-functional', stored, deps);
  if (!postmortem) return notFeltContent({ ...settings, id: incident, update });
  return impactContent({ ...settings, postmortem, update });
}

/** What the distribution file says about mails of customer impact. */
export const impactSettings = (stream: StreamName, distribution: Distribution, now: Date): ImpactSettings => ({
  organisation: distribution.organisation,
  labels: labelsOf(distribution),
  products: distribution.products ?? [],
  // A file that leaves the stream out has no readers of it either.
  contact: configuredStream(distribution, stream)?.contact ?? '',
  now,
});
