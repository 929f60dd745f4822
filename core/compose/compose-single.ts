import { alertContent } from '../content/alert-content.ts';
import { publishedContent } from '../content/published-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { alertsOf, labelsOf } from '../distribution/severity-label.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { alertEditionId, nextTelling, publishedEditionId } from '../edition/edition-id.ts';
import { serviceEditionId, streamAbout, type WantedServiceMail } from '../edition/service-mail.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { engineeringOf, leadershipOf } from '../rendition/read-rendition.ts';
import type { ComposeDeps, Composed } from './ports.ts';

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

/** Composes one mail that answers what somebody did. It says the same to everybody; the link in it is its reader's own. */
export function composeService(
  wanted: WantedServiceMail,
  distribution: Pick<Distribution, 'organisation' | 'severities' | 'streams'>,
  { renderService }: Pick<ComposeDeps, 'renderService'>,
): Composed {
  const stream = streamAbout(wanted.about);
  const fragments = renderService(wanted.kind, {
    organisation: distribution.organisation.name,
    realm: wanted.realm,
    ...(stream && { stream: streamTitle(stream, distribution) }),
  });
  return { id: serviceEditionId(wanted), stream: 'service', carried: [], fragments, subject: fragments.subject };
}
