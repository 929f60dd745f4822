/** @jsxImportSource hono/jsx */
import { printPlainDate } from '../../../core/calendar/print.ts';
import type { ShownReview } from '../../../core/operator/reviews-api.ts';
import { type ReviewState, reviewStates } from '../../../core/review/review.ts';
import type { Visit } from '../guard.ts';
import { When } from '../parts.tsx';
import { counted } from '../words.ts';

export const stateWords: Readonly<Record<ReviewState, { readonly words: string; readonly look: string }>> = {
  'awaiting postmortem': { words: 'Awaiting postmortem', look: 'sev2' },
  'in review': { words: 'In review', look: 'sev3' },
  reviewed: { words: 'Reviewed', look: 'ok' },
  waived: { words: 'Waived', look: '' },
  closed: { words: 'Closed', look: '' },
};

const againWords: Readonly<Record<string, string>> = {
  'new action': 'Open again: a new action came after it was reviewed',
  raised: 'Open again: it was raised to the worst severity',
};

const whyWords: Readonly<Record<string, string>> = {
  downgraded: 'Its severity was lowered',
  retracted: 'Its postmortem was taken back',
  history: 'It is part of an archive',
  'not reviewed': 'The file does not name its severity',
};

interface Props {
  readonly of: ShownReview;
  readonly visit: Visit;
}

/** Where a review stands: a pill, and what more there is to say in one line each. */
export const ReviewStanding = ({ of: review, visit }: Props) => {
  const known = reviewStates.find((state) => state === review.state);
  const { words, look } = known ? stateWords[known] : { words: review.state, look: '' };
  return (
    <>
      <div class="pills">
        <span class={`pill ${review.overdueBy === undefined ? look : 'sev1'}`}>{words}</span>
        {review.state === 'in review' && review.preliminary && <span class="pill sev2">Preliminary</span>}
      </div>
      {linesOf(review).map((line) => (
        <small class="block" dir="auto">
          {line}
        </small>
      ))}
      <small class="m block">
        Since <When at={review.since} visit={visit} />
      </small>
    </>
  );
};

function linesOf({ state, as, again, why, reason, undecided = 0, overdueBy, reviewedAt, dueOn, hidden }: ShownReview): string[] {
  return [
    ...(overdueBy === undefined ? [] : [`Overdue by ${counted(overdueBy, 'working day')}`]),
    ...(dueOn !== undefined && hidden === 'restricted'
      ? ['No reviewer sees it. It gets a new day once the restriction is lifted, or waive it']
      : []),
    ...(again === undefined ? [] : [againWords[again] ?? again]),
    ...(reviewedAt !== undefined && as !== undefined ? [`Reviewed by ${as} on ${reviewedAt.slice(0, 10)}`] : []),
    ...(state === 'reviewed' && as !== undefined ? [`By ${as}`] : []),
    ...(undecided > 0 ? [`${counted(undecided, 'open action')} without a decision`] : []),
    ...(reason === undefined ? [] : [reason]),
    ...(why === undefined ? [] : [whyWords[why] ?? why]),
  ];
}

/** The day on which it is due. */
export const DueOn = ({ of: { dueOn }, visit }: Props) =>
  dueOn === undefined ? <>–</> : <time datetime={dueOn}>{printPlainDate(dueOn, visit.now, visit.distribution.organisation.zone)}</time>;
