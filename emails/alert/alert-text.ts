import type { AlertContent } from '../../core/content/alert-content.ts';
import { labelledText } from '../card/card-text.ts';
import { readUrl } from '../card/read-link.tsx';
import { statsText } from '../stats/stats-text.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';

export const alertText = ({ severityLabel, preliminary, headline, standing, stats, parts, postmortem }: AlertContent): string =>
  paragraphs(
    underlined(`${severityLabel}${preliminary ? ', preliminary' : ''}: ${headline}`, '-'),
    wrapped(standing),
    statsText(stats),
    ...parts.map(labelledText),
    `Read the postmortem:\n${readUrl(postmortem)}`,
  );
