import * as z from 'zod';
import { excerpt } from '../postmortem/plain-text.ts';
import { type Postmortem, PostmortemId } from '../postmortem/postmortem.ts';
import { stored } from '../postmortem/stored-postmortem.ts';
import { gistOf, type ListedEntry } from '../search/search-entry.ts';
import type { SearchedPart } from '../search/searched-text.ts';
import type { Instant } from '../shared/instant.ts';
import { type Facts, factsFrom } from './facts.ts';
import { hasCustomerImpact } from './has-customer-impact.ts';

/**
 * What support, sales and marketing may see of one postmortem: what customers saw, and what may be
 * said of it. No causes, no names, nothing of the document beside these fields. A stored one is
 * read without what this release does not know.
 */
export const CrossFunctionalRendition = z.object({
  id: PostmortemId,
  title: z.string(),
  severity: stored.severity,
  status: stored.status,
  services: z.array(z.string()),
  startedAt: stored.moment,
  detectedAt: stored.moment,
  mitigatedAt: stored.moment,
  resolvedAt: stored.moment,
  customersAffected: z.int().nonnegative().optional(),
  regions: z.array(z.string()),
  /** What customers saw. Plain text, as are the others: each at most 600 characters. */
  saw: z.string().optional(),
  say: z.array(z.string()),
  doNotSay: z.array(z.string()),
  workaround: z.string().optional(),
  doing: z.array(z.string()),
  contact: z.string().optional(),
  nextNewsAt: stored.moment,
});
export type CrossFunctionalRendition = z.infer<typeof CrossFunctionalRendition>;

const most = 600;
const mostTexts = 20;
const plain = (text: string | undefined): string | undefined => (text && excerpt(text, most)) || undefined;
const plains = (texts: readonly string[] = []): string[] => texts.flatMap((text) => plain(text) ?? []).slice(0, mostTexts);

/** Undefined if customers felt nothing: then it does not concern these readers. */
export function crossFunctionalRendition(pm: Postmortem): CrossFunctionalRendition | undefined {
  if (!hasCustomerImpact(pm)) return undefined;
  const { customerImpact, support } = pm;
  return CrossFunctionalRendition.parse({
    id: pm.id,
    title: pm.title,
    severity: pm.severity,
    status: pm.status,
    services: pm.services,
    startedAt: pm.startedAt,
    detectedAt: pm.detectedAt,
    mitigatedAt: pm.mitigatedAt,
    resolvedAt: pm.resolvedAt,
    customersAffected: customerImpact?.customersAffected,
    regions: customerImpact?.regions ?? [],
    saw: plain(customerImpact?.text),
    say: plains(support?.say),
    doNotSay: plains(support?.doNotSay),
    workaround: plain(support?.workaround),
    doing: plains(support?.doing),
    contact: support?.contact,
    nextNewsAt: support?.nextNewsAt,
  });
}

/** The entry of a postmortem in this audience's archive. */
export const crossFunctionalEntry = (rendition: CrossFunctionalRendition, revision: number, publishedAt: Instant): ListedEntry => {
  const { id, title, severity, status, services, saw, say } = rendition;
  return { id, revision, title, severity, status, services, tags: [], publishedAt, gist: gistOf(saw, say[0]) };
};

/** What a search looks into beside the entry. */
export const crossFunctionalParts = (rendition: CrossFunctionalRendition): SearchedPart[] => {
  const { saw, say, doNotSay, workaround, doing, contact, regions } = rendition;
  return [
    { place: 'What customers saw', text: saw ?? '' },
    { place: 'Say', text: say.join('\n') },
    { place: 'Do not say', text: doNotSay.join('\n') },
    { place: 'Workaround', text: workaround ?? '' },
    { place: 'What we are doing', text: doing.join('\n') },
    { place: 'Whom to ask', text: contact ?? '' },
    { place: 'Regions', text: regions.join(', ') },
  ];
};

/** The facts by which two revisions are compared. */
export const crossFunctionalFacts = (rendition: CrossFunctionalRendition): Facts => factsFrom({ ...rendition, impact: rendition.saw });
