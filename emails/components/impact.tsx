import { Heading } from 'react-email';
import type { ImpactContent, ImpactPart, ImpactTakenBack } from '../../core/content/impact-content.ts';
import { wrapText } from '../../core/mail/wrap-text.ts';
import { indented, paragraphs, underlined, wrapped } from '../text-layout.ts';
import { font, severityColours, text } from '../theme.ts';
import { headingText } from './card.tsx';
import { Layout, Panel } from './panel.tsx';
import { ReadButton, ReadLink, readText } from './read-link.tsx';
import { Pills } from './severity-pill.tsx';
import { WhatChanged, whatChangedText } from './what-changed.tsx';

const title = { ...text.headline, margin: '8px 0 0', font: font(700, 24, 31) };
const warning = {
  background: severityColours.sev2.ground,
  color: severityColours.sev2.ink,
  borderRadius: 10,
  padding: '10px 24px',
  font: font(600, 14, 20),
};
const standsNow = 'Where it stands';

/** The warning above everything else. Such a mail is easily forwarded to a customer. */
export const Internal = ({ banner }: { banner: string }) => (
  <Layout>
    <tr>
      <td className="sev2" style={warning}>
        {banner}
      </td>
    </tr>
    <tr>
      <td style={{ height: 12, lineHeight: '12px', fontSize: 0 }}>&nbsp;</td>
    </tr>
  </Layout>
);

export const internalText = (banner: string): string => paragraphs(wrapped(`*** ${banner}`));

/** One incident for people who talk with customers. What changed has a panel of its own. */
export const Impact = (content: ImpactContent) => (
  <>
    <Internal banner={content.banner} />
    {content.changed ? (
      <>
        <Panel>
          <Opening {...content} />
          <WhatChanged {...content.changed} />
        </Panel>
        <Panel>
          <Heading as="h2" className="t" style={text.sectionTitle}>
            {standsNow}
          </Heading>
          <Parts level="h3" parts={content.parts} />
          {content.hasPage && <ReadButton postmortem={content.postmortem} />}
        </Panel>
      </>
    ) : (
      <Panel>
        <Opening {...content} />
        <Parts level="h2" parts={content.parts} />
        {content.hasPage && <ReadButton postmortem={content.postmortem} />}
      </Panel>
    )}
  </>
);

export const impactText = ({ severityLabel, preliminary, headline, lead, changed, parts, postmortem, hasPage }: ImpactContent): string => {
  const named = severityLabel ? headingText(severityLabel, preliminary, headline) : headline;
  return [
    paragraphs(underlined(named, '-'), lead && wrapped(lead)),
    changed ? `${whatChangedText(changed)}${paragraphs(underlined(standsNow, '-'))}` : '',
    paragraphs(...parts.map(partText), hasPage && readText(postmortem)),
  ].join('');
};

type TakenBack = Pick<ImpactTakenBack, 'banner' | 'headline' | 'parts' | 'mergedInto'>;

/** Says that a mail no longer holds, and nothing of what it said. */
export const ImpactTakenBackNotice = ({ banner, headline, parts, mergedInto }: TakenBack) => (
  <>
    <Internal banner={banner} />
    <Panel>
      <Heading as="h1" className="t" style={{ ...title, margin: 0 }}>
        {headline}
      </Heading>
      <Parts level="h2" parts={parts} />
      {mergedInto && (
        <>
          <p dir="auto" className="t" style={{ ...text.body, margin: '14px 0 0' }}>
            {mergedInto.said}
          </p>
          <ReadLink postmortem={mergedInto.postmortem} />
        </>
      )}
    </Panel>
  </>
);

export const impactTakenBackText = ({ headline, parts, mergedInto }: TakenBack): string =>
  paragraphs(
    underlined(headline, '-'),
    ...parts.map(partText),
    mergedInto && wrapped(mergedInto.said),
    mergedInto && readText(mergedInto.postmortem),
  );

interface NotToUseProps {
  readonly heading: string;
  readonly said: string;
}

/** In a summary: what earlier ones said and nobody may use any more. */
export const NotToUse = ({ heading, said }: NotToUseProps) => (
  <Panel>
    <Heading as="h2" className="t" style={text.sectionTitle}>
      {heading}
    </Heading>
    <p dir="auto" className="t" style={{ ...text.body, margin: '8px 0 0' }}>
      {said}
    </p>
  </Panel>
);

export const notToUseText = ({ heading, said }: NotToUseProps): string => paragraphs(underlined(heading, '-'), wrapped(said));

const Opening = ({ severity, severityLabel, preliminary, headline, lead }: ImpactContent) => (
  <>
    {severity && severityLabel && <Pills severity={severity} severityLabel={severityLabel} preliminary={preliminary} />}
    <Heading as="h1" dir="auto" className="t" style={severity ? title : { ...title, margin: 0 }}>
      {headline}
    </Heading>
    {lead && (
      <p dir="auto" className="t" style={{ ...text.body, margin: '8px 0 0' }}>
        {lead}
      </p>
    )}
  </>
);

const Parts = ({ parts, level: Level }: { parts: readonly ImpactPart[]; level: 'h2' | 'h3' }) =>
  parts.map(({ label, texts }) => (
    <div key={label}>
      <Level className="m" style={text.label}>
        {label}
      </Level>
      {texts.length === 1 ? (
        <p dir="auto" className="t" style={text.body}>
          {texts[0]}
        </p>
      ) : (
        <ul style={{ margin: '2px 0 0', padding: '0 0 0 20px' }}>
          {texts.map((one) => (
            <li key={one} dir="auto" className="t" style={text.body}>
              {one}
            </li>
          ))}
        </ul>
      )}
    </div>
  ));

const partText = ({ label, texts }: ImpactPart): string =>
  `${label}:\n${texts.map((one) => (texts.length === 1 ? indented(one) : wrapText(one, { first: '  - ', indent: '    ' }))).join('\n')}`;
