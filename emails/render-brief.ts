import { createElement } from 'react';
import { BriefContent } from '../core/content/brief-content.ts';
import type { BriefList } from '../core/content/brief-list.ts';
import type { PromisedContent } from '../core/content/promised-content.ts';
import type { Brand } from '../core/distribution/brand.ts';
import type { Block, EditionFragments, Fragment } from '../core/mail/fragments.ts';
import { correctionBlocks, headlineBlock, nothing, sectionBlocks, shortForms } from './blocks.ts';
import { withAccent } from './brand.tsx';
import { List, listText, WithoutRows, withoutRowsText } from './components/brief-list.tsx';
import { Figures, figuresText } from './components/figures.tsx';
import { PromisesByMonth, promiseTableText } from './components/promise-table.tsx';
import { Promised, promisedText } from './components/promised.tsx';
import { frameAround, named as namedBy } from './frame.ts';
import { renderFragment } from './render-fragment.ts';

/**
 * Renders a leadership brief once for all its readers. It is worth sending even if every incident
 * in it is withheld, because the promises remain.
 */
export function renderBrief(given: BriefContent, brand?: Brand): EditionFragments {
  const content = namedBy(BriefContent.parse(given), brand);
  const { organisation, period, preheader, named, asks, corrections, overdue, figures, promises, awaited, repeats } = content;
  const fragments: EditionFragments = {
    subject: content.subject,
    ...(named && { subjectNames: { postmortems: named.postmortems, instead: named.subject } }),
    ...frameAround({ title: `${organisation}, ${period}`, preheader, organisation, period, mandatory: false }, brand),
    blocks: [
      headlineBlock(content),
      ...asks.map(listBlock),
      ...(awaited ? [awaitedBlock(awaited)] : []),
      ...(repeats ? [repeatsBlock(repeats)] : []),
      ...content.sections.flatMap(sectionBlocks),
      ...(corrections ? correctionBlocks(corrections) : []),
      ...(overdue ? [overdueBlock(overdue)] : []),
      ...(figures ? [numbersBlock(renderFragment(createElement(Figures, figures), figuresText(figures)), named)] : []),
      ...(promises ? [numbersBlock(renderFragment(createElement(PromisesByMonth, promises), promiseTableText(promises)), named)] : []),
    ],
    ...shortForms(),
    standsWithoutCards: true,
  };
  return withAccent(fragments, brand);
}

/** With one postmortem behind it, nothing is left once that is withheld. */
function listBlock(list: BriefList): Block {
  const postmortems = [...new Set(list.rows.map(({ postmortem }) => postmortem))];
  const isOne = postmortems.length === 1 || list.instead === '';
  return {
    kind: 'fixed',
    fragment: renderFragment(createElement(List, list), listText(list)),
    names: { postmortems, instead: isOne ? nothing : renderFragment(createElement(WithoutRows, list), withoutRowsText(list)) },
  };
}

/** A pair says of both what the other is, so nothing is left once one of them is withheld. */
const repeatsBlock = ({ list, names }: NonNullable<BriefContent['repeats']>): Block => ({
  kind: 'fixed',
  fragment: renderFragment(createElement(List, list), listText(list)),
  names: { postmortems: names, instead: nothing },
});

/** Drafts are not published, so only a restriction takes them away. */
const awaitedBlock = (list: BriefList): Block => ({
  kind: 'fixed',
  fragment: renderFragment(createElement(List, list), listText(list)),
  names: { postmortems: list.rows.map(({ postmortem }) => postmortem), instead: nothing, awaited: true },
});

const overdueBlock = (overdue: PromisedContent): Block => ({
  kind: 'fixed',
  fragment: renderFragment(createElement(Promised, overdue), promisedText(overdue)),
  names: { postmortems: [...new Set(overdue.actions.map(({ postmortem }) => postmortem))], instead: nothing },
});

/** Counts reveal something too, so tables are left out together with the figures. */
const numbersBlock = (fragment: Fragment, named: BriefContent['named']): Block => ({
  kind: 'fixed',
  fragment,
  ...(named && { names: { postmortems: named.postmortems, instead: nothing } }),
});
