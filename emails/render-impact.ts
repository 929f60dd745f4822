import { createElement } from 'react';
import { type ImpactContent, ImpactMail, type ImpactTakenBack } from '../core/content/impact-content.ts';
import { ImpactWeekContent } from '../core/content/impact-week-content.ts';
import type { Brand } from '../core/distribution/brand.ts';
import type { Block, EditionFragments } from '../core/mail/fragments.ts';
import { correctionBlocks, headlineBlock, onlyCard, sectionBlocks, shortForms, takenBackBlock } from './blocks.ts';
import { withAccent } from './brand.tsx';
import {
  Impact,
  ImpactTakenBackNotice,
  Internal,
  impactTakenBackText,
  impactText,
  internalText,
  NotToUse,
  notToUseText,
} from './components/impact.tsx';
import { frameAround, named as namedBy } from './frame.ts';
import { renderFragment } from './render-fragment.ts';

/**
 * Renders the mail about one incident. Its one block is the card of the postmortem, or the notice
 * that its account was taken back.
 */
export function renderImpact(given: ImpactMail, brand?: Brand): EditionFragments {
  const content = namedBy(ImpactMail.parse(given), brand);
  const { subject } = content;
  const fragments: EditionFragments = {
    subject,
    ...frameOf(content, subject, brand),
    blocks: [content.kind === 'taken back' ? noticeBlock(content) : cardBlock(content)],
    ...shortForms(),
  };
  return withAccent(fragments, brand);
}

/** Renders the summary of a week once for all its readers. */
export function renderImpactWeek(given: ImpactWeekContent, brand?: Brand): EditionFragments {
  const content = namedBy(ImpactWeekContent.parse(given), brand);
  const { banner, named, organisation, period, corrections, takenBack } = content;
  const fragments: EditionFragments = {
    subject: content.subject,
    ...(named && { subjectNames: { postmortems: named.postmortems, instead: named.subject } }),
    ...frameOf(content, `${organisation}, ${period}`, brand),
    blocks: [
      { kind: 'fixed', fragment: renderFragment(createElement(Internal, { banner }), '') },
      headlineBlock(content),
      ...(takenBack
        ? [{ kind: 'fixed' as const, fragment: renderFragment(createElement(NotToUse, takenBack), notToUseText(takenBack)) }]
        : []),
      ...content.sections.flatMap(sectionBlocks),
      ...(corrections ? correctionBlocks(corrections) : []),
    ],
    ...shortForms(),
    // What was taken back is worth a mail, also where everything else is withheld.
    ...(takenBack && { standsWithoutCards: true as const }),
  };
  return withAccent(fragments, brand);
}

/** The warning stands above everything else in the text part, the name of the sender included. */
function frameOf(content: Pick<ImpactContent, 'preheader' | 'organisation' | 'period' | 'banner'>, title: string, brand?: Brand) {
  const { head, foot } = frameAround({ ...content, title, mandatory: false }, brand);
  return { head: { html: head.html, text: `${internalText(content.banner)}${head.text}` }, foot };
}

/** Without a severity and without topics, because readers choose by neither. */
const cardBlock = (content: ImpactContent): Block => {
  const { severity = 'unclassified', severityLabel = '', lead = '' } = content;
  const brief = { ...content, severity, severityLabel, standing: lead };
  return onlyCard(brief, {}, renderFragment(createElement(Impact, content), impactText(content)));
};

const noticeBlock = ({ mergedInto, ...notice }: ImpactTakenBack): Block =>
  takenBackBlock(mergedInto, (named) => {
    const said = { ...notice, ...named };
    return renderFragment(createElement(ImpactTakenBackNotice, said), impactTakenBackText(said));
  });
