import * as z from 'zod';
import { printMoment } from '../calendar/print.ts';
import { type Change, type FactName, type FactPrinting, factTitles, printFact } from '../rendition/facts.ts';
import { hasPassed } from '../rendition/next-news.ts';
import type { Instant } from '../shared/instant.ts';
import { cut } from '../shared/text.ts';
import { Line } from './card-content.ts';
import { counted, printed, shortened } from './prose.ts';

/** A fact with its old value beside the new one. */
export const ChangedRow = z.strictObject({
  fact: Line,
  before: Line,
  after: Line,
  /** The side on which the account says nothing of the fact. Its text says so. */
  silent: z.enum(['before', 'after']).optional(),
});
export type ChangedRow = z.infer<typeof ChangedRow>;

/** Facts of an account, old beside new, as ready-made strings. */
export const WhatChanged = z.strictObject({
  heading: Line,
  /** Since which mail, where it is not the one that the mail names already. */
  intro: Line.optional(),
  columns: z.strictObject({ before: Line, after: Line }),
  rows: z.array(ChangedRow).min(1),
  /** How many changes are not shown. */
  more: Line.optional(),
});
export type WhatChanged = z.infer<typeof WhatChanged>;

export interface WhatChangedInput extends FactPrinting {
  readonly changes: readonly Change[];
  /** When readers got the old values. Absent where the mail has said it. */
  readonly since?: Instant | undefined;
  /** What the mail calls some facts, where it is not their usual title. */
  readonly titles?: Readonly<Partial<Record<FactName, string>>>;
}

/**
 * A time of the next news that has passed announces nothing, as if none were given. Undefined if
 * nothing is left to tell.
 */
function stillNews(change: Change, { now, zone }: FactPrinting): Change | undefined {
  const { fact, before, after } = change;
  if (fact !== 'nextNewsAt') return change;
  if (after !== undefined && !hasPassed(after, now, zone)) return change;
  return before === undefined || hasPassed(before, now, zone) ? undefined : { fact, before };
}

const shown = 8;
/** Characters of a text that has another beside it. The account below it has it whole. */
const longest = 160;

/** What changed since a mail. Undefined where nothing did. */
export function whatChanged({ changes: all, since, titles = {}, ...printing }: WhatChangedInput): WhatChanged | undefined {
  const changes = all.flatMap((change) => stillNews(change, printing) ?? []);
  if (changes.length === 0) return undefined;
  return WhatChanged.parse({
    heading: 'What changed',
    ...(since && { intro: `Since the mail of ${printMoment(since, printing.now, printing.zone)}.` }),
    columns: { before: 'Before', after: 'Now' },
    rows: changedRows(changes.slice(0, shown), printing, titles),
    ...(changes.length > shown && { more: `And ${counted(changes.length - shown, 'more change')}.` }),
  });
}

/** Each changed fact, printed and cut so that what differs is seen. */
export function changedRows(changes: readonly Change[], printing: FactPrinting, titles: WhatChangedInput['titles'] = {}): ChangedRow[] {
  const said = (fact: FactName, value: string | undefined) => (value === undefined ? '' : printed(printFact(fact, value, printing)));
  return changes.map(({ fact, ...values }) => {
    const [before, after] = besideEachOther(said(fact, values.before), said(fact, values.after), longest);
    const name = titles[fact] ?? factTitles[fact];
    if (!before) return { fact: name, before: 'Not given', after, silent: 'before' };
    return after ? { fact: name, before, after } : { fact: name, before, after: noMore(fact), silent: 'after' };
  });
}

/** What stands beside a fact that the account states no longer. */
export const noMore = (fact: FactName): string => (fact === 'say' || fact === 'doNotSay' ? 'Nothing any more' : 'No longer given');

/** How much of what two texts share stands before their first difference. */
const sharedBefore = 50;

/**
 * Two texts, each cut to `most` characters at words. If they begin alike, both begin shortly before
 * their first difference, because only that tells them apart.
 */
export function besideEachOther(before: string, after: string, most: number): [before: string, after: string] {
  const from = Math.max(before.length, after.length) <= most ? 0 : beginning(before, after, most);
  const shownFrom = (text: string) => `${from > 0 ? '…' : ''}${shortened(text.slice(from), most - 1)}`;
  return [shownFrom(before), shownFrom(after)];
}

function beginning(before: string, after: string, most: number): number {
  let alike = 0;
  while (alike < before.length && before[alike] === after[alike]) alike += 1;
  if (alike < most - sharedBefore) return 0;
  const start = alike - sharedBefore;
  const word = /\S*$/.exec(before.slice(0, start))?.[0] ?? '';
  // A text without blanks is cut anywhere, but not within a surrogate pair.
  return word.length < sharedBefore ? start - word.length : cut(before, start).length;
}
