import * as z from 'zod';
import { excerpt } from '../postmortem/plain-text.ts';
import { lessonsLearned, type Postmortem, PostmortemId } from '../postmortem/postmortem.ts';
import { StoredActionItem, stored } from '../postmortem/stored-postmortem.ts';
import { gistOf, type ListedEntry } from '../search/search-entry.ts';
import type { SearchedPart } from '../search/searched-text.ts';
import { Instant } from '../shared/instant.ts';
import { firstSentence } from '../shared/text.ts';
import { type Facts, factsFrom } from './facts.ts';
import { firstOf, firstTelling, joined } from './gist.ts';

export const Section = z.object({ heading: z.string(), body: z.string() });
export type Section = z.infer<typeof Section>;

const shownOfActions = {
  id: true,
  title: true,
  owner: true,
  team: true,
  due: true,
  priority: true,
  kind: true,
  status: true,
  link: true,
  cost: true,
  consequence: true,
} as const;

/**
 * What engineers may see of one postmortem. Lists the fields that are included, so a new field of a
 * postmortem stays hidden until it is added here. A stored one is read without what this release
 * does not know.
 */
export const EngineeringRendition = z.object({
  id: PostmortemId,
  title: z.string(),
  severity: stored.severity,
  status: stored.status,
  services: z.array(z.string()),
  owningTeam: z.string().optional(),
  authors: z.array(z.string()),
  tags: z.array(z.string()),
  startedAt: stored.moment,
  detectedAt: stored.moment,
  mitigatedAt: stored.moment,
  resolvedAt: stored.moment,
  publishedAt: Instant.optional(),
  customersAffected: z.int().nonnegative().optional(),
  regions: z.array(z.string()),
  /** Plain text for a card, each at most 320 characters. Absent if the document has none. */
  gist: z.object({
    whatHappened: z.string().optional(),
    impact: z.string().optional(),
    why: z.string().optional(),
    learnt: z.string().optional(),
  }),
  actionItems: z.array(StoredActionItem.pick(shownOfActions)),
  /** The document for the page, in reading order. Untrusted Markdown. */
  sections: z.array(Section),
  timeline: z.array(z.object({ at: z.string().optional(), event: z.string() })),
  links: z.array(z.object({ title: z.string().optional(), url: z.string() })),
});
export type EngineeringRendition = z.infer<typeof EngineeringRendition>;

const cardLength = 320;

export function engineeringRendition(pm: Postmortem): EngineeringRendition {
  const { summary, customerImpact, rootCauses, contributingFactors, trigger, lessons, sections } = pm;
  const plain = (text: string) => excerpt(text, cardLength);
  return EngineeringRendition.parse({
    id: pm.id,
    title: pm.title,
    severity: pm.severity,
    status: pm.status,
    services: pm.services,
    owningTeam: pm.owningTeam,
    authors: pm.authors,
    tags: pm.tags,
    startedAt: pm.startedAt,
    detectedAt: pm.detectedAt,
    mitigatedAt: pm.mitigatedAt,
    resolvedAt: pm.resolvedAt,
    publishedAt: pm.publishedAt,
    customersAffected: customerImpact?.customersAffected,
    regions: customerImpact?.regions ?? [],
    gist: {
      whatHappened: firstOf([summary, firstTelling(sections), pm.timeline[0]?.event], plain),
      impact: firstOf([customerImpact?.text], plain),
      why: joined([rootCauses, trigger ? [trigger] : [], contributingFactors], cardLength),
      learnt: joined([lessons?.wentWrong, lessons?.gotLucky, lessons?.wentWell, unsortedLessons(sections)], cardLength),
    },
    actionItems: pm.actionItems,
    sections: engineeringSections(pm),
    timeline: pm.timeline,
    links: pm.links,
  });
}

const unsortedLessons = (sections: Postmortem['sections']): string[] =>
  sections.filter(({ heading }) => heading === lessonsLearned).map(({ body }) => body);

/** The document in reading order. Empty parts get no section. */
export function engineeringSections(pm: Postmortem): { heading: string; body: string }[] {
  const { customerImpact, lessons } = pm;
  const known = [
    { heading: 'Summary', body: pm.summary },
    { heading: 'Impact', body: customerImpact?.text },
    { heading: 'Root causes', body: listed(pm.rootCauses) },
    { heading: 'Trigger', body: pm.trigger },
    { heading: 'Contributing factors', body: listed(pm.contributingFactors) },
    { heading: 'Detection', body: pm.detection },
    { heading: 'Resolution', body: pm.resolution },
    { heading: 'What we are doing', body: listed(pm.support?.doing) },
    { heading: 'What went well', body: listed(lessons?.wentWell) },
    { heading: 'What went wrong', body: listed(lessons?.wentWrong) },
    { heading: 'Where we got lucky', body: listed(lessons?.gotLucky) },
    ...pm.sections,
  ];
  return known.flatMap(({ heading, body }) => (body ? [{ heading, body }] : []));
}

/**
 * A single entry stays as it is. Several become a list, with their own paragraphs and lists
 * indented.
 */
function listed(texts: readonly string[] | undefined): string | undefined {
  if (!texts || texts.length === 0) return undefined;
  if (texts.length === 1) return texts[0];
  return texts.map((text) => `- ${text.replaceAll('\n', '\n  ')}`).join('\n');
}

/** The entry of a postmortem in this audience's archive. */
export const engineeringEntry = (rendition: EngineeringRendition, revision: number, publishedAt: Instant): ListedEntry => {
  const { id, title, severity, status, services, owningTeam, tags, gist } = rendition;
  const said = gistOf(gist.whatHappened, gist.impact, gist.why);
  const entry = { id, revision, title, severity, status, services, ...(owningTeam && { team: owningTeam }), tags, publishedAt, gist: said };
  return gist.why ? { ...entry, why: gistOf(firstSentence(gist.why)) } : entry;
};

/** What a search looks into beside the entry. */
export const engineeringParts = ({ sections, timeline, actionItems, links, authors, regions }: EngineeringRendition): SearchedPart[] => [
  ...sections.map(({ heading, body }) => ({ place: heading || 'Text', text: body })),
  { place: 'Actions', text: actionItems.map(actionWords).join('\n') },
  { place: 'Timeline', text: timeline.map(({ at, event }) => `${at ?? ''} ${event}`).join('\n') },
  { place: 'Links', text: links.map(({ title, url }) => `${title ?? ''} ${url}`).join('\n') },
  { place: 'Authors', text: authors.join(', ') },
  { place: 'Regions', text: regions.join(', ') },
];
const actionWords = ({ id, title, owner, team, link, cost, consequence }: EngineeringRendition['actionItems'][number]): string =>
  [id, title, owner, team, link, cost, consequence].filter(Boolean).join(' · ');

/** The facts by which two revisions are compared. */
export const engineeringFacts = (rendition: EngineeringRendition): Facts => {
  const { whatHappened, impact, why } = rendition.gist;
  return factsFrom({ ...rendition, whatHappened, impact, why });
};
