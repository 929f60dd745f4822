import { createElement } from 'react';
import { type ReminderEntryContent, RemindersContent } from '../core/content/reminders-content.ts';
import type { Brand } from '../core/distribution/brand.ts';
import type { Block, EditionFragments } from '../core/mail/fragments.ts';
import { nothing, shortForms } from './blocks.ts';
import { withAccent } from './brand.tsx';
import {
  AwaitedPostmortems,
  awaitedText,
  MoreReminders,
  moreRemindersText,
  ReminderRow,
  RemindersFooter,
  RemindersHeadline,
  Rows,
  reminderRowText,
  remindersFooterText,
  remindersHeadlineText,
} from './components/reminders.tsx';
import { SectionHeading } from './components/section-heading.tsx';
import { frameWith, named as namedBy } from './frame.ts';
import { renderAround, renderFragment } from './render-fragment.ts';
import { paragraphs, underlined, wrapped } from './text-layout.ts';

/**
 * What is asked of one person on a day. Each thing is a card that names its postmortem, so that it
 * is left out once that one may not be told.
 */
export function renderReminders(given: RemindersContent, brand?: Brand): EditionFragments {
  const content = namedBy(RemindersContent.parse(given), brand);
  const { organisation, period, preheader, subject, named, sections, awaited, more } = content;
  const footer = renderFragment(createElement(RemindersFooter, content), remindersFooterText(content));
  const { open, close } = renderAround((children) => createElement(Rows, null, children));
  const names = named.postmortems.length > 0;
  const fragments: EditionFragments = {
    subject,
    ...(names && { subjectNames: { postmortems: named.postmortems, instead: named.subject } }),
    ...frameWith({ title: `${organisation}, ${period}`, preheader, organisation, period }, footer, brand),
    blocks: [
      headline(content),
      ...sections.flatMap(sectionOf),
      ...(awaited ? [fixed(renderFragment(createElement(AwaitedPostmortems, awaited), awaitedText(awaited)))] : []),
      ...(more ? [beyond(more)] : []),
    ],
    ...shortForms(),
    lines: { open: { html: open, text: '' }, close: { html: close, text: '' } },
    ...(awaited && { standsWithoutCards: true as const }),
  };
  return withAccent(fragments, brand);
}

const fixed = (fragment: EditionFragments['head']): Block => ({ kind: 'fixed', fragment });

/** Without numbers once something is withheld: they count it. */
function headline({ subject, intro, named }: RemindersContent): Block {
  const said = (news: string) =>
    renderFragment(createElement(RemindersHeadline, { subject: news, intro }), remindersHeadlineText({ subject: news, intro }));
  return {
    kind: 'fixed',
    fragment: said(subject),
    ...(named.postmortems.length > 0 && { names: { postmortems: named.postmortems, instead: said(named.subject) } }),
  };
}

function sectionOf({ name, heading, note, entries }: RemindersContent['sections'][number]): Block[] {
  const text = paragraphs(underlined(heading, '-'), note && wrapped(note));
  return [
    { kind: 'heading', section: name, fragment: renderFragment(createElement(SectionHeading, { heading, intro: note }), text) },
    ...entries.map((entry, n) => rowOf(name, entry, n === 0)),
  ];
}

function rowOf(section: string, entry: ReminderEntryContent, isFirst: boolean): Block {
  const row = renderFragment(createElement(ReminderRow, { entry, isFirst }), reminderRowText(entry));
  return { kind: 'card', section, postmortem: entry.postmortem, usual: 'line', card: row, line: row };
}

const beyond = ({ said, postmortems }: NonNullable<RemindersContent['more']>): Block => ({
  kind: 'fixed',
  fragment: renderFragment(createElement(MoreReminders, { said }), moreRemindersText(said)),
  ...(postmortems.length > 0 && { names: { postmortems, instead: nothing } }),
});
