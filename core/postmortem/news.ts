import { dayMs } from '../shared/duration.ts';
import { hasTime, type Moment } from '../shared/instant.ts';
import type { Postmortem } from './postmortem.ts';
import type { StoredPostmortem } from './stored-postmortem.ts';

/**
 * In days. A postmortem published longer ago than this is history: it is not sent to readers who
 * want each one as it is published.
 */
export const newsDays = 14;

/**
 * In days. An incident older than this was more likely imported from an archive than just written
 * up.
 */
export const longAgoDays = 90;

/**
 * How many weeks back a digest looks for what was published late. A postmortem that changed earlier
 * waits for its next change.
 */
export const lateWeeks = 10;

/**
 * Whether a postmortem was published at most this many days ago. One without a date counts as new.
 */
export const isPublishedWithin = (days: number, { publishedAt }: Pick<Postmortem, 'publishedAt'>, now: Date): boolean =>
  publishedAt === undefined || now.getTime() - Date.parse(publishedAt) <= days * dayMs;

type Dated = Pick<StoredPostmortem, 'postmortem' | 'publication'>;

/**
 * The date by which a postmortem is news: of its publication if the producer gave it, else the last
 * one of the incident. Undefined if there is none (docs/adr/036).
 */
export function newsDateOf({ postmortem, publication }: Dated): Moment | undefined {
  if (publication === 'history') return undefined;
  if (publication !== 'assumed') return postmortem.publishedAt;
  return timesOfIncident(postmortem)
    .toSorted((a, b) => lastInstantOf(a) - lastInstantOf(b))
    .at(-1);
}

/** The times of the incident that are known. */
export const timesOfIncident = ({ startedAt, detectedAt, mitigatedAt, resolvedAt }: Postmortem): Moment[] =>
  [startedAt, detectedAt, mitigatedAt, resolvedAt].filter((moment) => moment !== undefined);

/**
 * How recent it must be to count as just published. Write-ups take weeks, so an incident without a
 * date of publication has more time than a publication.
 */
export const publishedNewsDays = ({ publication }: Pick<StoredPostmortem, 'publication'>): number =>
  publication === 'assumed' ? longAgoDays : newsDays;

/** Whether a mail may tell of it at once. False without a date: no date, no alarm. */
export function isNewsWithin(days: number, stored: Dated, now: Date): boolean {
  const date = newsDateOf(stored);
  return date !== undefined && isWithin(date, days, now);
}

/** Whether a moment is at most so many days before `now`. A day counts until its end. */
export const isWithin = (moment: Moment, days: number, now: Date): boolean => now.getTime() - lastInstantOf(moment) <= days * dayMs;

const lastInstantOf = (moment: Moment): number => Date.parse(moment) + (hasTime(moment) ? 0 : dayMs);
