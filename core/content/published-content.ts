import { printDay } from '../calendar/print.ts';
import { type SeverityLabels, severityLabels } from '../distribution/severity-label.ts';
import type { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import { asGiven, toInstant } from '../shared/instant.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import { cardContent } from './card-content.ts';
import type { CorrectionsContent } from './corrections-content.ts';
import { DigestContent } from './digest-content.ts';
import { digestSubject } from './digest-words.ts';

export interface PublishedInput {
  readonly organisation: { readonly name: string; readonly zone: string };
  /** Absent: the default labels. */
  readonly labels?: SeverityLabels | undefined;
  readonly taxonomy?: Taxonomy | undefined;
  readonly postmortem: EngineeringRendition;
  /** What earlier such mails said wrongly. */
  readonly corrections?: CorrectionsContent | undefined;
  readonly now: Date;
}

/** One newly published postmortem, in the shape of a digest with one card. */
export function publishedContent({
  organisation,
  postmortem: pm,
  corrections,
  now,
  labels = severityLabels,
  taxonomy,
}: PublishedInput): DigestContent {
  const { zone } = organisation;
  const kind = pm.severity === 'unclassified' ? 'A postmortem' : `A ${labels[pm.severity]} postmortem`;
  const day = printDay(asGiven(pm.publishedAt ?? toInstant(now)), zone);
  return DigestContent.parse({
    subject: digestSubject([pm], []),
    preheader: 'What happened, why, and what will change.',
    organisation: `${organisation.name} incident lessons`,
    period: `As published · ${day}`,
    headline: `${kind} is published.`,
    stats: [],
    sections: [{ name: 'fresh', cards: [cardContent(pm, { week: undefined, now, zone, labels, taxonomy })] }],
    ...(corrections && { corrections }),
  });
}
