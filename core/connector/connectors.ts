import type { EventReader } from './event.ts';
import { readFireHydrant } from './firehydrant/read-event.ts';
import { readIncidentIo } from './incident-io/read-event.ts';
import { readPagerDuty } from './pagerduty/read-event.ts';
import { readRootly } from './rootly/read-event.ts';
import { type Verify, verifyFireHydrant, verifyPagerDuty, verifyRootly, verifyStandardWebhook } from './signature.ts';
import type { Source } from './source.ts';
import { readStatuspage } from './statuspage/read-event.ts';

/** What differs from vendor to vendor in what they post. */
export interface Connector {
  /**
   * Absent: the vendor signs nothing. Its events then say which incident to ask about, and nothing
   * else.
   */
  readonly verify?: Verify;
  readonly readEvent: EventReader;
}

export const connectors: Readonly<Record<Source, Connector>> = {
  'incident-io': { verify: verifyStandardWebhook, readEvent: readIncidentIo },
  rootly: { verify: verifyRootly, readEvent: readRootly },
  firehydrant: { verify: verifyFireHydrant, readEvent: readFireHydrant },
  pagerduty: { verify: verifyPagerDuty, readEvent: readPagerDuty },
  statuspage: { readEvent: readStatuspage },
};
