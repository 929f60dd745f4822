import { createElement } from 'react';
import type { Block, EditionFragments } from '../core/mail/fragments.ts';
import { NoticeMail, type ToldNotice, type WithdrawnNotice } from '../core/notice/notice-mail.ts';
import { shortForms } from './blocks.ts';
import {
  CustomerNotice,
  customerNoticeText,
  NoticeFooter,
  NoticeLine,
  noticeFooterText,
  noticeLineText,
  noticeRules,
  Times,
  TooLong,
  timesText,
  tooLongText,
  WithdrawnNoticePanel,
  withdrawnNoticeText,
} from './components/customer-notice.tsx';
import { frameWith, withoutSeverities } from './frame.ts';
import { renderFragment } from './render-fragment.ts';

/**
 * A mail to customers: a notice, or that one was withdrawn. Its one block is a card under the
 * public id, so that it reaches readers of its products alone.
 */
export function renderNotice(given: NoticeMail): EditionFragments {
  const content = NoticeMail.parse(given);
  const { subject, products, alsoFor } = content;
  const footer = renderFragment(createElement(NoticeFooter, content), noticeFooterText(content));
  const { head, foot } = frameWith({ ...content, title: subject }, footer);
  const { lines } = shortForms();
  const times = content.kind === 'told' ? content.times : undefined;
  return {
    subject,
    head: withoutSeverities({ ...head, html: head.html.replace('</head>', () => `${noticeRules}</head>`) }),
    ...(times && { times: timesFragment(times.usual) }),
    blocks: [content.kind === 'told' ? toldBlock(content) : withdrawnBlock(content)],
    topicNames: Object.fromEntries([...products, ...alsoFor].flatMap(({ name, topic }) => (topic ? [[topic, name]] : []))),
    lines,
    cutNotice: renderFragment(createElement(TooLong), tooLongText),
    foot,
    ...zonesOf(times?.inZones ?? {}),
  };
}

/** Only the times differ, so a long text is rendered and stored once. */
function zonesOf(times: Readonly<Record<string, string>>): Pick<EditionFragments, 'zones'> {
  const zones = Object.entries(times).map(([zone, said]) => [zone, { times: timesFragment(said) }]);
  return zones.length > 0 ? { zones: Object.fromEntries(zones) } : {};
}

const timesFragment = (times: string) => renderFragment(createElement(Times, { times }), timesText(times));

const toldBlock = (content: ToldNotice): Block => ({
  ...cardOf(content),
  card: renderFragment(createElement(CustomerNotice, content), customerNoticeText(content)),
  line: renderFragment(createElement(NoticeLine, content), noticeLineText(content)),
});

function withdrawnBlock(content: WithdrawnNotice): Block {
  const card = renderFragment(createElement(WithdrawnNoticePanel, content), withdrawnNoticeText(content));
  return { ...cardOf(content), card, line: card };
}

/** Without topics where a product has a name that nobody can choose: then it is for everybody. */
function cardOf({ publicId, products, alsoFor }: NoticeMail) {
  const topics = [...products, ...alsoFor].flatMap(({ topic }) => topic ?? []);
  const isForAll = products.some(({ topic }) => topic === undefined);
  return {
    kind: 'card',
    section: 'notice',
    postmortem: publicId,
    ...(!isForAll && topics.length > 0 && { topics }),
    usual: 'card',
  } as const;
}
