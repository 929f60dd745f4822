import { createElement } from 'react';
import { type ImpactContent, ImpactMail, type ImpactTakenBack } from '../core/content/impact-content.ts';
import { ImpactWeekContent } from '../core/content/impact-week-content.ts';
import type { Block, EditionFragments } from '../core/mail/fragments.ts';
import { correctionBlocks, headlineBlock, onlyCard, sectionBlocks, shortForms, takenBackBlock } from './blocks.ts';
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
import { frameAround } from './frame.ts';
import { renderFragment } from './render-fragment.ts';

/**
 * Renders the mail about one incident. Its one block is the card of the postmortem, or the notice
 * that its account was taken back.
 */
export function renderImpact(given: ImpactMail): EditionFragments {
  const content = ImpactMail.parse(given);
  const { subject } = content;
  return {
    subject,
    ...frameOf(content, subject),
    blocks: [content.kind === 'taken back' ? noticeBlock(content) : cardBlock(content)],
    ...shortForms(),
  };
}

/** Renders the summary of a week once for all its readers. */
export function renderImpactWeek(given: ImpactWeekContent): EditionFragments {
  const content = ImpactWeekContent.parse(given);
  const { banner, named, organisation, period, corrections, takenBack } = content;
  return {
    subject: content.subject,
    ...(named && { subjectNames: { postmortems: named.postmortems, instead: named.subject } }),
    ...frameOf(content, `${organisation}, ${period}`),
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
}

/** The warning stands above everything else in the text part, the name of the sender included. */
function frameOf(content: Pick<ImpactContent, 'preheader' | 'organisation' | 'period' | 'banner'>, title: string) {
  const { head, foot } = frameAround({ ...content, title, mandatory: false });
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
