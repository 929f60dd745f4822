import * as z from 'zod';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { SubscriberId } from '../subscriber/subscriber.ts';

/** What a finding is about. Findings are shown in these groups. */
export const findingAreas = ['operators', 'deployment', 'slack', 'people', 'streams', 'services', 'reviews', 'notices'] as const;
export type FindingArea = (typeof findingAreas)[number];

/**
 * `now`: somebody is not told of what they should hear. `soon`: somebody will not be. `later`: it
 * is untidy.
 */
export const urgencies = ['now', 'soon', 'later'] as const;
export type Urgency = (typeof urgencies)[number];

/** One thing that differs between the configuration and what is so. */
export interface Finding {
  /** A name that stays, for programs: `channel-archived`. */
  readonly kind: string;
  readonly area: FindingArea;
  readonly urgency: Urgency;
  /** What is so, as the beginning of a sentence: `#payments is archived`. */
  readonly what: string;
  /** Why it matters, as a clause. */
  readonly why: string;
  /** What mends it, in whole sentences. */
  readonly remedy: string;
  /** Whom it is about. Absent for somebody who is not on the list of people. */
  readonly subscriber?: SubscriberId | undefined;
  /** Only for callers who may see addresses. Never stored. */
  readonly address?: string | undefined;
  /** The first of those that it is about. Never stored, because one may be restricted meanwhile. */
  readonly postmortems?: readonly PostmortemId[] | undefined;
  /**
   * How the most frequent owners of actions are written. Never stored, because they may be names of
   * people.
   */
  readonly owners?: readonly string[] | undefined;
}

/** What a check for drift found. */
export interface Drift {
  readonly at: Instant;
  /** The worst first, at most {@link mostFindings}. */
  readonly findings: readonly Finding[];
  /** How many more there are. */
  readonly more: number;
  /** What could not be looked at, in whole sentences. */
  readonly notLookedAt: readonly string[];
}

export const mostFindings = 200;

/** One, as it is stored. Words of a later release are kept. `urgency`: `now`, `soon` or `later`. */
export const StoredFinding = z.object({
  kind: z.string(),
  area: z.string(),
  urgency: z.string(),
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
  subscriber: SubscriberId.optional(),
});

/** As it is stored: without addresses and postmortems. Words of a later release are kept. */
export const StoredDrift = z.object({
  at: Instant,
  findings: z.array(StoredFinding),
  more: z.int().nonnegative().default(0),
  notLookedAt: z.array(z.string()).default([]),
});
export type StoredDrift = z.infer<typeof StoredDrift>;
export type StoredFinding = StoredDrift['findings'][number];

/** What is kept of a check: nothing that outlives a restriction or says who somebody is. */
export const storable = ({ at, findings, more, notLookedAt }: Drift): StoredDrift => ({
  at,
  findings: findings.map(({ kind, area, urgency, what, why, remedy, subscriber }) => ({
    kind,
    area,
    urgency,
    what,
    why,
    remedy,
    ...(subscriber && { subscriber }),
  })),
  more,
  notLookedAt: [...notLookedAt],
});

/** The last result, which mails and pages are made from. */
export interface DriftStore {
  read(): Promise<StoredDrift | undefined>;
  put(drift: StoredDrift): Promise<void>;
}

/** What the urgencies mean, for people who read findings. */
export const urgencyWords = 'Now: somebody is not told of what they should hear. Soon: somebody will not be. Later: it is untidy.';

const headings: Readonly<Record<FindingArea, string>> = {
  operators: 'Who runs Afterword',
  deployment: 'What is deployed',
  slack: 'Slack',
  people: 'People whom the file names',
  streams: 'Streams',
  services: 'Teams and services',
  reviews: 'Reviews and promises',
  notices: 'Notices to customers',
};

const byRank: readonly string[] = urgencies;
const rank = (urgency: string) => (byRank.includes(urgency) ? byRank.indexOf(urgency) : byRank.length);

/** The worst first; what is equally urgent keeps its order. */
export const worstFirst = <F extends { readonly urgency: string }>(findings: readonly F[]): F[] =>
  findings.toSorted((a, b) => rank(a.urgency) - rank(b.urgency));

/**
 * Findings as people read them: in groups, the group with the worst finding first. Those of an area
 * that this release does not know come last.
 */
export function grouped<F extends { readonly area: string; readonly urgency: string }>(
  findings: readonly F[],
): { readonly heading: string; readonly findings: F[] }[] {
  const sorted = worstFirst(findings);
  const named = findingAreas.map((area) => ({ heading: headings[area], findings: sorted.filter((one) => one.area === area) }));
  const others = sorted.filter(({ area }) => !findingAreas.some((known) => known === area));
  return [...named, { heading: 'Other', findings: others }]
    .filter((group) => group.findings.length > 0)
    .toSorted((a, b) => rank(a.findings[0]?.urgency ?? '') - rank(b.findings[0]?.urgency ?? ''));
}
