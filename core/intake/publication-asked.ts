import { readMoments } from '../postmortem/reading/moments/read-moments.ts';
import { dayMs } from '../shared/duration.ts';
import { Refused } from '../shared/errors.ts';
import { asInstant, type PublicationAsked } from './publication.ts';

/**
 * Reads `publishedAt` (a day or an instant) and `history` (true or false), which say beside a
 * document when it was published. Throws `Refused`, which names the parameter.
 */
export function publicationAsked(query: URLSearchParams, { now, zone = 'UTC' }: { now: Date; zone?: string }): PublicationAsked {
  const [date, history] = [query.get('publishedAt'), query.get('history')];
  if (history !== null && history !== 'true' && history !== 'false') {
    throw refusal('history', 'is neither true nor false', 'For example history=true.');
  }
  if (date === null) return { history: history === 'true' };
  const read = readMoments(date, { zone });
  if (read.kind !== 'moments' || read.end !== undefined) {
    throw refusal('publishedAt', 'is not a day or an instant', 'For example publishedAt=2026-01-14.');
  }
  const publishedAt = asInstant(read.start);
  if (Date.parse(publishedAt) > now.getTime() + dayMs) {
    throw refusal('publishedAt', `is in the future (${publishedAt})`, 'Send it again once it is published.');
  }
  return { publishedAt, history: history === 'true' };
}

const refusal = (field: string, problem: string, remedy: string) => new Refused('content', [{ field, problem, remedy }]);
