import { expect } from 'vitest';
import { digestContent } from '../../core/content/digest-content.ts';
import { htmlBudget } from '../../core/mail/assemble.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import { severities } from '../../core/postmortem/postmortem.ts';
import { renderDigest } from '../../emails/render-edition.ts';
import { weeks } from './five-weeks.ts';
import { type ReadMail, readMail } from './mail-shape.ts';
import { aRendition } from './rendition.ts';
import { digestInput, samples } from './samples/samples.ts';
import { address, aSentMail, pages } from './sent-mail.ts';

const everySeverity = renderDigest(
  digestContent({ ...digestInput, fresh: severities.map((severity) => aRendition({ id: severity, severity, status: 'preliminary' })) }),
);
const asLines = (fragments: EditionFragments): EditionFragments => ({
  ...fragments,
  blocks: fragments.blocks.map((block) => (block.kind === 'card' ? { ...block, usual: 'line' } : block)),
});

/** Every element that our own good mails consist of. */
const honest = await Promise.all(
  [...Object.values(samples), everySeverity, weeks['of 121 incidents'].fragments]
    .flatMap((one) => [one, asLines(one)])
    .map((fragments) => readMail(aSentMail(fragments))),
);
const honestParts = new Set(honest.flatMap(({ parts }) => [...parts]));
const honestComments = new Set(honest.map(({ comments }) => comments));

export interface Expected {
  readonly subject: string;
  readonly isAlert?: boolean;
  /** Base address of the links in the mail, without a trailing slash. */
  readonly pages?: string;
  readonly to?: string;
  /** Whether SES has added its headers. */
  readonly isDelivered?: boolean;
}

const headersOf = ({ isAlert = false, isDelivered = false }: Expected): string[] => [
  'from',
  'to',
  'subject',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  ...(isAlert ? [] : ['precedence']),
  'auto-submitted',
  'x-auto-response-suppress',
  ...(isAlert ? ['references'] : []),
  'mime-version',
  'content-type',
  ...(isDelivered ? ['message-id', 'date'] : []),
];

/**
 * Characters that end a line, reorder it or hide in it. Line feeds in the text part are allowed.
 */
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/**
 * Compares a mail with our own samples. Whatever strangers wrote, it must have no element, style,
 * header, comment, address or placeholder that harmless mails do not have.
 */
export async function expectHarmlessMail(raw: Buffer, expected: Expected): Promise<ReadMail> {
  const { subject, pages: own = pages, to = address } = expected;
  const read = await readMail(raw);
  const { mail, html, text, parts, addresses, headers, comments } = read;
  expect([...parts].filter((part) => !honestParts.has(part))).toEqual([]);
  expect(honestComments).toContain(comments);
  expect(headers).toEqual(headersOf(expected));
  expect(addresses.filter((href) => !href.startsWith(`${own}/`) || /[^\w./-]/.test(href.slice(own.length)))).toEqual([]);
  expect(mail.attachments).toEqual([]);
  expect([mail.to].flat().flatMap((one) => one?.value ?? [])).toEqual([{ address: to, name: '' }]);
  expect(mail.subject).toBe(subject);

  for (const said of [subject, html, text]) {
    expect(said).not.toMatch(unfit);
    expect(said.isWellFormed()).toBe(true);
  }
  expect(subject).not.toMatch(/[\r\n\t]/);
  expect(html.match(/\{\{/g)).toHaveLength(1);
  expect(html).toMatch(/<body[^>]*>\{\{ses:openTracker\}\}/);
  expect(html.match(/<h1/g)).toHaveLength(1);
  expect(text).not.toContain('{{');
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(htmlBudget);
  expectWellFramed(raw);
  return read;
}

/**
 * Checks RFC 5322 and what a signature survives: ASCII, every line ended by CRLF, short lines,
 * folded headers.
 */
export function expectWellFramed(raw: Buffer): void {
  const bytes = raw.toString('latin1');
  expect(bytes).toMatch(/^[\x20-\x7e\r\n]*$/);
  expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const [head = ''] = bytes.split('\r\n\r\n');
  const lines = bytes.split('\r\n');
  expect(lines.filter((line) => line.length > 998)).toEqual([]);
  // A header line may be longer only if it has no space to fold at.
  expect(head.split('\r\n').filter((line) => line.length > 78 && / /.test(line.replace(/^[\w-]+: | +/, '')))).toEqual([]);
}
