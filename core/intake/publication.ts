import type { Postmortem } from '../postmortem/postmortem.ts';
import type { Publication, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { Refused } from '../shared/errors.ts';
import { hasTime, type Instant, type Moment, toInstant } from '../shared/instant.ts';

/** What the producer says beside a document about when it was published. */
export interface PublicationAsked {
  /** For a document that gives no date of publication. */
  readonly publishedAt?: Instant | undefined;
  /**
   * It is part of an archive: it counts as published on the day of its incident, and no mail tells
   * of it.
   */
  readonly history?: boolean | undefined;
}

/**
 * Sets when a postmortem was published: by the author's own date, by what was asked beside it, by
 * an earlier revision, else now, in whole seconds. A draft keeps what its author gave. Throws
 * `Refused` for a part of an archive that has no date at all.
 */
export function withPublication(
  postmortem: Postmortem,
  before: StoredPostmortem | undefined,
  asked: PublicationAsked,
  now: Date,
): { readonly postmortem: Postmortem; readonly publication: Publication } {
  const own = postmortem.publishedAt;
  const at = (publishedAt: Instant, publication: Publication) => ({ postmortem: { ...postmortem, publishedAt }, publication });
  if (postmortem.status === 'draft') return { postmortem, publication: 'given' };
  if (asked.history) return at(own ?? incidentDay(postmortem, now) ?? asked.publishedAt ?? refuseUndated(), 'history');
  const given = own ?? asked.publishedAt;
  if (given !== undefined) return at(given, 'given');
  if (before?.postmortem.publishedAt !== undefined) return at(before.postmortem.publishedAt, before.publication ?? 'given');
  const seconds = toInstant(new Date(Math.floor(now.getTime() / 1000) * 1000));
  // Who publishes what was a draft says that it is published now.
  return at(seconds, before?.postmortem.status === 'draft' ? 'given' : 'assumed');
}

/** A date in the future is a mistake, so it is no day of publication. */
function incidentDay({ startedAt, detectedAt, mitigatedAt, resolvedAt }: Postmortem, now: Date): Instant | undefined {
  const day = startedAt ?? detectedAt ?? mitigatedAt ?? resolvedAt;
  return day === undefined || Date.parse(day) > now.getTime() ? undefined : asInstant(day);
}

/** A day of publication is its midnight in UTC. */
export const asInstant = (moment: Moment): Instant => (hasTime(moment) ? moment : `${moment}T00:00:00Z`);

function refuseUndated(): never {
  throw new Refused('content', [
    {
      field: 'publishedAt',
      problem: 'is missing, and there is no date of the incident',
      remedy: 'Give one of them in the document, or beside history a date for all that have none (--published-at, ?publishedAt=).',
    },
  ]);
}
