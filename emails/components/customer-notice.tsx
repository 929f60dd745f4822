import { Button, Heading, Link } from 'react-email';
import { placeholders } from '../../core/mail/fragments.ts';
import type { NoticeMail, ToldNotice, WithdrawnNotice } from '../../core/notice/notice-mail.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { font, severityColours, text } from '../theme.ts';
import { untracked } from './footer.tsx';
import { Markdown, markdownTexts, Rule } from './markdown.tsx';
import { Panel } from './panel.tsx';
import { pillShape } from './severity-pill.tsx';

const title = { ...text.headline, margin: '8px 0 0', font: font(700, 24, 31) };
const whatChanged = 'What changed';
const readIt = 'Read it on the page';
const seeIts = 'See its page';

/** The page of a notice is public, so its address holds nothing of the reader. */
const pageOf = (publicId: string) => `${placeholders.incidents}/${publicId}`;

const resolved = { light: { background: '#f0f5ee', color: '#2b5a2b' }, dark: { background: '#22301f', color: '#b7dcae' } };
const plain = { background: severityColours.sev4.ground, color: severityColours.sev4.ink };

/** Rules of the head that no other mail needs. */
export const noticeRules = `<style type="text/css">@media (prefers-color-scheme: dark) { .resolved { background: ${resolved.dark.background} !important; color: ${resolved.dark.color} !important; } .plain { background: #34373d !important; color: #d0d4dc !important; } }</style>`;

interface PillsProps extends Pick<NoticeMail, 'products'> {
  readonly state?: ToldNotice['state'];
  readonly isPreliminary?: boolean;
}

/** Which products it is about, and how it stands. They wrap where there are many. */
const Pills = ({ products, state, isPreliminary = false }: PillsProps) => (
  <p style={{ margin: 0, font: font(600, 12, 22) }}>
    {[...products.map(({ name }) => name), ...(isPreliminary ? ['Preliminary'] : [])].map((said) => (
      <span key={said}>
        <span className="plain" style={{ ...pillShape, ...plain }}>
          {said}
        </span>{' '}
      </span>
    ))}
    {state && (
      <span className={state.isOver ? 'resolved' : 'plain'} style={{ ...pillShape, ...(state.isOver ? resolved.light : plain) }}>
        {state.said}
      </span>
    )}
  </p>
);

const pillsText = ({ products, state, isPreliminary }: PillsProps): string =>
  [...products.map(({ name }) => name), isPreliminary && 'Preliminary', state?.said].filter(Boolean).join(' · ');

/** When the incident was, above the panel. */
export const Times = ({ times }: { times: string }) => (
  <p className="m" style={{ ...text.small, margin: '0 0 12px', color: text.meta.color }}>
    {times}
  </p>
);

export const timesText = (times: string): string => paragraphs(wrapped(times));

const PageButton = ({ publicId, children }: { readonly publicId: string; readonly children: string }) => (
  <p style={{ margin: '18px 0 0' }}>
    <Button {...untracked} href={pageOf(publicId)} className="button" style={text.button}>
      {children}
    </Button>
  </p>
);

/** A whole notice. Whoever has an earlier version reads first what changed. */
export const CustomerNotice = ({ publicId, title: said, change, body, ...pills }: ToldNotice) => (
  <Panel>
    <Pills {...pills} />
    <Heading as="h1" dir="auto" className="t" style={title}>
      {said}
    </Heading>
    {change !== undefined && (
      <>
        <Heading as="h2" className="t" style={{ margin: '18px 0 -8px', font: font(700, 16, 22), color: text.body.color }}>
          {whatChanged}
        </Heading>
        <Markdown markdown={change} />
        <Rule />
      </>
    )}
    <Markdown markdown={body} />
    <PageButton publicId={publicId}>{readIt}</PageButton>
  </Panel>
);

export const customerNoticeText = ({ publicId, title: said, change, body, ...pills }: ToldNotice): string =>
  paragraphs(
    underlined(said, '-'),
    wrapped(pillsText(pills)),
    ...(change === undefined ? [] : [underlined(whatChanged, '-'), ...markdownTexts(change), '* * *']),
    ...markdownTexts(body),
    pageText(readIt, publicId),
  );

const pageText = (words: string, publicId: string) => `${words}:\n${pageOf(publicId)}`;

/** A notice that is too long for a mail: its title, which leads to its page. */
export const NoticeLine = ({ publicId, title: said }: Pick<ToldNotice, 'publicId' | 'title'>) => (
  <p dir="auto">
    <a {...untracked} href={pageOf(publicId)}>
      {said}
    </a>
  </p>
);

export const noticeLineText = ({ publicId, title: said }: Pick<ToldNotice, 'publicId' | 'title'>): string =>
  paragraphs(wrapped(said), pageOf(publicId));

const tooLong = 'This notice is too long for a mail. Its page has all of it.';

export const TooLong = () => (
  <p className="m" style={{ ...text.meta, margin: '0 0 14px' }}>
    {tooLong}
  </p>
);

export const tooLongText = paragraphs(wrapped(tooLong));

/**
 * Says that a notice no longer counts, and nothing of what it said. Its page has the address that
 * the mails before led to.
 */
export const WithdrawnNoticePanel = ({ publicId, products, headline, said }: WithdrawnNotice) => (
  <Panel>
    <Pills products={products} />
    <Heading as="h1" className="t" style={title}>
      {headline}
    </Heading>
    <p className="t" style={{ ...text.body, margin: '8px 0 0' }}>
      {said}
    </p>
    <PageButton publicId={publicId}>{seeIts}</PageButton>
  </Panel>
);

export const withdrawnNoticeText = ({ publicId, products, headline, said }: WithdrawnNotice): string =>
  paragraphs(underlined(headline, '-'), wrapped(pillsText({ products })), wrapped(said), pageText(seeIts, publicId));

const askUs = 'Ask us';

/** Why this reader gets it, and how to get less or none of it. Nothing of it opens in a browser. */
export const NoticeFooter = ({ contact }: Pick<NoticeMail, 'contact'>) => (
  <>
    {placeholders.why}{' '}
    <Link {...untracked} href={placeholders.preferences} style={text.link}>
      Choose products
    </Link>
    {' · '}
    <Link {...untracked} href={placeholders.unsubscribe} style={text.link}>
      Unsubscribe
    </Link>
    {contact && (
      <>
        {' · '}
        <Link {...untracked} href={contact} style={text.link}>
          {askUs}
        </Link>
      </>
    )}
  </>
);

export const noticeFooterText = ({ contact }: Pick<NoticeMail, 'contact'>): string =>
  [
    `-- \n${placeholders.why}\n`,
    `Choose products: ${placeholders.preferences}`,
    `Unsubscribe: ${placeholders.unsubscribe}`,
    ...(contact ? [`${askUs}: ${contact.replace(/^mailto:/, '')}`] : []),
    '',
  ].join('\n');
