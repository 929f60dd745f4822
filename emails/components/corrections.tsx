import { Heading, Link } from 'react-email';
import type { CorrectionContent } from '../../core/content/corrections-content.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';
import { labelledText } from './card.tsx';
import { LabelledTexts } from './labelled.tsx';
import { Panel } from './panel.tsx';
import { readUrl } from './read-link.tsx';
import { Pills } from './severity-pill.tsx';
import { ChangedTable, changedTexts } from './what-changed.tsx';

/** What was said of one postmortem beside what is right. */
export const Correction = ({ postmortem, title, hasPage, meta, columns, rows, parts, ...pills }: CorrectionContent) => (
  <Panel>
    <Pills {...pills} />
    <Heading as="h3" dir="auto" className="t" style={{ ...text.cardTitle, fontSize: 17, lineHeight: '23px' }}>
      {hasPage ? (
        <Link href={readUrl(postmortem)} style={{ ...text.link, whiteSpace: 'normal' }}>
          {title}
        </Link>
      ) : (
        title
      )}
    </Heading>
    <p className="m" style={text.meta}>
      {meta}
    </p>
    {rows.length > 0 && (
      <>
        <div style={{ height: 10, lineHeight: '10px', fontSize: 0 }}>&nbsp;</div>
        <ChangedTable columns={columns} rows={rows} />
      </>
    )}
    <LabelledTexts level="h3" parts={parts} />
  </Panel>
);

export const correctionText = ({
  postmortem,
  severityLabel,
  preliminary,
  isFinal,
  title,
  hasPage,
  meta,
  columns,
  rows,
  parts,
}: CorrectionContent): string => {
  const state = isFinal ? ', now final' : preliminary ? ', preliminary' : '';
  return paragraphs(
    `${underlined(`${severityLabel}${state}: ${title}`, '-')}\n${wrapped(meta)}`,
    ...changedTexts({ columns, rows }),
    ...parts.map(labelledText),
    hasPage && `Read the postmortem:\n${readUrl(postmortem)}`,
  );
};

/** How many more there are. */
export const MoreCorrections = ({ said }: { readonly said: string }) => (
  <p className="m" style={{ ...text.meta, margin: '0 0 14px' }}>
    {said}
  </p>
);
export const moreCorrectionsText = (said: string): string => `${wrapped(said)}\n\n`;
