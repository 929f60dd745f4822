import { Heading } from 'react-email';
import type { CardContent } from '../../core/content/card-content.ts';
import { Panel } from '../panel/panel.tsx';
import { PreliminaryPill, SeverityPill } from '../severity-pill/severity-pill.tsx';
import { text } from '../theme.ts';
import { LabelledTexts } from './labelled.tsx';
import { ReadLink } from './read-link.tsx';

/** One postmortem in full. */
export const Card = ({ severity, severityLabel, preliminary, title, meta, parts, postmortem }: CardContent) => (
  <Panel>
    <SeverityPill severity={severity} label={severityLabel} /> {preliminary && <PreliminaryPill />}
    <Heading as="h2" dir="auto" className="t" style={text.cardTitle}>
      {title}
    </Heading>
    {meta && (
      <p className="m" style={text.meta}>
        {meta}
      </p>
    )}
    <LabelledTexts level="h3" parts={parts} />
    <ReadLink postmortem={postmortem} />
  </Panel>
);
