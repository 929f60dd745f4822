import { type ImpactSettings, impactContent, impactTakenBackContent, notFeltContent } from '../content/impact-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import type { UpdateToTell } from '../incident-update/update-to-tell.ts';
import { renditionOf } from '../rendition/renditions.ts';
import type { StreamName } from '../stream/stream.ts';
import type { RenderIn } from './in-zones.ts';
import type { ComposeDeps } from './ports.ts';

/** Composes the mail about one incident for people who talk with customers. */
export async function composeImpact(update: UpdateToTell, distribution: Distribution, deps: ComposeDeps) {
  const { stream, incident, stored } = update;
  const common = impactSettings(stream, distribution, deps.now());
  const postmortem = stored && (await renditionOf('cross-functional', stored, deps));
  const contentIn = (settings: ImpactSettings) => {
    if (!stored) return impactTakenBackContent({ ...settings, update });
    return postmortem ? impactContent({ ...settings, postmortem, update }) : notFeltContent({ ...settings, id: incident, update });
  };
  const render: RenderIn = (organisation) => deps.renderImpact(contentIn({ ...common, organisation }), distribution.brand);
  return { render };
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
