import { createElement } from 'react';
import { Heading } from 'react-email';
import { pathOfYear } from '../../core/content/year-content.ts';
import type { Fragment } from '../../core/mail/fragments.ts';
import { renderFragment } from '../render-fragment.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';
import { Panel } from './panel.tsx';
import { ReadLink, readUrl } from './read-link.tsx';

const said = 'What failed most, and the gravest postmortems to read again. Only people of this organisation can open it.';

const YearInReview = ({ year }: { year: number }) => (
  <Panel>
    <Heading as="h2" className="t" style={text.cardTitle}>
      {`The year ${year} in incidents`}
    </Heading>
    <p className="m" style={text.meta}>
      {said}
    </p>
    <ReadLink postmortem={pathOfYear(year)} words="Look back" />
  </Panel>
);

/** Leads to the page of a year. It names no postmortem, so nothing of it is ever withheld. */
export const yearFragment = (year: number): Fragment =>
  renderFragment(
    createElement(YearInReview, { year }),
    paragraphs(underlined(`The year ${year} in incidents`, '='), wrapped(said), `Look back:\n${readUrl(pathOfYear(year))}`),
  );
