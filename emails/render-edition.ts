import { createElement } from 'react';
import { AlertContent } from '../core/content/alert-content.ts';
import { DigestContent, isToldAgain } from '../core/content/digest-content.ts';
import { type PromisedContent, promisesNotListed } from '../core/content/promised-content.ts';
import type { Brand } from '../core/distribution/brand.ts';
import type { Block, EditionFragments } from '../core/mail/fragments.ts';
import { chosenBy, correctionBlocks, headlineBlock, nothing, onlyCard, sectionBlocks, shortForms } from './blocks.ts';
import { withAccent } from './brand.tsx';
import { Alert, alertText } from './components/alert.tsx';
import { followFragments, relevantFragments } from './components/follow-fragments.ts';
import { Promised, PromisedCount, promisedText } from './components/promised.tsx';
import { yearFragment } from './components/year-in-review.tsx';
import { frameAround, named as namedBy } from './frame.ts';
import { renderFragment } from './render-fragment.ts';

/**
 * Renders a digest once for all its readers. The head names no postmortem, because the head is
 * never left out.
 */
export function renderDigest(given: DigestContent, brand?: Brand): EditionFragments {
  const content = namedBy(DigestContent.parse(given), brand);
  const { organisation, period, preheader, named, corrections, promised } = content;
  const isQuiet = content.sections.every(({ name }) => isToldAgain(name));
  const fragments: EditionFragments = {
    subject: content.subject,
    ...(named && { subjectNames: { postmortems: named.postmortems, instead: named.subject } }),
    ...frameAround({ title: `${organisation}, ${period}`, preheader, organisation, period, mandatory: false }, brand),
    blocks: [
      headlineBlock(content),
      ...content.sections.flatMap(titledBlocks),
      ...(corrections ? correctionBlocks(corrections) : []),
      ...(promised ? [promisedBlock(promised)] : []),
      ...(content.year === undefined ? [] : [{ kind: 'fixed' as const, fragment: yearFragment(content.year) }]),
    ],
    ...shortForms(),
    ...relevantFragments(content.relevant),
    ...followFragments(content.sections.flatMap(({ cards }) => cards)),
    // That nothing happened is worth saying to who leaves out all that is told beside it.
    ...(isQuiet && (corrections || content.sections.length > 0) && { standsWithoutCards: true as const }),
  };
  return withAccent(fragments, brand);
}

/**
 * Adds titles. They make the subject for readers who left other cards out. What comes back for some
 * teams is no news, so it makes none.
 */
function titledBlocks(section: DigestContent['sections'][number]): Block[] {
  const titles = new Map(section.cards.map(({ postmortem, title }) => [postmortem, title]));
  return sectionBlocks(section).map((block) => {
    const title = block.kind === 'card' && !block.onlyForTeams ? titles.get(block.postmortem) : undefined;
    return block.kind === 'card' && title !== undefined ? { ...block, title } : block;
  });
}

/** An alert is a single card, so nothing of it is left once its postmortem is withheld. */
export function renderAlert(given: AlertContent, brand?: Brand): EditionFragments {
  const content = namedBy(AlertContent.parse(given), brand);
  const { subject, mandatory } = content;
  const names = { ...content, title: subject };
  const fragments: EditionFragments = {
    subject,
    ...frameAround({ ...names, mandatory }, brand),
    blocks: [onlyCard(content, chosenBy(content), renderFragment(createElement(Alert, content), alertText(content)))],
    ...shortForms(),
    // Readers whom the distribution file names cannot unsubscribe.
    mandatoryFoot: frameAround({ ...names, mandatory: true }, brand).foot,
  };
  return withAccent(fragments, brand);
}

function promisedBlock(promised: PromisedContent): Block {
  const { heading, actions, kept } = promised;
  const named = [...actions, ...(kept?.actions ?? [])].map(({ postmortem }) => postmortem);
  const count = renderFragment(
    createElement(PromisedCount, { heading, intro: promisesNotListed }),
    promisedText({ heading, intro: promisesNotListed, actions: [] }),
  );
  return {
    kind: 'fixed',
    fragment: renderFragment(createElement(Promised, promised), promisedText(promised)),
    names: {
      postmortems: [...new Set(named)],
      instead: actions.length > 0 ? count : nothing,
    },
  };
}
