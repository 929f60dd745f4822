import type { Distribution } from '../distribution/distribution.ts';
import type { UpdateToTell } from '../incident-update/update-to-tell.ts';
import type { UpdateStream } from '../stream/stream.ts';
import { composeAlert } from './compose-alert.ts';
import { composeImpact } from './compose-impact.ts';
import type { ComposeDeps, Composed } from './ports.ts';

/** Composes one incident update in memory. The edition and its preview use the same call. */
export type ComposeUpdate = (update: UpdateToTell, distribution: Distribution, deps: ComposeDeps) => Promise<Composed>;

/** What the incident updates of each stream say. */
export const updateComposers: Readonly<Record<UpdateStream, ComposeUpdate>> = {
  'sev1-alerts': composeAlert,
  'customer-impact': composeImpact,
};
