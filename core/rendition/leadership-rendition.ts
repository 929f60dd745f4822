import * as z from 'zod';
import { excerpt } from '../postmortem/plain-text.ts';
import { type Postmortem, PostmortemId } from '../postmortem/postmortem.ts';
import { stored } from '../postmortem/stored-postmortem.ts';
import { gistOf, type ListedEntry } from '../search/search-entry.ts';
import type { SearchedPart } from '../search/searched-text.ts';
import { Instant, PlainDate } from '../shared/instant.ts';
import { type Facts, factsFrom } from './facts.ts';
import { firstOf, firstTelling, joined } from './gist.ts';

/**
 * What leadership may see of one postmortem: outcome, reach and next steps. No authors' names and
 * no technical depth. A stored one is read without what this release does not know.
 */
export const LeadershipRendition = z.object({
  id: PostmortemId,
  title: z.string(),
  severity: stored.severity,
  status: stored.status,
  services: z.array(z.string()),
  owningTeam: z.string().optional(),
  startedAt: stored.moment,
  detectedAt: stored.moment,
  mitigatedAt: stored.moment,
  resolvedAt: stored.moment,
  publishedAt: Instant.optional(),
  customersAffected: z.int().nonnegative().optional(),
  regions: z.array(z.string()),
  externallyVisible: z.boolean().optional(),
  /** Whether the document names a cause. */
  causeKnown: z.boolean(),
  /** Plain text, each at most 420 characters. */
  whatHappened: z.string().optional(),
  impact: z.string().optional(),
  why: z.string().optional(),
  /** What support may say to customers. */
  customersTold: z.string().optional(),
  actionItems: z.array(
    z.object({
      title: z.string(),
      owner: z.string().optional(),
      team: z.string().optional(),
      due: PlainDate.optional(),
      status: stored.actionStatus,
      cost: stored.line,
      consequence: stored.line,
    }),
  ),
});
export type LeadershipRendition = z.infer<typeof LeadershipRendition>;

const most = 420;

export function leadershipRendition(pm: Postmortem): LeadershipRendition {
  const plain = (text: string) => excerpt(text, most);
  const { summary, customerImpact } = pm;
  return LeadershipRendition.parse({
    id: pm.id,
    title: pm.title,
    severity: pm.severity,
    status: pm.status,
    services: pm.services,
    owningTeam: pm.owningTeam,
    startedAt: pm.startedAt,
    detectedAt: pm.detectedAt,
    mitigatedAt: pm.mitigatedAt,
    resolvedAt: pm.resolvedAt,
    publishedAt: pm.publishedAt,
    customersAffected: customerImpact?.customersAffected,
    regions: customerImpact?.regions ?? [],
    externallyVisible: customerImpact?.externallyVisible,
    causeKnown: pm.rootCauses.length > 0,
    whatHappened: firstOf([summary, firstTelling(pm.sections)], plain),
    impact: firstOf([customerImpact?.text], plain),
    why: joined([pm.rootCauses], most),
    customersTold: joined([pm.support?.say], most),
    actionItems: pm.actionItems.map(({ title, owner, team, due, status, cost, consequence }) => ({
      title,
      owner,
      team,
      due,
      status,
      cost,
      consequence,
    })),
  });
}

/** The entry of a postmortem in this audience's archive. */
export const leadershipEntry = (rendition: LeadershipRendition, revision: number, publishedAt: Instant): ListedEntry => {
  const { id, title, severity, status, services, owningTeam, whatHappened, impact } = rendition;
  const said = gistOf(whatHappened, impact);
  return { id, revision, title, severity, status, services, ...(owningTeam && { team: owningTeam }), tags: [], publishedAt, gist: said };
};

/** What a search looks into beside the entry. */
export const leadershipParts = ({
  whatHappened,
  impact,
  why,
  customersTold,
  actionItems,
  regions,
}: LeadershipRendition): SearchedPart[] => [
  { place: 'What happened', text: whatHappened ?? '' },
  { place: 'Impact', text: impact ?? '' },
  { place: 'Why', text: why ?? '' },
  { place: 'What customers are told', text: customersTold ?? '' },
  { place: 'Actions', text: actionItems.map(actionWords).join('\n') },
  { place: 'Regions', text: regions.join(', ') },
];

const actionWords = ({ title, owner, team, cost, consequence }: LeadershipRendition['actionItems'][number]): string =>
  [title, owner, team, cost, consequence].filter(Boolean).join(' · ');

/** The facts by which two revisions are compared. */
export const leadershipFacts = (rendition: LeadershipRendition): Facts => factsFrom(rendition);
