import { Temporal } from 'temporal-polyfill';
import { localDay } from '../calendar/period.ts';
import { type WorkingCalendar, workingDayFrom } from '../calendar/working-days.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import type { ListedPostmortem } from '../postmortem/stored-postmortem.ts';
import type { PlainDate } from '../shared/instant.ts';

/** So many days after its publication the authors of a postmortem are thanked. */
export const thanksAfterDays = 7;
/**
 * So many days later they are not any more. Nothing says that a thanks had nothing to tell, so it
 * counts as lost and is asked for again until then.
 */
export const thanksForDays = 7;
/** What was published before cannot be due any more, even after long holidays. */
const longestDays = 30;

/** The first day of publication that may matter to a run on a day. */
export const thanksSince = (day: PlainDate): PlainDate => Temporal.PlainDate.from(day).subtract({ days: longestDays }).toString();

export interface ThanksDays {
  /** The day itself, on which maybe nobody works. */
  readonly due: PlainDate;
  /** The first working day from then on. */
  readonly on: PlainDate;
}

/** When authors are thanked for a postmortem. Undefined: not yet, too late, or never. */
export function thanksDays(
  { publishedAt, status, restricted }: Pick<ListedPostmortem, 'publishedAt' | 'status' | 'restricted'>,
  day: PlainDate,
  calendar: WorkingCalendar,
): ThanksDays | undefined {
  if (publishedAt === undefined || !isTellable({ status, restricted })) return undefined;
  const due = localDay(new Date(publishedAt), calendar.zone).add({ days: thanksAfterDays }).toString();
  // Before the working day is looked for: a date in a file may be of any year.
  if (due > day || due < thanksSince(day)) return undefined;
  const on = workingDayFrom(due, calendar);
  return Temporal.PlainDate.from(on).until(day).days < thanksForDays ? { due, on } : undefined;
}
