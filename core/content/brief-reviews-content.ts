import { daysBetween, daysLate, printDayOf, printPlainDate } from '../calendar/print.ts';
import type { SeverityLabels } from '../distribution/severity-label.ts';
import type { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { type BriefList, briefList } from './brief-list.ts';
import { dotted } from './card-content.ts';
import { untilDue } from './promised-content.ts';
import { capitalised, counted, inWords, printed, shortened } from './prose.ts';

/** A postmortem that waits for leadership's review. */
export interface WaitingReview {
  readonly postmortem: PostmortemId;
  readonly title: string;
  readonly severity: Severity;
  readonly preliminary: boolean;
  readonly openedAt: Instant;
  readonly dueOn: PlainDate;
  /** Why it is open again after it was reviewed. */
  readonly again?: 'new action' | 'raised' | undefined;
}

/**
 * An incident that was told of, and that has no postmortem yet. Nothing else of it is known here.
 */
export interface AwaitedPostmortem {
  readonly postmortem: PostmortemId;
  readonly severity: Severity;
  readonly declaredAt: Instant;
  readonly dueOn: PlainDate;
}

interface Printing {
  readonly now: Date;
  readonly zone: string;
  readonly labels: SeverityLabels;
}

export const days = (n: number): string => `${n} day${n === 1 ? '' : 's'}`;
/** `for 19 days`, `since today`. */
export const forDays = (n: number): string => (n < 1 ? 'since today' : `for ${days(n)}`);
/** How long the oldest of these waits, in days. */
export const oldestDays = (since: readonly Instant[], now: Date, zone: string): number =>
  Math.max(0, ...since.map((at) => daysBetween(at, now, zone)));
/** `, the oldest for 19 days`. Nothing if all came today. */
export const theOldest = (n: number, oldest: number): string =>
  oldest < 1 ? '' : n === 1 ? `, for ${days(oldest)}` : `, the oldest for ${days(oldest)}`;

/** What waits for review, by the day on which it is due. Undefined if nothing does. */
export function reviewsContent(reviews: readonly WaitingReview[], { now, zone, labels }: Printing): BriefList | undefined {
  const inOrder = reviews.toSorted(
    (a, b) => a.dueOn.localeCompare(b.dueOn) || Date.parse(a.openedAt) - Date.parse(b.openedAt) || (a.postmortem < b.postmortem ? -1 : 1),
  );
  const late = reviews.filter(({ dueOn }) => daysLate(dueOn, now, zone) > 0).length;
  const oldest = oldestDays(
    reviews.map(({ openedAt }) => openedAt),
    now,
    zone,
  );
  const overdue = late > 0 ? `, ${late < reviews.length ? `${inWords(late)} ` : late > 1 ? 'all ' : ''}overdue` : '';
  return briefList(
    {
      heading: 'Waiting for review',
      intro: `${capitalised(counted(reviews.length, 'postmortem'))} ${reviews.length === 1 ? 'waits' : 'wait'}${theOldest(reviews.length, oldest)}${overdue}.`,
      leads: 'decide',
      instead: 'Postmortems wait for review. This mail does not list them.',
    },
    inOrder.map((review) => ({
      title: titleOf(review.title),
      meta: [
        dotted([
          labels[review.severity],
          `waits ${forDays(daysBetween(review.openedAt, now, zone))}`,
          daysLate(review.dueOn, now, zone) > 0 ? `due ${printPlainDate(review.dueOn, now, zone)}` : undefined,
        ]),
        ...sentence([
          review.again === 'new action' && 'Open again: an action was added.',
          review.again === 'raised' && 'Open again: it is more severe now.',
          review.preliminary && 'The account is preliminary.',
        ]),
      ],
      age: byDay(review.dueOn, now, zone),
      late: daysLate(review.dueOn, now, zone) > 0,
      postmortem: review.postmortem,
    })),
  );
}

/** The longest known first. */
export const inOrderOfAge = (awaited: readonly AwaitedPostmortem[]): AwaitedPostmortem[] =>
  awaited.toSorted((a, b) => Date.parse(a.declaredAt) - Date.parse(b.declaredAt) || (a.postmortem < b.postmortem ? -1 : 1));

/**
 * Incidents without a postmortem, the longest first: severity, day and id. Undefined if there are
 * none.
 */
export function awaitedContent(awaited: readonly AwaitedPostmortem[], { now, zone, labels }: Printing): BriefList | undefined {
  const n = awaited.length;
  return briefList(
    {
      heading: 'Without a postmortem',
      intro: `${capitalised(counted(n, 'incident'))} ${n === 1 ? 'has' : 'have'} no postmortem yet.`,
      leads: 'nowhere',
      instead: '',
    },
    inOrderOfAge(awaited).map(({ postmortem, severity, declaredAt, dueOn }) => ({
      title: `${labels[severity]}, told of on ${printDayOf(declaredAt, now, zone)}`,
      meta: [postmortem],
      age: untilDue(-daysLate(dueOn, now, zone)),
      late: daysLate(dueOn, now, zone) > 0,
      postmortem,
    })),
  );
}

/** `due 14 December`, `due today`, `3 days late`: a day is said once. */
const byDay = (dueOn: PlainDate, now: Date, zone: string): string =>
  daysLate(dueOn, now, zone) < 0 ? `due ${printPlainDate(dueOn, now, zone)}` : untilDue(-daysLate(dueOn, now, zone));

export const titleOf = (title: string): string => shortened(printed(title), 160);
const sentence = (parts: readonly (string | false)[]): string[] => {
  const said = parts.filter((part) => part !== false).join(' ');
  return said === '' ? [] : [said];
};
