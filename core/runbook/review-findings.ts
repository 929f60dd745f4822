import { localDay } from '../calendar/period.ts';
import { workingDaysBetween } from '../calendar/working-days.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { type ReviewRules, reviewRulesOf, workingCalendarOf } from '../distribution/review-rules.ts';
import type { Office } from '../distribution/reviews.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { isOpenReview, type Review } from '../review/review.ts';
import type { Finding } from './finding.ts';
import { listed, shown } from './words.ts';

interface ReviewFacts {
  readonly now: string;
  /** The open ones. */
  readonly reviews: readonly Review[];
  /** Whom the file names and no mail reaches. */
  readonly unheard: readonly { readonly address: string }[];
  /** The open ones that nobody whom the file names can sign. */
  readonly unsigned?: readonly PostmortemId[] | undefined;
}

/** In working days after the day on which it was due. Reminders go silent then. */
const longOverdue = 10;
const mostNamed = 5;

/**
 * What operators have to know of reviews: what waits for nobody, what is long overdue, and by which
 * days it is counted.
 */
export function reviewFindings(distribution: Distribution, facts: ReviewFacts): Finding[] {
  const open = facts.reviews.filter(isOpenReview);
  const rules = reviewRulesOf(distribution);
  const days = withoutHolidays(distribution, facts.now);
  if (!rules) return [...(open.length === 0 ? [] : [left(open)]), ...days];
  // Nobody can act on what is hidden. It gets a new day once it is shown.
  const seen = open.filter(({ hidden }) => !hidden);
  const isLate = ({ dueOn }: (typeof open)[number]) => workingDaysSince(dueOn, distribution, facts.now) >= longOverdue;
  const awaited = seen.filter((review) => review.state === 'awaiting postmortem' && isLate(review));
  const waiting = seen.filter((review) => review.state === 'in review');
  const late = waiting.filter(isLate);
  const nobodyHears = unreached(rules, waiting, facts);
  return [
    ...(nobodyHears.length > 0 ? nobodyHears : unsigned(waiting, facts)),
    ...(awaited.length === 0 ? [] : [missing(awaited)]),
    ...(late.length === 0 ? [] : [overdue(late)]),
    ...days,
  ];
}

/** From this month on the holidays of the next year are missed. */
const nextYearFrom = 11;

/** A file that names holidays, and none of this year or, late in it, of the next. */
function withoutHolidays(distribution: Distribution, now: string): Finding[] {
  const { zone, holidays } = workingCalendarOf(distribution);
  const { year, month } = localDay(new Date(now), zone);
  const years = new Set(holidays.map((day) => Number(day.slice(0, 4))));
  const isUsed = distribution.reviews !== undefined || distribution.reminders !== undefined;
  const missed =
    !isUsed || years.size === 0 ? undefined : [year, ...(month >= nextYearFrom ? [year + 1] : [])].find((one) => !years.has(one));
  if (missed === undefined) return [];
  return [
    {
      kind: 'holidays-missing',
      area: 'reviews',
      urgency: 'soon',
      what: `The file names holidays, and none of ${missed}`,
      why: 'people are reminded on days on which nobody works, and these count for deadlines',
      remedy: `Add those of ${missed} to organisation.holidays and apply the file.`,
    },
  ];
}

const workingDaysSince = (day: string, distribution: Distribution, now: string): number => {
  const calendar = workingCalendarOf(distribution);
  return workingDaysBetween(day, localDay(new Date(now), calendar.zone), calendar);
};

function unreached(rules: ReviewRules, waiting: readonly Review[], { unheard }: ReviewFacts): Finding[] {
  const isUnheard = ({ address }: Office) => unheard.some((one) => one.address.toLowerCase() === address.toLowerCase());
  const offices = [...rules.reviewers, ...rules.escalateTo];
  if (!offices.every(isUnheard)) return [];
  return [
    {
      kind: 'reviews-without-reviewers',
      area: 'reviews',
      urgency: 'now',
      what: `No mail reaches any reviewer whom the file names (${listed(offices.map((one) => shown(one.as)))})`,
      why:
        waiting.length === 0
          ? 'nobody will decide on what postmortems promise'
          : `${counted(waiting.length, 'review')} ${waiting.length === 1 ? 'waits' : 'wait'} for nobody`,
      remedy:
        'Name somebody else under reviews in the file and apply it, or see to it that mail reaches them: afterword people show ADDRESS',
      ...named(waiting),
    },
  ];
}

/** Whoever is left wrote the postmortem, or may have. */
function unsigned(waiting: readonly Review[], { unsigned: ids = [] }: ReviewFacts): Finding[] {
  const some = waiting.filter(({ postmortem }) => ids.includes(postmortem));
  if (some.length === 0) return [];
  return [
    {
      kind: 'reviews-nobody-signs',
      area: 'reviews',
      urgency: 'now',
      what: `${counted(some.length, 'review')} can be signed by nobody whom the file names`,
      why: 'each reviewer sent the postmortem, may be among its authors, or is not active any more',
      remedy:
        'Name another reviewer under reviews in the file and apply it, or waive the review: afterword reviews waive POSTMORTEM --reason TEXT',
      ...named(some),
    },
  ];
}

const missing = (awaited: readonly Review[]): Finding => ({
  kind: 'postmortems-missing',
  area: 'reviews',
  urgency: 'soon',
  what: `${counted(awaited.length, 'postmortem')} ${awaited.length === 1 ? 'is' : 'are'} missing, ${longOverdue} working days or longer after ${awaited.length === 1 ? 'its' : 'their'} day`,
  why: `nobody is reminded of ${awaited.length === 1 ? 'it' : 'them'} any more, and nobody learns from the incident`,
  remedy: 'Ask their teams (afterword reviews --overdue), or waive the review: afterword reviews waive POSTMORTEM --reason TEXT',
  ...named(awaited),
});

const overdue = (late: readonly Review[]): Finding => ({
  kind: 'reviews-overdue',
  area: 'reviews',
  urgency: 'soon',
  what: `${counted(late.length, 'review')} ${late.length === 1 ? 'is' : 'are'} overdue by ${longOverdue} working days or longer`,
  why: `nobody is reminded of ${late.length === 1 ? 'it' : 'them'} any more, and what ${late.length === 1 ? 'the postmortem promises' : 'the postmortems promise'} is not decided on`,
  remedy: 'Ask the reviewers (afterword reviews --overdue), or waive the review: afterword reviews waive POSTMORTEM --reason TEXT',
  ...named(late),
});

/** The file asked for reviews once, and does not any more. */
const left = (open: readonly Review[]): Finding => ({
  kind: 'reviews-left',
  area: 'reviews',
  urgency: 'later',
  what: `${counted(open.length, 'review')} ${open.length === 1 ? 'is' : 'are'} open, and the file has no reviews:`,
  why: `nobody can decide on ${open.length === 1 ? 'it or sign it' : 'them or sign them'} off`,
  remedy: 'Put reviews: back into the file and apply it, or waive them: afterword reviews waive POSTMORTEM --reason TEXT',
  ...named(open),
});

const named = (reviews: readonly Review[]) => ({ postmortems: reviews.slice(0, mostNamed).map(({ postmortem }) => postmortem) });
const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
