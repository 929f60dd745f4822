import { briefCard } from '../content/brief-card.ts';
import { type CardContent, cardContent, type Telling } from '../content/card-content.ts';
import { impactParts } from '../content/impact-content.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { contactOf } from '../distribution/stream-rules.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import { type RenditionFor, type RenditionRow, renditions } from '../rendition/renditions.ts';
import type { Audience } from '../stream/audience.ts';

/** A postmortem as a card, as ready-made strings. */
export interface Card extends Pick<CardContent, 'title' | 'severity' | 'severityLabel' | 'preliminary'> {
  /** Empty for none. */
  readonly meta: string;
  readonly parts: readonly { readonly label: string; readonly texts: readonly string[] }[];
}

type Made<A extends Audience> = (of: RenditionFor<A>, telling: Telling, distribution: Distribution) => Card;

const asCard = ({ parts, ...card }: CardContent): Card => ({ ...card, parts: parts.map(({ label, text }) => ({ label, texts: [text] })) });

/** One row per audience: the words of its mails. */
const cards: { readonly [A in Audience]: Made<A> } = {
  engineering: (of, telling) => asCard(cardContent(of, telling)),
  leadership: (of, telling) => asCard(briefCard(of, telling)),
  'cross-functional': (of, { labels, now }, distribution) => ({
    title: of.title,
    severity: of.severity,
    severityLabel: labels[of.severity],
    preliminary: of.status === 'preliminary',
    meta: '',
    parts: impactParts(of, { ...distribution, labels, contact: contactOf(distribution, 'cross-functional'), now }),
  }),
};

/** What an audience sees of a postmortem in a mail. Undefined if it does not concern them. */
export function cardFor<A extends Audience>(audience: A, postmortem: Postmortem, distribution: Distribution, now: Date): Card | undefined {
  const { make }: RenditionRow<A> = renditions[audience];
  const of: RenditionFor<A> | undefined = make(postmortem);
  const made: Made<A> = cards[audience];
  return of && made(of, { week: undefined, now, zone: distribution.organisation.zone, labels: labelsOf(distribution) }, distribution);
}

/** What an audience's page shows of a postmortem that is not stored. */
export function renditionFor<A extends Audience>(audience: A, postmortem: Postmortem): RenditionFor<A> | undefined {
  const { make }: RenditionRow<A> = renditions[audience];
  return make(postmortem);
}
