import { Heading } from 'react-email';
import type { ToldAgain as Told, TakenBack as Withdrawn } from '../../core/content/update-content.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { font, text } from '../theme.ts';
import { headingText, labelledText } from './card.tsx';
import { LabelledTexts } from './labelled.tsx';
import { Panel } from './panel.tsx';
import { ReadButton, ReadLink, readText } from './read-link.tsx';
import { ReviewDue, reviewDueText } from './review-due.tsx';
import { Pills } from './severity-pill.tsx';
import { Stats, statsText } from './stats.tsx';
import { WhatChanged, whatChangedText } from './what-changed.tsx';

const title = { ...text.headline, margin: '8px 0 0', font: font(700, 24, 31) };
const standsNow = 'Where it stands';

/**
 * An incident told again: what changed first, then all that a reader needs who never heard of it.
 */
export const ToldAgain = ({
  severity,
  severityLabel,
  preliminary,
  headline,
  lead,
  changed,
  standing,
  stats,
  parts,
  postmortem,
  review,
}: Told) => (
  <>
    <Panel>
      <Pills severity={severity} severityLabel={severityLabel} preliminary={preliminary} />
      <Heading as="h1" dir="auto" className="t" style={title}>
        {headline}
      </Heading>
      <p className="t" style={{ ...text.body, margin: '8px 0 0' }}>
        {lead}
      </p>
      {changed && <WhatChanged {...changed} />}
    </Panel>
    <Panel>
      <Heading as="h2" className="t" style={text.sectionTitle}>
        {standsNow}
      </Heading>
      <p className="t" style={{ ...text.body, margin: '6px 0 0' }}>
        {standing}
      </p>
      {stats.length > 0 && <Stats stats={stats} />}
      <div style={{ height: 4, lineHeight: '4px', fontSize: 0 }}>&nbsp;</div>
      <LabelledTexts level="h3" parts={parts} />
      <ReadButton postmortem={postmortem} />
      <ReviewDue review={review} headline={headline} postmortem={postmortem} />
    </Panel>
  </>
);

export const toldAgainText = ({
  severityLabel,
  preliminary,
  headline,
  lead,
  changed,
  standing,
  stats,
  parts,
  postmortem,
  review,
}: Told): string =>
  `${paragraphs(underlined(headingText(severityLabel, preliminary, headline), '-'), wrapped(lead))}${
    changed ? whatChangedText(changed) : ''
  }${paragraphs(underlined(standsNow, '-'), wrapped(standing), statsText(stats), ...parts.map(labelledText), readText(postmortem))}${reviewDueText({ review, headline, postmortem })}`;

/** An account that was taken back. `mergedInto` is absent once that postmortem is withheld too. */
export const TakenBack = ({ headline, said, mergedInto }: Pick<Withdrawn, 'headline' | 'said' | 'mergedInto'>) => (
  <Panel>
    <Heading as="h1" className="t" style={{ ...title, margin: 0 }}>
      {headline}
    </Heading>
    {said.map((sentence) => (
      <p key={sentence} className="t" style={{ ...text.body, margin: '10px 0 0' }}>
        {sentence}
      </p>
    ))}
    {mergedInto && (
      <>
        <p dir="auto" className="t" style={{ ...text.body, margin: '10px 0 0' }}>
          {mergedInto.said}
        </p>
        <ReadLink postmortem={mergedInto.postmortem} />
      </>
    )}
  </Panel>
);

export const takenBackText = ({ headline, said, mergedInto }: Pick<Withdrawn, 'headline' | 'said' | 'mergedInto'>): string =>
  paragraphs(
    underlined(headline, '-'),
    ...said.map(wrapped),
    mergedInto && wrapped(mergedInto.said),
    mergedInto && readText(mergedInto.postmortem),
  );
