import { Temporal } from 'temporal-polyfill';
import { dayOf, midnight } from '../calendar/period.ts';
import { printDayAlone, printLength } from '../calendar/print.ts';
import { lengthOf } from '../content/incident-time.ts';
import { printed } from '../content/prose.ts';
import type { ShownNotice } from '../notice/notice-on-page.ts';
import { type NoticeOnPage, noticeOnPage } from '../notice/notice-on-page.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { foldedName } from '../shared/text.ts';

/** What a company may show a customer of its incidents in one product. */
export interface Pack {
  readonly product: string;
  /** As customers know the company. */
  readonly organisation: string;
  /** `1 July 2026 to 30 November 2026`. */
  readonly period: string;
  /** Of these incidents alone, as sentences. Empty where there is none. */
  readonly figures: readonly string[];
  /** The newest first. */
  readonly incidents: readonly NoticeOnPage[];
}

export interface PackInput {
  readonly product: string;
  readonly organisation: string;
  readonly since: PlainDate;
  readonly now: Date;
  readonly zone: string;
}

/**
 * From public versions and nothing else: those of the product whose incident began since that day,
 * or that were published since then if nobody said when it began. What was withdrawn is left out,
 * and nothing says so.
 */
export function packOf(notices: readonly ShownNotice[], { product, organisation, since, now, zone }: PackInput): Pack {
  const begin = midnight(Temporal.PlainDate.from(since), zone);
  const ours = notices
    .filter((notice) => notice.standing === 'public')
    .filter(({ content }) => content.products.some((name) => foldedName(name) === foldedName(product)))
    .map((notice) => ({ notice, day: dayOf(notice.content.startedAt ?? notice.publishedAt, zone) }))
    .filter(({ day }) => Date.parse(midnight(day, zone)) >= Date.parse(begin))
    .toSorted((a, b) => Temporal.PlainDate.compare(b.day, a.day) || order(b.notice.publishedAt, a.notice.publishedAt));
  return {
    product: printed(product),
    organisation: printed(organisation),
    period: `${printDayAlone(begin, zone)} to ${printDayAlone(now.toISOString(), zone)}`,
    figures: figuresOf(ours),
    incidents: ours.map(({ notice }) => noticeOnPage(notice, zone)),
  };
}

const order = (a: Instant, b: Instant): number => Date.parse(a) - Date.parse(b);

type Told = ShownNotice & { readonly standing: 'public' };

function figuresOf(ours: readonly { readonly notice: Told; readonly day: Temporal.PlainDate }[]): string[] {
  if (ours.length === 0) return [];
  const days = new Set(ours.map(({ day }) => day.toString())).size;
  const lengths = ours.flatMap(({ notice }) => lengthOf(notice.content) ?? []).toSorted((a, b) => a - b);
  const longest = lengths.at(-1);
  return [
    `${plural(ours.length, 'incident')} on ${plural(days, 'day')}.`,
    ...(longest === undefined ? [] : [resolved(lengths, longest, ours.length)]),
  ];
}

const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** The median of an even number is the mean of the two in the middle. */
function resolved(lengths: readonly number[], longest: number, all: number): string {
  const known = lengths.length === all ? '' : ` Known of ${lengths.length} of them.`;
  if (lengths.length === 1) return `Resolved in ${printLength(longest)}.${known}`;
  const middle = lengths.slice(Math.ceil(lengths.length / 2) - 1, Math.floor(lengths.length / 2) + 1);
  const median = middle.reduce((sum, length) => sum + length, 0) / middle.length;
  return `Half of them were resolved within ${printLength(median)}, the longest took ${printLength(longest)}.${known}`;
}
