import { printDay } from '../calendar/print.ts';
import { severityLabels } from '../distribution/severity-label.ts';
import type { Relevance } from '../relevance/relevance.ts';
import { asGiven, toInstant } from '../shared/instant.ts';
import { cardContent } from './card-content.ts';
import { DigestContent } from './digest-content.ts';
import { inSubject, longestSubject } from './digest-words.ts';
import { shortened } from './prose.ts';
import type { PublishedInput } from './published-content.ts';
import { relevantContent } from './relevant-content.ts';

interface RelevantMailInput extends Omit<PublishedInput, 'corrections'> {
  /** With the teams that are told, and no others. */
  readonly relevance: Relevance;
}

/**
 * One postmortem for the teams to which it matters much, in the shape of a digest with one card
 * that nobody else gets.
 */
export function relevantMailContent(input: RelevantMailInput): DigestContent {
  const { organisation, postmortem: pm, relevance, now, labels = severityLabels, taxonomy } = input;
  const { zone } = organisation;
  const day = printDay(asGiven(pm.publishedAt ?? toInstant(now)), zone);
  return DigestContent.parse({
    subject: shortened(`Relevant to your team: ${inSubject(pm.title)}`, longestSubject),
    preheader: 'What happened elsewhere, and why it matters to you.',
    organisation: `${organisation.name} incident lessons`,
    period: `At once · ${day}`,
    headline: 'An incident elsewhere that matters to your team.',
    stats: [],
    sections: [{ name: 'relevant', cards: [cardContent(pm, { week: undefined, now, zone, labels, taxonomy })], onlyForTeams: true }],
    relevant: relevantContent([pm], [relevance]),
  });
}
