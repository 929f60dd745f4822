/** @jsxImportSource hono/jsx */
import { printDayInFull, printPlainDate } from '../../../../core/calendar/print.ts';
import { workingDaysBetween } from '../../../../core/calendar/working-days.ts';
import type { Distribution } from '../../../../core/distribution/distribution.ts';
import { workingCalendarOf } from '../../../../core/distribution/review-rules.ts';
import { labelsOf } from '../../../../core/distribution/severity-label.ts';
import type { Review } from '../../../../core/review/review.ts';
import type { ListedEntry } from '../../../../core/search/search-entry.ts';
import type { PlainDate } from '../../../../core/shared/instant.ts';
import { page } from '../../../shared/pages/shell.tsx';
import { Pills } from '../../../shared/postmortem/pills.tsx';
import { type Acting, ActsAs } from './postmortem-view.tsx';
import type { Telling } from './view.tsx';

export interface ListContent extends Telling {
  readonly whose: Distribution;
  readonly acting: Acting;
  /** Today, in the organisation's zone. */
  readonly today: PlainDate;
  readonly open: readonly { readonly review: Review & { state: 'in review' }; readonly told: ListedEntry; readonly path: string }[];
  readonly awaited: readonly (Review & { state: 'awaiting postmortem' })[];
}

/** What waits for a reviewer, the one that is due first before the others. */
export const listPage = ({ whose, acting, today, open, awaited, now, zone }: ListContent) =>
  page({
    title: 'Reviews that wait for you',
    whose,
    wide: true,
    children: (
      <>
        <h1>Reviews that wait for you</h1>
        <ActsAs acting={acting} />
        <section class="panel">
          {open.length === 0 ? (
            <p>No review waits for you.</p>
          ) : (
            <ul class="hits">
              {open.map(({ review, told, path }) => (
                <li>
                  <Pills severity={told.severity} label={labelsOf(whose)[told.severity]} status={told.status} />
                  <h2>
                    <a href={path} dir="auto">
                      {told.title}
                    </a>
                  </h2>
                  <p class="m small">{dueWords(review.dueOn, today, whose, { now, zone })}</p>
                </li>
              ))}
            </ul>
          )}
        </section>
        {awaited.length > 0 && (
          <section class="panel" aria-labelledby="awaited">
            <h2 id="awaited">Incidents without a postmortem</h2>
            <ul class="hits">
              {awaited.map((review) => (
                <li>
                  <Pills severity={review.severity} label={labelsOf(whose)[review.severity]} status="draft" />
                  <p>
                    {review.postmortem} <span class="m">· {dueWords(review.dueOn, today, whose, { now, zone })}</span>
                  </p>
                </li>
              ))}
            </ul>
          </section>
        )}
        <footer>This link works until {printDayInFull(acting.until, now, zone)}. The mails that ask you bring a new one.</footer>
      </>
    ),
  });

function dueWords(dueOn: PlainDate, today: PlainDate, whose: Distribution, { now, zone }: Telling): string {
  if (dueOn === today) return 'Due today';
  if (dueOn > today) return `Due on ${printPlainDate(dueOn, now, zone)}`;
  const late = workingDaysBetween(dueOn, today, workingCalendarOf(whose));
  return `Was due on ${printPlainDate(dueOn, now, zone)}, ${late} working ${late === 1 ? 'day' : 'days'} ago`;
}
