import { Heading } from 'react-email';
import type { CardContent, Labelled, LineContent } from '../../core/content/card-content.ts';
import { indented, paragraphs, underlined, wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';
import { LabelledTexts } from './labelled.tsx';
import { Panel } from './panel.tsx';
import { ReadLink, readText, readUrl } from './read-link.tsx';
import { Pills } from './severity-pill.tsx';

/** One postmortem in full. */
export const Card = ({ severity, severityLabel, preliminary, title, meta, parts, postmortem, before }: CardContent) => (
  <Panel>
    <Pills severity={severity} severityLabel={severityLabel} preliminary={preliminary} />
    <Heading as="h2" dir="auto" className="t" style={text.cardTitle}>
      {title}
    </Heading>
    {meta && (
      <p className="m" style={text.meta}>
        {meta}
      </p>
    )}
    <LabelledTexts level="h3" parts={withBefore({ parts, before })} />
    <ReadLink postmortem={postmortem} />
  </Panel>
);

/** The card in plain text, with everything that is in the HTML. */
export const cardText = (card: CardContent): string =>
  paragraphs(
    `${card.meta ? `${underlined(heading(card), '-')}\n${wrapped(card.meta)}` : underlined(heading(card), '-')}`,
    ...withBefore(card).map(labelledText),
    readText(card.postmortem),
  );

/** That it happened before comes first: it says why this one matters. */
const withBefore = ({ parts, before }: Pick<CardContent, 'before' | 'parts'>): readonly Labelled[] =>
  before ? [{ label: 'It happened before', text: before.says }, ...parts] : parts;

export const labelledText = ({ label, text }: Labelled): string => `${label}:\n${indented(text)}`;

export const cardLineText = (card: LineContent): string =>
  paragraphs(
    [
      wrapped(`* ${heading(card)}`),
      card.line.text && indented(card.line.text),
      card.line.meta && indented(card.line.meta),
      card.hasPage !== false && `  ${readUrl(card.postmortem)}`,
    ]
      .filter(Boolean)
      .join('\n'),
  );

const heading = ({ severityLabel, preliminary, title }: LineContent) => headingText(severityLabel, preliminary, title);

/** `Sev-1, preliminary: Checkout was down`. */
export const headingText = (severityLabel: string, preliminary: boolean, title: string): string =>
  `${severityLabel}${preliminary ? ', preliminary' : ''}: ${title}`;
