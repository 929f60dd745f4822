import { createHash } from 'node:crypto';
import type { HttpAnswer } from '../shared/http-answer.ts';
import type { PageRequest } from '../shared/pages/page-route.ts';

/**
 * Lets caches keep an answer for a minute, and search engines index it if the file does not say
 * otherwise: it is the same for everybody. Whoever has the same bytes already is answered 304.
 */
export function forAnybody(answer: HttpAnswer, { ifNoneMatch }: Pick<PageRequest, 'ifNoneMatch'>, isIndexed: boolean): HttpAnswer {
  const { 'x-robots-tag': robots = '', 'content-type': type = '', ...others } = answer.headers ?? {};
  const etag = `"${createHash('sha256')
    .update(answer.body ?? '')
    .digest('base64url')}"`;
  const headers = { ...others, ...(!isIndexed && { 'x-robots-tag': robots }), 'cache-control': 'public, max-age=60', etag };
  if (answer.statusCode === 200 && isAmong(etag, ifNoneMatch)) return { statusCode: 304, headers, body: '' };
  return { ...answer, headers: { ...headers, 'content-type': type } };
}

/** By weak comparison (RFC 9110): a cache that compresses makes a tag weak. */
const isAmong = (etag: string, asked: string): boolean =>
  asked.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
