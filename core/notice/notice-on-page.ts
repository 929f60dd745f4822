import { printDayAlone } from '../calendar/print.ts';
import { printed } from '../content/prose.ts';
import { excerpt, plainText } from '../postmortem/plain-text.ts';
import type { Instant } from '../shared/instant.ts';
import type { NoticeContent } from './notice-content.ts';
import { printInFull, stateOf, timesOf } from './notice-times.ts';
import type { PublicNotice } from './ports.ts';

/** A notice as it stands now, with its text unless it was withdrawn. */
export type ShownNotice =
  | (PublicNotice & { readonly standing: 'public'; readonly content: NoticeContent })
  | (PublicNotice & { readonly standing: 'withdrawn' });

/** A notice as ready-made lines; `body` and `change` are Markdown. */
export interface NoticeOnPage {
  readonly title: string;
  readonly state?: { readonly said: string; readonly isOver: boolean };
  readonly isPreliminary: boolean;
  readonly products: readonly string[];
  /** When the incident was. */
  readonly times?: string;
  /** When the notice came, and when this version did. */
  readonly published: string;
  /** What changed, where this is not the first version. */
  readonly change?: string;
  readonly body: string;
  /** Its first paragraph, or the beginning of it, as plain text. */
  readonly gist: string;
}

const longestGist = 280;

/**
 * No line depends on the day on which it is read, so the page stays the same until the notice
 * changes.
 */
export function noticeOnPage({ content, publishedAt, at }: ShownNotice & { standing: 'public' }, zone: string): NoticeOnPage {
  const state = stateOf(content);
  const times = timesOf(content, zone);
  const isUpdated = at !== publishedAt;
  return {
    title: printed(content.title),
    ...(state && { state }),
    isPreliminary: content.state === 'preliminary',
    products: content.products.map(printed),
    ...(times && { times }),
    published: `Published on ${printInFull(publishedAt, zone)}.${isUpdated ? ` Updated on ${printInFull(at, zone)}.` : ''}`,
    ...(isUpdated && content.change && { change: content.change }),
    body: content.body,
    gist: excerpt(firstParagraph(content.body), longestGist),
  };
}

/** A heading alone says too little. */
const firstParagraph = (body: string): string => body.split(/\n\s*\n/).find((block) => block.trim() !== '' && !/^\s*#/.test(block)) ?? body;

/** Stands in the place of a notice that was withdrawn. It says nothing of what the notice said. */
export const withdrawnSentence = ({ publishedAt, at }: PublicNotice, zone: string): string =>
  `The notice of ${printDayAlone(publishedAt, zone)} was withdrawn on ${printDayAlone(at, zone)}. What it said no longer counts.`;

/** An entry of a feed, as plain text. */
export interface NoticeEntry {
  readonly title: string;
  readonly published: Instant;
  /** Of this version, so that feed readers show an update and a withdrawal again. */
  readonly updated: Instant;
  readonly products: readonly string[];
  readonly summary: string;
}

const longestSummary = 2000;

export function noticeEntry(shown: ShownNotice, zone: string): NoticeEntry {
  const times = { published: shown.publishedAt, updated: shown.at };
  if (shown.standing === 'withdrawn')
    return { ...times, title: 'This notice was withdrawn', products: [], summary: withdrawnSentence(shown, zone) };
  const { title, change, body, products, isPreliminary } = noticeOnPage(shown, zone);
  const parts = [
    isPreliminary && 'This account is preliminary.',
    change && `What changed: ${printed(plainText(change))}`,
    excerpt(body, longestSummary),
  ];
  return { ...times, title, products, summary: parts.filter(Boolean).join(' ') };
}
