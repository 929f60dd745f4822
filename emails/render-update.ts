import { createElement } from 'react';
import { UpdateContent, type TakenBack as Withdrawn } from '../core/content/update-content.ts';
import type { Brand } from '../core/distribution/brand.ts';
import type { Block, EditionFragments } from '../core/mail/fragments.ts';
import { onlyCard, shortForms, takenBackBlock } from './blocks.ts';
import { withAccent } from './brand.tsx';
import { TakenBack, ToldAgain, takenBackText, toldAgainText } from './components/update.tsx';
import { frameAround, named } from './frame.ts';
import { renderFragment } from './render-fragment.ts';

/**
 * Renders a mail about an incident that readers were told of before. Its one block is the card of
 * the postmortem, or the notice that its account was taken back.
 */
export function renderUpdate(given: UpdateContent, brand?: Brand): EditionFragments {
  const content = named(UpdateContent.parse(given), brand);
  const { subject } = content;
  const names = { ...content, title: subject };
  const fragments: EditionFragments = {
    subject,
    ...frameAround({ ...names, mandatory: false }, brand),
    blocks: [content.kind === 'taken back' ? noticeBlock(content) : cardBlock(content)],
    ...shortForms(),
    // Readers whom the distribution file names cannot unsubscribe.
    mandatoryFoot: frameAround({ ...names, mandatory: true }, brand).foot,
  };
  return withAccent(fragments, brand);
}

const cardBlock = (content: Extract<UpdateContent, { kind: 'told again' }>): Block =>
  onlyCard(
    content,
    content.chosenBy ? { severity: content.chosenBy } : {},
    renderFragment(createElement(ToldAgain, content), toldAgainText(content)),
  );

const noticeBlock = ({ mergedInto, ...notice }: Withdrawn): Block =>
  takenBackBlock(mergedInto, (named) => {
    const said = { ...notice, ...named };
    return renderFragment(createElement(TakenBack, said), takenBackText(said));
  });
