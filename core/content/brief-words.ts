import type { PeriodKind } from '../calendar/recurring.ts';
import type { SeverityLabels } from '../distribution/severity-label.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { days, theOldest } from './brief-reviews-content.ts';
import type { CorrectionsContent } from './corrections-content.ts';
import { andSaid, longestSubject, saidBeside } from './digest-words.ts';
import type { PeriodCounts } from './period-counts.ts';
import { capitalised, counted, inWords, shortened } from './prose.ts';

/** The facts behind the news of a period. What is unknown is undefined and left out of the text. */
export interface BriefNews {
  readonly kind: PeriodKind;
  readonly labels: SeverityLabels;
  readonly told: PeriodCounts;
  readonly before: PeriodCounts | undefined;
  /** `in September`, `the week before`. */
  readonly formerly: string;
  /** Percentage of promises kept on time, in this period and the one before. */
  readonly onTime: number | undefined;
  readonly onTimeBefore: number | undefined;
  /** How many fell due in the period before. */
  readonly dueBefore: number;
  readonly overdue: { readonly count: number; readonly longestDays: number };
  /** Reviews past their day. */
  readonly lateReviews: Late;
  /** Incidents whose postmortem is past its day. `postmortems`: those that the brief lists. */
  readonly lateAwaited: Late;
  /** What waits for leadership, and the postmortems that it is about. */
  readonly waiting:
    | {
        readonly noun: 'decision' | 'review';
        readonly count: number;
        readonly oldestDays: number;
        readonly postmortems: readonly PostmortemId[];
      }
    | undefined;
  readonly corrections?: CorrectionsContent | undefined;
  /** Incidents of which somebody confirmed that they happened before. Absent: none. */
  readonly repeated?: { readonly count: number; readonly postmortems: readonly PostmortemId[] } | undefined;
}

interface Late {
  readonly count: number;
  readonly longestDays: number;
  readonly postmortems: readonly PostmortemId[];
}

/** More facts than these make a headline that nobody reads. */
const mostFacts = 5;

/**
 * `Nine incidents, up from one. Two were Sev-1. Two reviews are 25 days overdue. Nine actions are
 * overdue, the oldest by 40 days.` The worst comes before a trend. What waits for leadership comes
 * last, in place of another fact.
 */
export function briefHeadline(news: BriefNews): string {
  const waits = waiting(news);
  const facts = [incidents(news), gravest(news), repeats(news), lateForLeadership(news), overdue(news), promises(news)].flatMap(
    (fact) => fact ?? [],
  );
  const told = [...facts.slice(0, waits === undefined ? mostFacts : mostFacts - 1), ...(waits === undefined ? [] : [waits])];
  return told.map((fact) => `${capitalised(fact)}.`).join(' ');
}

/**
 * `October 2026: nine incidents, up from one; two were Sev-1; nine actions overdue`. Adds as many
 * facts as fit, the worst first.
 */
export function briefSubject(news: BriefNews): string {
  const waits = news.waiting && waitingCount(news.waiting);
  const facts = [
    gravest(news),
    news.lateReviews.count > 0 ? `${counted(news.lateReviews.count, 'review')} overdue` : undefined,
    news.lateAwaited.count > 0 ? `${counted(news.lateAwaited.count, awaitedPostmortem)} overdue` : undefined,
    waits,
    news.overdue.count > 0 ? `${counted(news.overdue.count, 'action')} overdue` : undefined,
    promises(news),
  ];
  const count = incidents(news);
  const start = `${news.told.period.label}: ${count.slice(0, 1).toLowerCase()}${count.slice(1)}`;
  return facts.reduce<string>(
    (subject, fact) => (fact && subject.length + fact.length + 2 <= longestSubject ? `${subject}; ${fact}` : subject),
    shortened(start, longestSubject),
  );
}

function incidents({ kind, told, before, formerly, corrections }: BriefNews): string {
  if (told.total === 0) return corrections ? `No new incidents, ${andSaid(saidBeside(corrections))}` : `A quiet ${kind}`;
  if (!before) return capitalised(counted(told.total, 'incident'));
  const now = capitalised(counted(told.total, 'incident'));
  if (told.total === before.total) return `${now}, as many as ${formerly}`;
  return `${now}, ${told.total < before.total ? 'down' : 'up'} from ${before.total === 0 ? 'none' : inWords(before.total)}`;
}

/** Compares shares: promises kept among those that fell due. */
function promises({ onTime, onTimeBefore }: BriefNews): string | undefined {
  if (onTime === undefined || onTimeBefore === undefined || onTime === onTimeBefore) return undefined;
  return onTime < onTimeBefore ? 'fewer promises kept on time' : 'more promises kept on time';
}

function gravest({ told, labels }: BriefNews): string | undefined {
  const severity = (['sev1', 'sev2'] as const).find((grave) => told.of(grave) > 0);
  if (!severity) return undefined;
  const n = told.of(severity);
  if (told.total === 1) return `it was ${labels[severity]}`;
  return `${inWords(n)} ${n === 1 ? 'was' : 'were'} ${labels[severity]}`;
}

/** `one had happened before`. */
function repeats({ repeated }: BriefNews): string | undefined {
  if (!repeated || repeated.count === 0) return undefined;
  return repeated.count === 1 ? 'one had happened before' : `${inWords(repeated.count)} had happened before`;
}

const overdue = (news: BriefNews) => pastTheirDay('action', news.overdue);
const awaitedPostmortem = 'awaited postmortem';

/** `two reviews and one awaited postmortem are overdue, the oldest by 25 days`. */
function lateForLeadership({ lateReviews: reviews, lateAwaited: awaited }: BriefNews): string | undefined {
  if (reviews.count === 0) return pastTheirDay(awaitedPostmortem, awaited);
  if (awaited.count === 0) return pastTheirDay('review', reviews);
  const both = `${counted(reviews.count, 'review')} and ${counted(awaited.count, awaitedPostmortem)}`;
  return `${both} are overdue, the oldest by ${days(Math.max(reviews.longestDays, awaited.longestDays))}`;
}

function pastTheirDay(noun: string, { count, longestDays }: BriefNews['overdue']): string | undefined {
  if (count === 0) return undefined;
  return count === 1
    ? `one ${noun} is ${days(longestDays)} overdue`
    : `${inWords(count)} ${noun}s are overdue, the oldest by ${days(longestDays)}`;
}

const waitingCount = ({ noun, count }: NonNullable<BriefNews['waiting']>): string =>
  `${counted(count, noun)} ${count === 1 ? 'waits' : 'wait'}`;

/** `three decisions wait, the oldest for 19 days`. */
const waiting = ({ waiting: waits, lateReviews: { count } }: BriefNews): string | undefined =>
  // Of one review, that it is overdue says more than that it waits.
  waits && !(waits.noun === 'review' && waits.count === count)
    ? `${waitingCount(waits)}${theOldest(waits.count, waits.oldestDays)}`
    : undefined;
