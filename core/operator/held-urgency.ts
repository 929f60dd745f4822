import { isUrgent } from '../connector/decide.ts';
import { isKnownAlready, isUnreadable } from '../connector/held-words.ts';
import type { InboundIncident } from '../connector/inbound-incident.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { severityOf } from './held-outlook.ts';

/** Whether nobody is told of an incident that is of the most severe kind, or may be. */
export const isUrgentHeld = (one: InboundIncident, distribution: Distribution | undefined): boolean =>
  !isKnownAlready(one) && !isUnreadable(one) && isUrgent(severityOf(one, { distribution }));
