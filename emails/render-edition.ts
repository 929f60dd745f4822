import { createElement } from 'react';
import { AlertContent } from '../core/edition/alert-content.ts';
import type { CardContent } from '../core/edition/card-content.ts';
import { DigestContent } from '../core/edition/digest-content.ts';
import type { Block, EditionFragments } from '../core/edition/fragments.ts';
import type { PromisedContent } from '../core/edition/promised-content.ts';
import { Alert } from './alert/alert.tsx';
import { alertText } from './alert/alert-text.ts';
import { Card } from './card/card.tsx';
import { CardLine, Lines } from './card/card-line.tsx';
import { cardLineText, cardText } from './card/card-text.ts';
import { CutNotice, cutNoticeText } from './cut-notice/cut-notice.tsx';
import { frameAround } from './frame.ts';
import { Headline } from './headline/headline.tsx';
import { Promised, PromisedCount } from './promised/promised.tsx';
import { promisedText } from './promised/promised-text.ts';
import { renderAround, renderFragment } from './render-fragment.ts';
import { SectionHeading } from './section-heading/section-heading.tsx';
import { statsText } from './stats/stats-text.ts';
import { paragraphs, underlined, wrapped } from './text-layout.ts';

/** A digest rendered once for all its readers. The head names no postmortem, because the head is never left out. */
export function renderDigest(given: DigestContent): EditionFragments {
  const content = DigestContent.parse(given);
  const { organisation, period, preheader, named, promised } = content;
  return {
    subject: content.subject,
    ...(named && { subjectNames: { postmortems: named.postmortems, instead: named.subject } }),
    ...frameAround({ title: `${organisation}, ${period}`, preheader, organisation, period, mandatory: false }),
    blocks: [headlineBlock(content), ...content.sections.flatMap(sectionBlocks), ...(promised ? [promisedBlock(promised)] : [])],
    ...shortForms(),
  };
}

/** An alert is one card, so that nothing is left of it once its postmortem is withheld. */
export function renderAlert(given: AlertContent): EditionFragments {
  const content = AlertContent.parse(given);
  const {
    subject,
    preheader,
    organisation,
    period,
    mandatory,
    postmortem,
    severity,
    severityLabel,
    preliminary,
    headline: title,
  } = content;
  const inBrief = {
    postmortem,
    severity,
    severityLabel,
    preliminary,
    title,
    meta: '',
    parts: [],
    line: { text: content.standing, meta: '' },
  };
  return {
    subject,
    ...frameAround({ title: subject, preheader, organisation, period, mandatory }),
    blocks: [
      {
        kind: 'card',
        section: 'alert',
        postmortem,
        usual: 'card',
        card: renderFragment(createElement(Alert, content), alertText(content)),
        line: lineFragment(inBrief),
      },
    ],
    ...shortForms(),
  };
}

function headlineBlock(content: DigestContent): Block {
  const { headline, named } = content;
  const fragment = (said: string, { stats, chart }: Pick<DigestContent, 'stats' | 'chart'>) =>
    renderFragment(
      createElement(Headline, { headline: said, notice: content.notice, stats, chart }),
      paragraphs(wrapped(said), content.notice && wrapped(content.notice), statsText(stats), chart && wrapped(chart.told)),
    );
  return {
    kind: 'fixed',
    fragment: fragment(headline, content),
    ...(named && { names: { postmortems: named.postmortems, instead: fragment(named.headline, { stats: [] }) } }),
  };
}

function sectionBlocks({ name, heading, intro, cards }: DigestContent['sections'][number]): Block[] {
  const blocks = cards.map(
    (card): Block => ({
      kind: 'card',
      section: name,
      postmortem: card.postmortem,
      usual: 'card',
      card: renderFragment(createElement(Card, card), cardText(card)),
      line: lineFragment(card),
    }),
  );
  if (!heading) return blocks;
  const text = paragraphs(underlined(heading, '='), intro && wrapped(intro));
  return [{ kind: 'heading', section: name, fragment: renderFragment(createElement(SectionHeading, { heading, intro }), text) }, ...blocks];
}

function promisedBlock(promised: PromisedContent): Block {
  const { heading, intro, actions, kept } = promised;
  const named = [...actions, ...(kept?.actions ?? [])].map(({ postmortem }) => postmortem);
  const count = renderFragment(createElement(PromisedCount, { heading, intro }), promisedText({ heading, intro, actions: [] }));
  return {
    kind: 'fixed',
    fragment: renderFragment(createElement(Promised, promised), promisedText(promised)),
    names: {
      postmortems: [...new Set(named)],
      instead: actions.length > 0 ? count : { html: '', text: '' },
    },
  };
}

const lineFragment = (card: CardContent) => renderFragment(createElement(CardLine, card), cardLineText(card));

function shortForms(): Pick<EditionFragments, 'lines' | 'cutNotice'> {
  const { open, close } = renderAround((children) => createElement(Lines, null, children));
  return {
    lines: { open: { html: open, text: '' }, close: { html: close, text: '' } },
    cutNotice: renderFragment(createElement(CutNotice), cutNoticeText),
  };
}
