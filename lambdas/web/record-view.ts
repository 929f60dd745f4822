import type { Distribution } from '../../core/distribution/distribution.ts';
import { tracksOpens } from '../../core/distribution/stream-rules.ts';
import { honeypotPage } from '../../core/feedback/page-views.ts';
import type { WebDeps } from './deps.ts';
import type { PageRequest } from './page-route.ts';
import type { Reader } from './reader.ts';

/**
 * Keeps that a reader, or whatever followed the links of their mail, saw a page: an estimate, told
 * by team and never by person. Nothing is kept of who switched that off, of streams that go without
 * it, and of a request for headers.
 */
export async function recordView(
  { holder: { claims, profile }, edition, stream }: Reader,
  { isHead, userAgent }: PageRequest,
  page: string,
  { recordView }: Pick<WebDeps, 'recordView'>,
  distribution: Pick<Distribution, 'streams'>,
): Promise<void> {
  const isTold = edition !== undefined && stream !== undefined && profile.tracking !== false && tracksOpens(distribution, stream);
  if (isTold && !isHead)
    await recordView(edition, profile.sid, { page, isTrap: page === honeypotPage, userAgent, sentAt: claims.issuedAt });
}
