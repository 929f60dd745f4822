import { escapeHtml } from '../../core/mail/fill-placeholders.ts';
import { withoutUnseen } from '../../core/postmortem/hidden-characters.ts';
import type { Instant } from '../../core/shared/instant.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import { document } from '../shared/pages/shell.tsx';

export interface AtomEntry {
  readonly id: string;
  readonly title: string;
  readonly published: Instant;
  /** Feed readers show an entry again when this changes. */
  readonly updated: Instant;
  readonly href: string;
  readonly categories: readonly string[];
  readonly summary: string;
}

interface AtomFeed {
  readonly id: string;
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly author: string;
  /** The feed's own address. */
  readonly self: string;
  /** The page that shows the same. */
  readonly alternate: string;
  readonly entries: readonly AtomEntry[];
}

/** A feed as Atom (RFC 4287). Its texts are plain. */
export function atom({ id, title, subtitle, author, self, alternate, entries }: AtomFeed): HttpAnswer {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${xml(id)}</id>`,
    `<title>${xml(title)}</title>`,
    ...(subtitle ? [`<subtitle>${xml(subtitle)}</subtitle>`] : []),
    `<updated>${
      entries
        .map(({ updated }) => updated)
        .toSorted(byTime)
        .at(-1) ?? '1970-01-01T00:00:00Z'
    }</updated>`,
    `<author><name>${xml(author)}</name></author>`,
    `<link rel="self" href="${xml(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(alternate)}"/>`,
    ...entries.map(entryLines),
    '</feed>',
  ];
  return document(`${lines.join('\n')}\n`, { 'content-type': 'application/atom+xml; charset=utf-8' });
}

const byTime = (a: Instant, b: Instant): number => Date.parse(a) - Date.parse(b);

const entryLines = ({ id, title, published, updated, href, categories, summary }: AtomEntry): string =>
  [
    '<entry>',
    `<id>${xml(id)}</id>`,
    `<title>${xml(title)}</title>`,
    `<published>${published}</published>`,
    `<updated>${updated}</updated>`,
    `<link rel="alternate" type="text/html" href="${xml(href)}"/>`,
    ...categories.map((name) => `<category term="${xml(name)}"/>`),
    `<summary>${xml(summary)}</summary>`,
    '</entry>',
  ].join('\n');

/** Leaves out characters that XML does not allow. */
const xml = (text: string) => escapeHtml(withoutUnseen(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''));
