import type { ListedPostmortem, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { hasCustomerImpact } from '../rendition/has-customer-impact.ts';
import { timeToMitigate } from './incident-time.ts';

/** What lists know of a postmortem. */
export function listedPostmortem({ postmortem, revision, material, updatedAt, by, sentBy = by }: StoredPostmortem): ListedPostmortem {
  const mitigation = timeToMitigate(postmortem);
  return {
    id: postmortem.id,
    revision,
    title: postmortem.title,
    severity: postmortem.severity,
    status: postmortem.status,
    restricted: postmortem.restricted,
    ...(postmortem.publishedAt && { publishedAt: postmortem.publishedAt }),
    ...(mitigation !== undefined && { minutesToMitigate: Math.round(mitigation / 60_000) }),
    ...(!hasCustomerImpact(postmortem) && { isFelt: false }),
    ...(material && { materialAt: Object.fromEntries(Object.entries(material).map(([audience, { at }]) => [audience, at])) }),
    whose: {
      ...(sentBy !== undefined && { by: sentBy }),
      ...(postmortem.owningTeam && { team: postmortem.owningTeam }),
      authors: postmortem.authors,
    },
    updatedAt,
  };
}
