import type { Distribution } from '../../core/distribution/distribution.ts';
import { tracksOpens } from '../../core/distribution/stream-rules.ts';
import { trapPage } from '../../core/feedback/looks.ts';
import type { WebDeps } from './deps.ts';
import type { Look } from './page-route.ts';
import type { Reader } from './reader.ts';

/**
 * Keeps that a reader, or whatever followed the links of their mail, saw a page: an estimate, told by team and never by person. Nothing is kept
 * of who switched that off, of streams that go without it, and of a request for headers.
 */
export async function noteSeen(
  { holder: { claims, profile }, edition, stream }: Reader,
  { isHead, userAgent }: Look,
  page: string,
  { look }: Pick<WebDeps, 'look'>,
  distribution: Pick<Distribution, 'streams'>,
): Promise<void> {
  const isTold = edition !== undefined && stream !== undefined && profile.tracking !== false && tracksOpens(distribution, stream);
  if (isTold && !isHead) await look(edition, profile.sid, { page, isTrap: page === trapPage, userAgent, sentAt: claims.issuedAt });
}
