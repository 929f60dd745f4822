import { ReviewsAnswer, type ShownReview } from '../../../core/operator/reviews-api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { columns, counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const listHelp = `
Overdue ones come first, the longest before the others, then open ones by due day, then those that were over since --since. Days are
working days of the organisation. Archives are not reviewed and not listed. awaiting postmortem: the incident was told of as a draft, and
its postmortem is missing. The key needs the scope read; without the scope people addresses are left out.

Examples:
  afterword reviews --overdue
  afterword reviews --state reviewed --since 2026-10-01
  afterword reviews waive checkout-outage --reason "was a drill"`;

export interface ListOptions {
  readonly state?: string;
  readonly overdue?: boolean;
  readonly since?: string;
}

/** Lists reviews as they stand. */
export async function listReviews({ api, terminal }: Session, { state, overdue, since }: ListOptions): Promise<ExitCode> {
  const query = new URLSearchParams({ ...(state && { state }), ...(overdue && { overdue: 'true' }), ...(since && { since }) });
  const path = `operator/reviews${query.size > 0 ? `?${query}` : ''}`;
  const { body } = await api({ method: 'GET', path }, ReviewsAnswer);
  const { reviews, notLookedAt } = body;
  if (reviews.length > 0) terminal.say(...columns(['POSTMORTEM', 'SEVERITY', 'STATE', 'DUE', 'SINCE', 'TITLE'], reviews.map(rowOf)), '');
  terminal.say(reviews.length === 0 ? 'Nothing matches that.' : `${counted(reviews.length, 'review')}.`);
  if (reviews.some(isHeld)) terminal.say(heldWords);
  terminal.say(...notLookedAt.map(printableLine));
  terminal.answer(body);
  return exitCodes.ok;
}

/** Open, and of a restricted postmortem. */
const isHeld = ({ dueOn, hidden }: ShownReview): boolean => dueOn !== undefined && hidden === 'restricted';
const heldWords =
  'restricted: no reviewer sees it, and it is never overdue. Once the restriction is lifted it gets a new day. To end it: afterword reviews waive POSTMORTEM --reason TEXT';

const rowOf = (review: ShownReview): string[] => [
  review.postmortem,
  review.severity,
  stateWords(review),
  review.dueOn === undefined ? '-' : `${review.dueOn}${review.overdueBy === undefined ? '' : `, ${counted(review.overdueBy, 'day')} ago`}`,
  review.since.slice(0, 10),
  review.hidden === undefined ? review.title : `${review.title} (${review.hidden})`,
];

function stateWords({ state, as, again, why, undecided = 0, preliminary }: ShownReview): string {
  const more = [
    ...(state === 'reviewed' || state === 'waived' ? [`by ${as}`] : []),
    ...(again === undefined ? [] : [`again: ${again}`]),
    ...(why === undefined ? [] : [why]),
    ...(undecided === 0 ? [] : [`${undecided} undecided`]),
    ...(state === 'in review' && preliminary ? ['preliminary'] : []),
  ];
  return [state, ...more].join(', ');
}
