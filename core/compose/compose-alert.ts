import { alertContent } from '../content/alert-content.ts';
import { takenBackContent, toldAgainContent } from '../content/update-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { alertsOf, labelsOf } from '../distribution/severity-label.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { tellingId } from '../edition/edition-id.ts';
import type { UpdateToTell } from '../incident-update/update-to-tell.ts';
import { renditionOf } from '../rendition/renditions.ts';
import type { ComposeDeps } from './ports.ts';

/** Composes a mail about one incident for leaders. */
export const composeAlert = async (update: UpdateToTell, distribution: Distribution, deps: ComposeDeps) => ({
  alertsOf: alertsOf(distribution),
  fragments: await fragmentsOf(update, distribution, deps),
});

async function fragmentsOf(update: UpdateToTell, distribution: Distribution, deps: ComposeDeps) {
  const { stream, incident, kind, stored } = update;
  const common = {
    organisation: distribution.organisation,
    labels: labelsOf(distribution),
    now: deps.now(),
  };
  if (!stored) {
    const told = configuredStream(distribution, stream)?.severities ?? [];
    return deps.renderUpdate(takenBackContent({ ...common, update, told }), distribution.brand);
  }
  const postmortem = await renditionOf('leadership', stored, deps);
  if (kind === 'first') return deps.renderAlert(alertContent({ ...common, postmortem, mandatory: false }), distribution.brand);
  const first = await deps.editions.read(tellingId(stream, incident, 1));
  return deps.renderUpdate(toldAgainContent({ ...common, update, postmortem, firstSubject: first?.subject }), distribution.brand);
}
