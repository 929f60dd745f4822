import type { Distribution } from '../distribution/distribution.ts';
import type { Severity } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import { type Current, type Decision, isProven } from './decide.ts';
import type { Facts, InboundIncident } from './inbound-incident.ts';
import { type SeverityMap, severityOf } from './mapping.ts';
import type { Source } from './source.ts';

/** What a file says of the severities of one source. */
interface Mapped {
  readonly severities: SeverityMap;
  readonly distribution: Pick<Distribution, 'severities'> | undefined;
}

/** An operator's word counts for the name that they saw, until the vendor gives it another one. */
export function severityIn({ severity, countsAs }: Facts, { severities, distribution }: Mapped) {
  if (severity === undefined) return countsAs?.value.name === '' ? countsAs.value.severity : undefined;
  return (
    severityOf(severity, severities, distribution?.severities) ??
    (countsAs?.value.name === severity.value ? countsAs.value.severity : undefined)
  );
}

/** Whether what is stored of it was shown by a release alone that an operator took back. */
export const isUnsaidNow = (
  { facts, takenBack }: Pick<InboundIncident, 'facts' | 'takenBack'>,
  current: Current,
  severity: Severity | undefined,
): boolean => takenBack !== undefined && current.owner === 'ours' && (severity === undefined || !isProven(facts.private));

/** Whether what is stored stays as it is. What nobody lets be seen has to be hidden then. */
export const leavesShown = ({ do: what }: Decision): boolean => what === 'hold' || what === 'wait' || what === 'ignore';

/** Who sent the document that is stored. An operator's decision about it leaves that as it is. */
export function currentOf(stored: StoredPostmortem | undefined, source: Source): Current {
  if (!stored) return { owner: 'nobody', isTold: false };
  const owner = (stored.sentBy ?? stored.by) === source ? 'ours' : 'others';
  return { owner, isTold: stored.postmortem.status === 'published' || stored.postmortem.status === 'preliminary' };
}

export class IncidentChangedTooOften extends AfterwordError {
  override readonly name = 'IncidentChangedTooOften';
  constructor(source: Source) {
    super(`an incident of ${source} was being changed by others at the same time`);
  }
}
