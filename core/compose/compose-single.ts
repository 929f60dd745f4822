import { alertContent } from '../content/alert-content.ts';
import { publishedContent } from '../content/published-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { alertsOf, labelsOf } from '../distribution/severity-label.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { nextTellingId, parseEditionId } from '../edition/edition-id.ts';
import { serviceEditionId, type WantedServiceMail } from '../edition/service-mail.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { renditionOf } from '../rendition/renditions.ts';
import type { ComposeDeps, Composed } from './ports.ts';

/**
 * Composes the immediate mail about one incident. Undefined if the incident gets no alert, or no
 * longer does (restricted, retracted, less severe).
 */
export async function composeAlert(id: string, distribution: Distribution, deps: ComposeDeps): Promise<Composed | undefined> {
  const stored = await deps.postmortems.read(id);
  if (!stored || !deserves(stored, distribution)) return undefined;
  const content = alertContent({
    organisation: distribution.organisation,
    labels: labelsOf(distribution),
    postmortem: await renditionOf('leadership', stored, deps),
    mandatory: false,
    now: deps.now(),
  });
  return {
    id: nextTellingId(alerts, stored.postmortem.id, stored.namedIn),
    stream: alerts,
    alertsOf: alertsOf(distribution),
    incident: stored.postmortem.id,
    carried: [stored],
    fragments: deps.renderAlert(content),
    subject: content.subject,
  };
}

const alerts = 'sev1-alerts';
const deserves = ({ postmortem }: StoredPostmortem, { streams }: Distribution) =>
  isTellable(postmortem) && (streams[alerts]?.severities.includes(postmortem.severity) ?? false);

const digest = 'engineering-digest';

/**
 * Composes the mail about one postmortem for readers who want each as it is published. Undefined if
 * the postmortem may no longer be shown.
 */
export async function composePublished(id: string, distribution: Distribution, deps: ComposeDeps): Promise<Composed | undefined> {
  const stored = await deps.postmortems.read(id);
  if (!stored || !isTellable(stored.postmortem) || !distribution.streams[digest]) return undefined;
  const content = publishedContent({
    organisation: distribution.organisation,
    labels: labelsOf(distribution),
    postmortem: await renditionOf('engineering', stored, deps),
    now: deps.now(),
  });
  return {
    id: nextTellingId(digest, stored.postmortem.id, stored.namedIn),
    stream: digest,
    incident: stored.postmortem.id,
    carried: [stored],
    fragments: deps.renderDigest(content),
    subject: content.subject,
  };
}

/**
 * Composes one mail that answers a person's action. The text is the same for all readers; only the
 * link differs.
 */
export function composeService(
  wanted: WantedServiceMail,
  distribution: Pick<Distribution, 'organisation' | 'severities' | 'streams'>,
  { renderService }: Pick<ComposeDeps, 'renderService'>,
): Composed {
  const { stream } = parseEditionId(wanted.about);
  const fragments = renderService(wanted.kind, {
    organisation: distribution.organisation.name,
    realm: wanted.realm,
    ...(stream && { stream: streamTitle(stream, distribution) }),
  });
  return { id: serviceEditionId(wanted), stream: 'service', carried: [], fragments, subject: fragments.subject };
}
