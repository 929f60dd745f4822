import { createElement } from 'react';
import { BriefContent } from '../core/content/brief-content.ts';
import type { PromiseTable } from '../core/content/promise-figures.ts';
import type { PromisedContent } from '../core/content/promised-content.ts';
import type { Block, EditionFragments } from '../core/mail/fragments.ts';
import { correctionBlocks, headlineBlock, nothing, sectionBlocks, shortForms } from './blocks.ts';
import { PromisesByMonth, promiseTableText } from './components/promise-table.tsx';
import { Promised, promisedText } from './components/promised.tsx';
import { frameAround } from './frame.ts';
import { renderFragment } from './render-fragment.ts';

/**
 * Renders a leadership brief once for all its readers. It is worth sending even if every incident
 * in it is withheld, because the promises remain.
 */
export function renderBrief(given: BriefContent): EditionFragments {
  const content = BriefContent.parse(given);
  const { organisation, period, preheader, named, corrections, overdue, promises } = content;
  return {
    subject: content.subject,
    ...(named && { subjectNames: { postmortems: named.postmortems, instead: named.subject } }),
    ...frameAround({ title: `${organisation}, ${period}`, preheader, organisation, period, mandatory: false }),
    blocks: [
      headlineBlock(content),
      ...content.sections.flatMap(sectionBlocks),
      ...(corrections ? correctionBlocks(corrections) : []),
      ...(overdue ? [overdueBlock(overdue)] : []),
      ...(promises ? [tableBlock(promises, named)] : []),
    ],
    ...shortForms(),
    standsWithoutCards: true,
  };
}

const overdueBlock = (overdue: PromisedContent): Block => ({
  kind: 'fixed',
  fragment: renderFragment(createElement(Promised, overdue), promisedText(overdue)),
  names: { postmortems: [...new Set(overdue.actions.map(({ postmortem }) => postmortem))], instead: nothing },
});

/** Counts reveal something too, so the table is left out together with the figures. */
const tableBlock = (table: PromiseTable, named: BriefContent['named']): Block => ({
  kind: 'fixed',
  fragment: renderFragment(createElement(PromisesByMonth, table), promiseTableText(table)),
  ...(named && { names: { postmortems: named.postmortems, instead: nothing } }),
});
