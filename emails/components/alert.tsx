import { Heading } from 'react-email';
import type { AlertContent } from '../../core/content/alert-content.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { font, text } from '../theme.ts';
import { headingText, labelledText } from './card.tsx';
import { LabelledTexts } from './labelled.tsx';
import { Panel } from './panel.tsx';
import { ReadButton, readText } from './read-link.tsx';
import { ReviewDue, reviewDueText } from './review-due.tsx';
import { Pills } from './severity-pill.tsx';
import { Stats, statsText } from './stats.tsx';

/** One incident, to be read in a minute by somebody who was not there. */
export const Alert = ({ severity, severityLabel, preliminary, headline, standing, stats, parts, postmortem, review }: AlertContent) => (
  <Panel>
    <Pills severity={severity} severityLabel={severityLabel} preliminary={preliminary} />
    <Heading as="h1" dir="auto" className="t" style={{ ...text.headline, margin: '8px 0 0', font: font(700, 24, 31) }}>
      {headline}
    </Heading>
    <p className="t" style={{ ...text.body, margin: '8px 0 0' }}>
      {standing}
    </p>
    {stats.length > 0 && <Stats stats={stats} />}
    <div style={{ height: 4, lineHeight: '4px', fontSize: 0 }}>&nbsp;</div>
    <LabelledTexts level="h2" parts={parts} />
    <ReadButton postmortem={postmortem} />
    <ReviewDue review={review} headline={headline} postmortem={postmortem} />
  </Panel>
);

export const alertText = ({ severityLabel, preliminary, headline, standing, stats, parts, postmortem, review }: AlertContent): string =>
  paragraphs(
    underlined(headingText(severityLabel, preliminary, headline), '-'),
    wrapped(standing),
    statsText(stats),
    ...parts.map(labelledText),
    readText(postmortem),
  ) + reviewDueText({ review, headline, postmortem });
