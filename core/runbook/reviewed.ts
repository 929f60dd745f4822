import type { Distribution } from '../distribution/distribution.ts';
import { reviewRulesOf, workingCalendarOf, workingMorningOf } from '../distribution/review-rules.ts';
import type { Office } from '../distribution/reviews.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { severities } from '../postmortem/postmortem.ts';
import { blocks, bullets, code, listed, type Markdown, md, person, table } from './markdown.ts';

const office = ({ address, as }: Office): Markdown => md`${as} (${person(address)})`;
const workingDays = (n: number): string => (n === 1 ? '1 working day' : `${n} working days`);

/** Which postmortems leadership reviews, by when, and who is asked. */
export function whatIsReviewed(distribution: Distribution): Markdown {
  const rules = reviewRulesOf(distribution);
  if (!rules) return md`Nothing: the file has no ${code('reviews')}, so nobody is asked to decide on what a postmortem promises.`;
  const labels = labelsOf(distribution);
  const reviewed = severities.filter((severity) => rules.severities.includes(severity));
  const [first, second] = rules.escalateTo;
  return blocks(
    table(
      ['Severity', 'Its postmortem is to be published', 'Its review is due'],
      reviewed.map((severity) => [
        labels[severity],
        `${workingDays(rules.postmortemWithin[severity])} after the incident was told of as a draft`,
        `${workingDays(rules.dueAfter[severity])} after it was published`,
      ]),
    ),
    bullets([
      md`Reviewers: ${listed(rules.reviewers.map(office))}. They decide on each action that the postmortem promises, and sign the review off, on the page that their mails lead to. Nobody signs off alone what they wrote.`,
      first &&
        md`Once a review is long overdue, ${office(first)} is asked too${second ? md`, later ${office(second)}` : ''}. They may decide as reviewers do.`,
      md`What is decided counts from ${workingMorningOf(distribution)} on the next working day. Until then it can be undone.`,
      md`A review opens again for a new action with a cost or a consequence or of priority P0 or P1, and for a raise to ${labels.sev1}. Archives open none.`,
      workingDaysOf(distribution),
      md`Where each review stands: ${code('/home/reviews')}, ${code('afterword reviews')}. Operators waive one there, with a reason.`,
    ]),
  );
}

function workingDaysOf(distribution: Distribution): Markdown {
  const { workdays, holidays } = workingCalendarOf(distribution);
  const named = workdays.map((day) => `${day.charAt(0).toUpperCase()}${day.slice(1)}`);
  const off = holidays.length === 0 ? md`No holidays are named` : md`Nobody works on ${listed([...holidays].toSorted())}`;
  return md`Working days are ${listed(named)}. ${off}.`;
}
