import type { Postmortem } from '../postmortem/postmortem.ts';
import { dayMs } from '../shared/duration.ts';

/**
 * In days. A postmortem published longer ago than this is history: it is not sent to readers who
 * want each one as it is published.
 */
export const newsDays = 14;

/**
 * Whether a postmortem was published at most this many days ago. One without a date counts as new.
 */
export const isPublishedWithin = (days: number, { publishedAt }: Pick<Postmortem, 'publishedAt'>, now: Date): boolean =>
  publishedAt === undefined || now.getTime() - Date.parse(publishedAt) <= days * dayMs;
