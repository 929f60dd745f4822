import type { DefaultDueRules } from '../action/default-due.ts';
import { type Weekday, weekdays } from '../calendar/schedule.ts';
import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { Severity } from '../postmortem/postmortem.ts';
import type { Distribution } from './distribution.ts';
import type { Office } from './reviews.ts';

const usualWorkdays: readonly Weekday[] = weekdays.slice(0, 5);
const usualReviewed = ['sev1', 'sev2'] as const satisfies readonly Severity[];
const usualDueAfter: Readonly<Record<Severity, number>> = { sev1: 5, sev2: 10, sev3: 20, sev4: 20, unclassified: 20 };
const usualPostmortemWithin: Readonly<Record<Severity, number>> = { sev1: 3, sev2: 5, sev3: 10, sev4: 10, unclassified: 10 };
/** When the working morning begins, if the file has no reminders. */
const usualMorning = '08:00';

/** The organisation's working days: Monday to Friday if the file does not say. */
export const workingCalendarOf = ({ organisation }: Pick<Distribution, 'organisation'>): WorkingCalendar => ({
  zone: organisation.zone,
  workdays: organisation.workdays ?? usualWorkdays,
  holidays: organisation.holidays ?? [],
});

/** The time of day at which reminders leave and decisions take effect. */
export const workingMorningOf = ({ reminders }: Pick<Distribution, 'reminders'>): string => reminders?.at ?? usualMorning;

/** When actions without a day count as due. Undefined: never. */
export const defaultDueOf = ({ actions, organisation }: Pick<Distribution, 'actions' | 'organisation'>): DefaultDueRules | undefined =>
  actions && { zone: organisation.zone, dueAfter: actions.dueAfter };

export interface ReviewRules {
  readonly severities: readonly Severity[];
  readonly reviewers: readonly Office[];
  readonly escalateTo: readonly Office[];
  /** In working days. */
  readonly dueAfter: Readonly<Record<Severity, number>>;
  /** In working days. */
  readonly postmortemWithin: Readonly<Record<Severity, number>>;
}

/** Undefined: nothing is reviewed. */
export function reviewRulesOf({ reviews }: Pick<Distribution, 'reviews'>): ReviewRules | undefined {
  return (
    reviews && {
      severities: reviews.severities ?? usualReviewed,
      reviewers: reviews.reviewers,
      escalateTo: reviews.escalateTo ?? [],
      dueAfter: { ...usualDueAfter, ...reviews.dueAfter },
      postmortemWithin: { ...usualPostmortemWithin, ...reviews.postmortemWithin },
    }
  );
}
