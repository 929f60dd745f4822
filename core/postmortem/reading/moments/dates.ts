import { type Instant, type PlainDate, toInstant } from '../../../shared/instant.ts';

const instantForm =
  /^(\d{4})-(\d\d)-(\d\d)(?:(?:[Tt]|\s+)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/;
const firstYear = 1600;

/**
 * Reads an instant as people write it, with any offset, and makes it canonical. Without an offset
 * it is UTC, and a day alone is its midnight in UTC. Cuts off anything finer than milliseconds.
 * Undefined if it is not an instant, if the date does not exist, or if it is before the year 1600.
 */
export function readInstant(text: string): Instant | undefined {
  const match = instantForm.exec(text.trim().replace(/^(\d{4})\/(\d\d)\/(\d\d)(?!\d)/, '$1-$2-$3'));
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digits) => Number(digits ?? 0));
  if (year === undefined || month === undefined || day === undefined || year < firstYear || !dayExists(year, month, day)) return undefined;
  if (hour === undefined || minute === undefined || second === undefined || hour > 23 || minute > 59 || second > 60) return undefined;
  const offset = minutesOf(match[8] ?? 'Z');
  if (offset === undefined) return undefined;
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  return toInstant(new Date(Date.UTC(year, month - 1, day, hour, minute - offset, Math.min(second, 59), milliseconds)));
}

function minutesOf(offset: string): number | undefined {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(offset);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 18 * 60 || Number(match[3] ?? 0) > 59) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}

const dayExists = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName = String.raw`(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const dayFirst = new RegExp(String.raw`^(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?${monthName}(?:,?\s+(\d{4}))?$`, 'i');
const monthFirst = new RegExp(String.raw`^${monthName}\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?$`, 'i');

/**
 * Reads a day as people write it: `2026-12-04`, `4 December 2026`, `Dec 4`. Without a year it is
 * the first such day from `since` on, in that year or the next.
 */
export function readDay(text: string, since: Date): PlainDate | undefined {
  const trimmed = text.trim();
  const instant = readInstant(trimmed);
  if (instant !== undefined) return trimmed.slice(0, 10).replaceAll('/', '-');
  const named = dayFirst.exec(trimmed);
  if (named !== null) return dayOf(named[3], named[2], named[1], since);
  const american = monthFirst.exec(trimmed);
  return american === null ? undefined : dayOf(american[3], american[1], american[2], since);
}

function dayOf(year: string | undefined, monthWord: string | undefined, day: string | undefined, since: Date): PlainDate | undefined {
  const month = months.indexOf((monthWord ?? '').slice(0, 3).toLowerCase()) + 1;
  const written = (y: number) => `${y}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const exists = (y: number) => y >= firstYear && dayExists(y, month, Number(day));
  if (year !== undefined) return exists(Number(year)) ? written(Number(year)) : undefined;
  const today = since.toISOString().slice(0, 10);
  const thisYear = since.getUTCFullYear();
  return [thisYear, thisYear + 1]
    .filter(exists)
    .map(written)
    .find((candidate) => candidate >= today);
}

/**
 * Reads an instant in a body, which may also be a written-out day: `4 December 2026`. Undefined if
 * the year would be a guess.
 */
export function readWrittenInstant(text: string): Instant | undefined {
  const instant = readInstant(text);
  if (instant !== undefined || !/\d{4}/.test(text)) return instant;
  const day = readDay(text, new Date(0));
  return day === undefined ? undefined : readInstant(day);
}
