import type { Distribution } from '../distribution/distribution.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import type { ScheduledStream } from '../stream/stream.ts';
import { composeBrief } from './compose-brief.ts';
import { composeDigest } from './compose-digest.ts';
import type { ComposeDeps, Composed } from './ports.ts';

type Compose = (occurrence: Occurrence, at: Date, distribution: Distribution, deps: ComposeDeps) => Promise<Composed>;

const composers: Readonly<Record<ScheduledStream, Compose>> = {
  'engineering-digest': composeDigest,
  'leadership-brief': composeBrief,
};

/** Composes what is due at an instant, in memory. `at` is what dates and ages are told against. */
export const composeScheduled: Compose = (occurrence, at, distribution, deps) =>
  composers[occurrence.stream](occurrence, at, distribution, deps);
