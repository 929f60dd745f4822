import { Button, Heading } from 'react-email';
import type { AlertContent } from '../../core/content/alert-content.ts';
import { LabelledTexts } from '../card/labelled.tsx';
import { readUrl } from '../card/read-link.tsx';
import { Panel } from '../panel/panel.tsx';
import { PreliminaryPill, SeverityPill } from '../severity-pill/severity-pill.tsx';
import { Stats } from '../stats/stats.tsx';
import { colours, font, text } from '../theme.ts';

const button = {
  background: colours.link,
  color: colours.onLink,
  borderRadius: 6,
  padding: '10px 18px',
  font: font(600, 15, 20),
  textDecoration: 'none',
};

/** One incident, read in a minute by somebody who was not there. */
export const Alert = ({ severity, severityLabel, preliminary, headline, standing, stats, parts, postmortem }: AlertContent) => (
  <Panel>
    <SeverityPill severity={severity} label={severityLabel} /> {preliminary && <PreliminaryPill />}
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
