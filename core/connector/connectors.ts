import type { EventReader } from './event.ts';
import { readIncidentIo } from './incident-io/read-event.ts';
import { readRootly } from './rootly/read-event.ts';
import { type Verify, verifyRootly, verifyStandardWebhook } from './signature.ts';
import type { Source } from './source.ts';

/** What differs from vendor to vendor in what they post. */
export interface Connector {
  readonly verify: Verify;
  readonly readEvent: EventReader;
}

export const connectors: Readonly<Record<Source, Connector>> = {
  'incident-io': { verify: verifyStandardWebhook, readEvent: readIncidentIo },
  rootly: { verify: verifyRootly, readEvent: readRootly },
};
