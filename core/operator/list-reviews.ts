import { Temporal } from 'temporal-polyfill';
import type { ActionRow } from '../action/action.ts';
import { localDay, midnight } from '../calendar/period.ts';
import { type WorkingCalendar, workingDaysBetween } from '../calendar/working-days.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { isUndecided } from '../review/decide.ts';
import type { ReviewLists } from '../review/ports.ts';
import { isOpenReview, type Review, type ReviewState } from '../review/review.ts';
import { dayMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { withoutAddresses } from './list-actions.ts';
import type { ReviewsAnswer, ShownReview } from './reviews-api.ts';

export interface ListReviewsDeps {
  readonly reviews: ReviewLists;
  /** Consistent. Those that do not exist are left out. */
  readonly postmortems: (ids: readonly PostmortemId[]) => Promise<ReadonlyMap<PostmortemId, Pick<StoredPostmortem, 'postmortem'>>>;
  /** All of one postmortem. Consistent. */
  readonly actionsOf: (postmortem: PostmortemId) => Promise<readonly ActionRow[]>;
  readonly calendar: WorkingCalendar;
  readonly now: Date;
  readonly seesAddresses: boolean;
}

export interface WantedReviews {
  readonly state?: ReviewState | undefined;
  readonly isOverdue?: boolean | undefined;
  /** For those that are over. Default: {@link usualDays} ago. */
  readonly since?: PlainDate | undefined;
}

/** How many days back those that are over are looked at, unless told. */
export const usualDays = 31;
const mostShown = 1000;

/** Where reviews stand, for operators: those of restricted postmortems are among them. */
export async function listReviews({ state, isOverdue, since }: WantedReviews, deps: ListReviewsDeps): Promise<ReviewsAnswer> {
  const { reviews, calendar, now } = deps;
  const from =
    since === undefined ? new Date(now.getTime() - usualDays * dayMs) : new Date(midnight(Temporal.PlainDate.from(since), calendar.zone));
  const wantsClosed = !isOverdue && (state === undefined || !isOpenState(state));
  const wantsOpen = state === undefined || isOpenState(state);
  const all = [...(wantsOpen ? await reviews.open() : []), ...(wantsClosed ? await reviews.closed(from, now) : [])];
  const matching = onceEach(all).filter(
    (review) => (state === undefined || review.state === state) && (!isOverdue || lateness(review, deps) > 0),
  );
  const sorted = matching.toSorted(inOrder(deps));
  const day = localDay(from, calendar.zone);
  return {
    reviews: await shownReviews(sorted.slice(0, mostShown), deps),
    notLookedAt: [
      ...(sorted.length > mostShown ? [`There are ${sorted.length}. Only ${mostShown} of them are shown.`] : []),
      ...(wantsClosed && since === undefined
        ? [`Not looked at: reviews that were over before ${day}. Name an earlier day to include them.`]
        : []),
    ],
  };
}

const isOpenState = (state: ReviewState): boolean => state === 'awaiting postmortem' || state === 'in review';

/** One that moved between the two reads is found in both lists. The later write counts. */
const onceEach = (all: readonly Review[]): Review[] => {
  const found = new Map<PostmortemId, Review>();
  for (const review of all) if ((found.get(review.postmortem)?.version ?? 0) < review.version) found.set(review.postmortem, review);
  return [...found.values()];
};

/** Reviews as operators see them. Those whose postmortem does not exist are left out. */
export async function shownReviews(reviews: readonly Review[], deps: Omit<ListReviewsDeps, 'reviews'>): Promise<ShownReview[]> {
  const known = await deps.postmortems(reviews.map(({ postmortem }) => postmortem));
  const clean = withoutAddresses(deps);
  const undecided = await stillUndecided(reviews, deps);
  return reviews.flatMap((review) => {
    const stored = known.get(review.postmortem);
    if (!stored) return [];
    const { title, owningTeam, services, restricted, status } = stored.postmortem;
    const late = lateness(review, deps);
    // Of a postmortem that is awaited, its draft is what is asked for.
    const isUntold = review.hidden || (!isTellable(stored.postmortem) && !(status === 'draft' && review.state === 'awaiting postmortem'));
    const isNamed = !isUntold && !restricted;
    return [
      {
        postmortem: review.postmortem,
        title: isNamed ? clean(title) : review.postmortem,
        severity: review.severity,
        state: review.state,
        since: sinceOf(review),
        preliminary: review.preliminary,
        services: isNamed ? services : [],
        ...(isOpenReview(review) && { dueOn: review.dueOn }),
        ...(late > 0 && { overdueBy: late }),
        ...(isNamed && owningTeam !== undefined && { team: clean(owningTeam) }),
        ...partOf(review, undecided.get(review.postmortem)),
        ...(!isTellable(stored.postmortem) && { hidden: restricted ? 'restricted' : status }),
      },
    ];
  });
}

/** How many of the actions that sign-offs left without a decision have none by now. */
async function stillUndecided(reviews: readonly Review[], { actionsOf, now }: Pick<ListReviewsDeps, 'actionsOf' | 'now'>) {
  const left = reviews.flatMap((review) => (review.state === 'reviewed' && review.undecided > 0 ? [review] : []));
  const counted = await fewAtATime(left, async ({ postmortem, undecided }) => {
    const open = (await actionsOf(postmortem)).filter((row) => isUndecided(row, now)).length;
    return [postmortem, Math.min(undecided, open)] as const;
  });
  return new Map(counted);
}

/** What is told of its state alone. */
function partOf(review: Review, undecided = 0): Partial<ShownReview> {
  const before = review.before && { as: review.before.as, reviewedAt: review.before.at };
  switch (review.state) {
    case 'awaiting postmortem':
      return { ...before };
    case 'in review':
      return { ...before, ...(review.again && { again: review.again }) };
    case 'reviewed':
      return { as: review.as, undecided };
    case 'waived':
      return { as: review.as, reason: review.reason };
    case 'closed':
      return { why: review.why };
    default:
      return review satisfies never;
  }
}

function sinceOf(review: Review): Instant {
  if (review.state === 'awaiting postmortem') return review.declaredAt;
  return review.state === 'in review' ? review.openedAt : review.at;
}

/** How many open reviews and awaited postmortems are overdue. Undefined if none is. */
export function overdueReviews(
  open: readonly Review[],
  deps: Pick<ListReviewsDeps, 'calendar' | 'now'>,
): { readonly reviews: number; readonly postmortems: number; readonly days: number } | undefined {
  const late = open.filter((review) => lateness(review, deps) > 0);
  if (late.length === 0) return undefined;
  const reviews = late.filter(({ state }) => state === 'in review').length;
  return { reviews, postmortems: late.length - reviews, days: Math.max(...late.map((review) => lateness(review, deps))) };
}

/** In working days after the day on which it is due. 0 while it is hidden: nobody can act on it. */
const lateness = (review: Review, { calendar, now }: Pick<ListReviewsDeps, 'calendar' | 'now'>): number =>
  isOpenReview(review) && !review.hidden ? workingDaysBetween(review.dueOn, localDay(now, calendar.zone), calendar) : 0;

const inOrder =
  (deps: Pick<ListReviewsDeps, 'calendar' | 'now'>) =>
  (a: Review, b: Review): number => {
    const [one, other] = [placeOf(a), placeOf(b)];
    return (
      Number(isOpenReview(b)) - Number(isOpenReview(a)) || lateness(b, deps) - lateness(a, deps) || (one < other ? -1 : Number(one > other))
    );
  };
/** Open ones by due day, those that are over the latest first. */
const placeOf = (review: Review): string =>
  isOpenReview(review) ? `${review.dueOn}#${review.postmortem}` : String(1e14 - Date.parse(sinceOf(review))).padStart(16, '0');
