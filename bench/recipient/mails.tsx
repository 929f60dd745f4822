/**
 * Bundled before it runs, because Node reads no JSX: a digest of a wanted size, and the same digest
 * as others send it.
 */
import MailComposer from 'nodemailer/lib/mail-composer';
import { Body, Container, Head, Html, Link, render, toPlainText } from 'react-email';
import { type DigestContent, digestContent } from '../../core/content/digest-content.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import type { Postmortem } from '../../core/postmortem/postmortem.ts';
import { engineeringRendition } from '../../core/rendition/engineering-rendition.ts';
import { Card } from '../../emails/components/card.tsx';
import { Headline } from '../../emails/components/headline.tsx';
import { renderDigest } from '../../emails/render-edition.ts';
import { certificate, checkout, invoices, search, sessions, statusPage } from '../../test/support/samples/postmortems.ts';
import { digestInput } from '../../test/support/samples/samples.ts';

const incidents = [checkout, sessions, search, invoices, statusPage, certificate];
const week = (n: number): Postmortem[] =>
  Array.from({ length: n }, (_, i) => ({ ...(incidents[i % incidents.length] ?? checkout), id: `incident-${i}` }));

export interface Digest {
  readonly content: DigestContent;
  readonly fragments: EditionFragments;
}

/** The smallest week whose mail has at least so many bytes. */
export function digestOf(bytes: number, sizeOf: (fragments: EditionFragments) => number): Digest {
  for (let n = 1; ; n += 1) {
    const content = digestContent({ ...digestInput, fresh: week(n).map(engineeringRendition), late: [] });
    const fragments = renderDigest(content);
    if (sizeOf(fragments) >= bytes) return { content, fragments };
  }
}

interface Links {
  readonly view: string;
  readonly preferences: string;
  readonly unsubscribe: string;
}

const Digest = ({ content, links }: { readonly content: DigestContent; readonly links: Links }) => (
  <Html lang="en">
    <Head>
      <title>{content.subject}</title>
    </Head>
    <Body>
      <Container>
        <Headline headline={content.headline} notice={content.notice} stats={content.stats} chart={content.chart} />
        {content.sections.flatMap(({ cards }) => cards.map((card) => <Card key={card.postmortem} {...card} />))}
        <Link href={links.view}>View in browser</Link>
        <Link href={links.preferences}>Choose what you get</Link>
        <Link href={links.unsubscribe}>Unsubscribe</Link>
      </Container>
    </Body>
  </Html>
);

/**
 * One reader's mail as it is usually made: React rendered for this reader, the text derived from
 * the HTML, MIME built by nodemailer.
 */
export async function mailRenderedAnew(content: DigestContent, to: string, links: Links): Promise<Buffer> {
  const html = await render(<Digest content={content} links={links} />);
  const { subject } = content;
  const from = 'Northwind incident lessons <incident-lessons@example.com>';
  const headers = { 'List-Unsubscribe': `<${links.unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  return new MailComposer({ from, to, subject, html, text: toPlainText(html), headers, textEncoding: 'base64', newline: 'windows' })
    .compile()
    .build();
}
