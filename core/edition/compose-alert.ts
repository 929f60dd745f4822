import type { Distribution } from '../distribution/distribution.ts';
import { alertsOf, labelsOf } from '../distribution/severity-label.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { alertContent } from './alert-content.ts';
import type { Composed } from './composed.ts';
import { alertEditionId, nextTelling } from './edition-id.ts';
import type { ComposeDeps } from './ports.ts';
import { leadershipOf } from './read-rendition.ts';

/** Composes the immediate mail about one incident; undefined where it is none any more (restricted, retracted, less severe) or never was. */
export async function composeAlert(id: string, distribution: Distribution, deps: ComposeDeps): Promise<Composed | undefined> {
  const stored = await deps.postmortems.read(id);
  if (!stored || !deserves(stored, distribution)) return undefined;
  const content = alertContent({
    organisation: distribution.organisation,
    labels: labelsOf(distribution),
    postmortem: await leadershipOf(stored, deps),
    mandatory: false,
    now: deps.now(),
  });
  return {
    id: alertEditionId(stored.postmortem.id, nextTelling(alertEditionId, stored.postmortem.id, stored.namedIn)),
    stream: 'sev1-alerts',
    alertsOf: alertsOf(distribution),
    incident: stored.postmortem.id,
    carried: [stored],
    fragments: deps.renderAlert(content),
    subject: content.subject,
  };
}

const deserves = ({ postmortem }: StoredPostmortem, { streams }: Distribution) =>
  isTellable(postmortem) && (streams['sev1-alerts']?.severities.includes(postmortem.severity) ?? false);
