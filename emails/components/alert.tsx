import { Button, Heading } from 'react-email';
import type { AlertContent } from '../../core/content/alert-content.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { colours, font, text } from '../theme.ts';
import { labelledText } from './card.tsx';
import { LabelledTexts } from './labelled.tsx';
import { Panel } from './panel.tsx';
import { readUrl } from './read-link.tsx';
import { Pills } from './severity-pill.tsx';
import { Stats, statsText } from './stats.tsx';

const button = {
  background: colours.link,
  color: colours.onLink,
  borderRadius: 6,
  padding: '10px 18px',
  font: font(600, 15, 20),
  textDecoration: 'none',
};

/** One incident, to be read in a minute by somebody who was not there. */
export const Alert = ({ severity, severityLabel, preliminary, headline, standing, stats, parts, postmortem }: AlertContent) => (
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
    <p style={{ margin: '18px 0 0' }}>
      <Button href={readUrl(postmortem)} className="button" style={button}>
        Read the postmortem
      </Button>
    </p>
  </Panel>
);

export const alertText = ({ severityLabel, preliminary, headline, standing, stats, parts, postmortem }: AlertContent): string =>
  paragraphs(
    underlined(`${severityLabel}${preliminary ? ', preliminary' : ''}: ${headline}`, '-'),
    wrapped(standing),
    statsText(stats),
    ...parts.map(labelledText),
    `Read the postmortem:\n${readUrl(postmortem)}`,
  );
