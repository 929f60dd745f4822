import { isUrgent } from '../connector/decide.ts';
import { isKnownAlready, isUnreadable } from '../connector/held-words.ts';
import type { InboundIncident } from '../connector/inbound-incident.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { severityOf } from './held-outlook.ts';

/** Whether nobody is told of an incident that is of the most severe kind, or may be. */
export const isUrgentHeld = (one: InboundIncident, distribution: Distribution | undefined): boolean =>
  !isKnownAlready(one) && !isUnreadable(one) && isUrgent(severityOf(one, { distribution }));

/** The urgent ones first, and each kind in the order that it has. */
export function urgentFirst<T extends InboundIncident>(held: readonly T[], distribution: Distribution | undefined): T[] {
  const of = Map.groupBy(held, (one) => isUrgentHeld(one, distribution));
  return [...(of.get(true) ?? []), ...(of.get(false) ?? [])];
}
