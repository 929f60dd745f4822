import { createElement } from 'react';
import type { CardContent } from '../../core/content/card-content.ts';
import type { RelevantContent } from '../../core/content/relevant-content.ts';
import type { EditionFragments, Fragment } from '../../core/mail/fragments.ts';
import { nothing } from '../blocks.ts';
import { renderFragment } from '../render-fragment.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { LeftOut, leftOutText } from './left-out.tsx';
import { Reason, reasonText } from './reason.tsx';
import { SectionHeading } from './section-heading.tsx';

/** A card's reason in both parts. Empty for no words. */
const reasonFor = (sentence: string): Fragment =>
  sentence === '' ? nothing : renderFragment(createElement(Reason, { sentence }), reasonText(sentence));

const heading = (words: { heading: string; intro: string }): Fragment =>
  renderFragment(createElement(SectionHeading, words), paragraphs(underlined(words.heading, '='), wrapped(words.intro)));

/**
 * What a digest needs for readers who follow topics or leave them out: a reason for each topic of
 * its cards.
 */
export function followFragments(cards: readonly CardContent[]): Pick<EditionFragments, 'follow' | 'leftOutNotice'> {
  const names = new Map<string, string>();
  for (const { topic, name } of cards.flatMap(({ topics = [] }) => topics)) if (!names.has(topic)) names.set(topic, name);
  const reasons = [...names].map(([topic, name]) => [topic, reasonFor(`You follow ${name}.`)]);
  return {
    follow: {
      heading: heading({ heading: 'What you follow', intro: 'Shown first, because you chose it.' }),
      rest: heading({ heading: 'Everything else', intro: 'What else was published.' }),
      reasons: Object.fromEntries(reasons),
    },
    leftOutNotice: renderFragment(createElement(LeftOut), leftOutText),
  };
}

/** What a digest needs for readers to whose team some of its cards matter. */
export function relevantFragments(relevant: readonly RelevantContent[] = []): Pick<EditionFragments, 'relevant'> {
  if (relevant.length === 0) return {};
  const intro = 'Shown first, each for the reason above it.';
  const teams = relevant.map(({ team, cards }) => ({
    team,
    cards: cards.map(({ postmortem, key, sentence, names }) => ({
      postmortem,
      key,
      reason: reasonFor(sentence),
      ...(names && { names: { postmortem: names.postmortem, instead: reasonFor(names.instead) } }),
    })),
  }));
  return { relevant: { heading: heading({ heading: 'Relevant to your team', intro }), teams } };
}
