import type { CardContent, Labelled } from '../../core/content/card-content.ts';
import { indented, paragraphs, underlined, wrapped } from '../text-layout.ts';
import { readUrl } from './read-link.tsx';

/** The card in plain text, with everything that the HTML has. */
export const cardText = (card: CardContent): string =>
  paragraphs(
    `${card.meta ? `${underlined(heading(card), '-')}\n${wrapped(card.meta)}` : underlined(heading(card), '-')}`,
    ...card.parts.map(labelledText),
    `Read the postmortem:\n${readUrl(card.postmortem)}`,
  );

export const labelledText = ({ label, text }: Labelled): string => `${label}:\n${indented(text)}`;

export const cardLineText = (card: CardContent): string =>
  paragraphs(
    [
      wrapped(`* ${heading(card)}`),
      card.line.text && indented(card.line.text),
      card.line.meta && indented(card.line.meta),
      `  ${readUrl(card.postmortem)}`,
    ]
      .filter(Boolean)
      .join('\n'),
  );

const heading = ({ severityLabel, preliminary, title }: CardContent) => `${severityLabel}${preliminary ? ', preliminary' : ''}: ${title}`;
