import { createElement } from 'react';
import type { AlertContent } from '../core/content/alert-content.ts';
import type { CardContent, LineContent } from '../core/content/card-content.ts';
import type { CorrectionsContent } from '../core/content/corrections-content.ts';
import type { DigestContent } from '../core/content/digest-content.ts';
import { type Block, correctionsSection, type EditionFragments, type Fragment } from '../core/mail/fragments.ts';
import type { PostmortemId } from '../core/postmortem/postmortem.ts';
import { Card, cardLineText, cardText } from './components/card.tsx';
import { CardLine, Lines } from './components/card-line.tsx';
import { CorrectedNotice, correctedNoticeText } from './components/corrected-notice.tsx';
import { Correction, correctionText, MoreCorrections, moreCorrectionsText } from './components/corrections.tsx';
import { CutNotice, cutNoticeText } from './components/cut-notice.tsx';
import { Headline } from './components/headline.tsx';
import { SectionHeading } from './components/section-heading.tsx';
import { statsText } from './components/stats.tsx';
import { renderAround, renderFragment } from './render-fragment.ts';
import { paragraphs, underlined, wrapped } from './text-layout.ts';

/** Takes the place of a block when everything in it is withheld. */
export const nothing: Fragment = { html: '', text: '' };

type Headlined = Pick<DigestContent, 'headline' | 'named' | 'notice' | 'stats' | 'chart'>;

/**
 * The news in one sentence with its figures, and without figures once some of the news is withheld.
 * Readers who left some of it out still get the figures.
 */
export function headlineBlock({ headline, named, ...figures }: Headlined): Block {
  const fragment = (said: string, { notice, stats, chart }: Pick<Headlined, 'notice' | 'stats' | 'chart'>) =>
    renderFragment(
      createElement(Headline, { headline: said, notice, stats, chart }),
      paragraphs(wrapped(said), notice && wrapped(notice), statsText(stats), chart && wrapped(chart.told)),
    );
  return {
    kind: 'fixed',
    fragment: fragment(headline, figures),
    ...(named && {
      names: {
        postmortems: named.postmortems,
        instead: fragment(named.headline, { stats: [] }),
        leftOut: fragment(named.headline, figures),
      },
    }),
  };
}

export function sectionBlocks({ name, heading, intro, cards, onlyForTeams }: DigestContent['sections'][number]): Block[] {
  const blocks = cards.map(
    (card): Block => ({
      kind: 'card',
      section: name,
      postmortem: card.postmortem,
      ...chosenBy(card),
      ...(onlyForTeams && { onlyForTeams }),
      usual: 'card',
      card: cardFragment(card),
      line: lineFragment(card),
      ...(card.before && { names: { postmortem: card.before.postmortem, instead: cardFragment({ ...card, before: undefined }) } }),
    }),
  );
  if (!heading) return blocks;
  const text = paragraphs(underlined(heading, '='), intro && wrapped(intro));
  return [{ kind: 'heading', section: name, fragment: renderFragment(createElement(SectionHeading, { heading, intro }), text) }, ...blocks];
}

type OneIncident = Pick<AlertContent, 'postmortem' | 'severity' | 'severityLabel' | 'preliminary' | 'headline' | 'standing'>;

/** The only card of a mail about one incident. `chosen`: what readers choose it by. */
export function onlyCard(
  { postmortem, severity, severityLabel, preliminary, headline: title, standing }: OneIncident,
  chosen: Partial<ReturnType<typeof chosenBy>>,
  card: Fragment,
): Block {
  const inBrief = { postmortem, severity, severityLabel, preliminary, title, meta: '', parts: [], line: { text: standing, meta: '' } };
  return { kind: 'card', section: 'alert', postmortem, ...chosen, usual: 'card', card, line: lineFragment(inBrief) };
}

/** The postmortem that tells of an incident whose account was taken back. */
interface Merged {
  readonly postmortem: PostmortemId;
  readonly said: string;
}

/** That an account was taken back. It names the merged postmortem until that one is withheld. */
export const takenBackBlock = (mergedInto: Merged | undefined, render: (named: { readonly mergedInto?: Merged }) => Fragment): Block => ({
  kind: 'fixed',
  fragment: render({ ...(mergedInto && { mergedInto }) }),
  ...(mergedInto && { names: { postmortems: [mergedInto.postmortem], instead: render({}) } }),
});

/** The section of corrections, after the news. */
export function correctionBlocks({ heading, intro, entries, more }: CorrectionsContent): Block[] {
  const cards = entries.map(
    (entry): Block => ({
      kind: 'card',
      section: correctionsSection,
      postmortem: entry.postmortem,
      ...chosenBy({ severity: entry.chosenBy, topics: entry.topics }),
      usual: 'card',
      card: renderFragment(createElement(Correction, entry), correctionText(entry)),
      line: lineFragment(entry),
    }),
  );
  const text = paragraphs(underlined(heading, '='), wrapped(intro));
  const rest: Block[] = more
    ? [
        {
          kind: 'fixed',
          fragment: renderFragment(createElement(MoreCorrections, more), moreCorrectionsText(more.said)),
          names: { postmortems: more.postmortems, instead: nothing },
        },
      ]
    : [];
  return [
    { kind: 'heading', section: correctionsSection, fragment: renderFragment(createElement(SectionHeading, { heading, intro }), text) },
    ...cards,
    ...rest,
  ];
}

/** What readers choose cards by. */
export const chosenBy = ({ severity, topics }: Pick<CardContent, 'severity' | 'topics'>) => ({
  severity,
  ...(topics && { topics: topics.map(({ topic }) => topic) }),
});

const cardFragment = (card: CardContent): Fragment => renderFragment(createElement(Card, card), cardText(card));

export const lineFragment = (card: LineContent): Fragment => renderFragment(createElement(CardLine, card), cardLineText(card));

/** What a mail needs to show cards as lines: at its size limit, or because they are corrected. */
export function shortForms(): Pick<EditionFragments, 'lines' | 'cutNotice' | 'correctedNotice'> {
  const { open, close } = renderAround((children) => createElement(Lines, null, children));
  return {
    lines: { open: { html: open, text: '' }, close: { html: close, text: '' } },
    cutNotice: renderFragment(createElement(CutNotice), cutNoticeText),
    correctedNotice: renderFragment(createElement(CorrectedNotice), correctedNoticeText),
  };
}
