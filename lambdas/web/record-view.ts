import type { Distribution } from '../../core/distribution/distribution.ts';
import { tracksOpens } from '../../core/distribution/stream-rules.ts';
import { honeypotPage } from '../../core/feedback/page-views.ts';
import type { PageRequest } from '../shared/pages/page-route.ts';
import type { WebDeps } from './deps.ts';
import type { Reader } from './reader.ts';

/**
 * Records that a reader saw a page, or that a program followed the links of their mail. This is an
 * estimate, reported by team and never by person. Nothing is recorded for readers who switched it
 * off, for streams without it, or for a request for headers.
 */
export async function recordView(
  { holder: { claims, profile }, edition, stream }: Reader,
  { isHead, userAgent }: PageRequest,
  page: string,
  { recordView }: Pick<WebDeps, 'recordView'>,
  distribution: Pick<Distribution, 'streams'>,
): Promise<void> {
  const isTold = stream !== undefined && profile.tracking !== false && tracksOpens(distribution, stream);
  if (isTold && !isHead)
    await recordView(edition, profile.sid, { page, isTrap: page === honeypotPage, userAgent, sentAt: claims.issuedAt });
}
