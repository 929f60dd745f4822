import type { ListedPostmortem, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { customersHarmed, hasCustomerImpact } from '../rendition/has-customer-impact.ts';
import { minuteMs } from '../shared/duration.ts';
import { lengthOf, timeToDetect, timeToMitigate } from './incident-time.ts';

/** What lists know of a postmortem. */
export function listedPostmortem({ postmortem, revision, material, updatedAt, by, sentBy = by }: StoredPostmortem): ListedPostmortem {
  const minutes = (length: number | undefined) => (length === undefined ? undefined : Math.round(length / minuteMs));
  const [minutesToMitigate, minutesToDetect] = [minutes(timeToMitigate(postmortem)), minutes(timeToDetect(postmortem))];
  const minutesOfHarm = minutes(lengthOf(postmortem));
  const customersAffected = customersHarmed(postmortem.customerImpact ?? {});
  return {
    id: postmortem.id,
    revision,
    title: postmortem.title,
    severity: postmortem.severity,
    status: postmortem.status,
    restricted: postmortem.restricted,
    ...(postmortem.publishedAt && { publishedAt: postmortem.publishedAt }),
    ...(minutesToMitigate !== undefined && { minutesToMitigate }),
    ...(minutesToDetect !== undefined && { minutesToDetect }),
    ...(minutesOfHarm !== undefined && { minutesOfHarm }),
    ...(customersAffected !== undefined && { customersAffected }),
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
