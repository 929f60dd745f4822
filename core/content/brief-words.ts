import type { PeriodKind } from '../calendar/recurring.ts';
import type { SeverityLabels } from '../distribution/severity-label.ts';
import { longestSubject } from './digest-words.ts';
import type { PeriodCounts } from './period-counts.ts';
import { capitalised, counted, inWords, shortened } from './prose.ts';

/** What the news of a period is made of. Whatever is not known is undefined, and nothing is said of it. */
export interface BriefNews {
  readonly kind: PeriodKind;
  readonly labels: SeverityLabels;
  readonly told: PeriodCounts;
  readonly before: PeriodCounts | undefined;
  /** `in September`, `the week before`. */
  readonly formerly: string;
  /** Promises kept on time, in percent: now and in the period before. */
  readonly onTime: number | undefined;
  readonly onTimeBefore: number | undefined;
  readonly overdue: { readonly count: number; readonly longestDays: number };
}

/** `Fewer incidents, slower promises. Two were Sev-1; nine actions are overdue, one of them by 40 days.` */
export function briefHeadline(news: BriefNews): string {
  const rest = [gravest(news), overdue(news)].filter(Boolean).join('; ');
  return `${trend(news)}.${rest ? ` ${capitalised(rest)}.` : ''}`;
}

/** `October 2026: fewer incidents, slower promises; two were Sev-1`, as many of the facts as fit. */
export function briefSubject(news: BriefNews): string {
  const facts = [gravest(news), news.overdue.count > 0 ? `${counted(news.overdue.count, 'action')} overdue` : undefined];
  const trendToo = trend(news);
  const start = `${news.told.period.label}: ${trendToo.slice(0, 1).toLowerCase()}${trendToo.slice(1)}`;
  return facts.reduce<string>(
    (subject, fact) => (fact && subject.length + fact.length + 2 <= longestSubject ? `${subject}; ${fact}` : subject),
    shortened(start, longestSubject),
  );
}

const trend = (news: BriefNews): string => [incidents(news), promises(news)].filter(Boolean).join(', ');

function incidents({ kind, told, before, formerly }: BriefNews): string {
  if (told.total === 0) return `A quiet ${kind}`;
  if (!before) return capitalised(counted(told.total, 'incident'));
  if (told.total === before.total) return `As many incidents as ${formerly}`;
  return told.total < before.total ? 'Fewer incidents' : 'More incidents';
}

/** Promises are slower where a smaller share of those that fell due was kept in time. */
function promises({ onTime, onTimeBefore }: BriefNews): string | undefined {
  if (onTime === undefined || onTimeBefore === undefined || onTime === onTimeBefore) return undefined;
  return onTime < onTimeBefore ? 'slower promises' : 'faster promises';
}

function gravest({ told, labels }: BriefNews): string | undefined {
  const severity = (['sev1', 'sev2'] as const).find((grave) => told.of(grave) > 0);
  if (!severity) return undefined;
  const n = told.of(severity);
  return `${inWords(n)} ${n === 1 ? 'was' : 'were'} ${labels[severity]}`;
}

function overdue({ overdue: { count, longestDays } }: BriefNews): string | undefined {
  if (count === 0) return undefined;
  const days = `by ${longestDays} ${longestDays === 1 ? 'day' : 'days'}`;
  return count === 1 ? `one action is overdue, ${days}` : `${inWords(count)} actions are overdue, one of them ${days}`;
}
