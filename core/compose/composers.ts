import type { Distribution } from '../distribution/distribution.ts';
import type { Occurrence } from '../edition/occurrence.ts';
import type { PublishedStream, RelevanceStream, ScheduledStream } from '../stream/stream.ts';
import { composeBrief } from './compose-brief.ts';
import { composeDigest } from './compose-digest.ts';
import { composeImpactWeek } from './compose-impact-week.ts';
import { composeRelevant } from './compose-relevant.ts';
import { composePublished } from './compose-single.ts';
import type { ComposeDeps, Composed } from './ports.ts';

/** Composes a due edition in memory. Dates and ages are relative to `at`. */
type ComposeOccurrence = (occurrence: Occurrence, at: Date, distribution: Distribution, deps: ComposeDeps) => Promise<Composed>;

/**
 * Composes the mail about one postmortem. Undefined if the postmortem may not be shown, or not by
 * this stream.
 */
type ComposePostmortem = (postmortem: string, distribution: Distribution, deps: ComposeDeps) => Promise<Composed | undefined>;

/**
 * The composer of each stream's editions. A stream in the catalogue without a composer does not
 * compile.
 */
export const scheduledComposers: Readonly<Record<ScheduledStream, ComposeOccurrence>> = {
  'engineering-digest': composeDigest,
  'leadership-brief': composeBrief,
  'customer-impact': composeImpactWeek,
};
export const tellingComposers: Readonly<Record<PublishedStream | RelevanceStream, ComposePostmortem>> = {
  'engineering-digest': composePublished,
  'relevant-incidents': composeRelevant,
};
