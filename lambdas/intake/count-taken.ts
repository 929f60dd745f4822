import type { HttpAnswer } from '../shared/http-answer.ts';
import type { HttpEvent } from '../shared/http-routes.ts';
import { count } from '../shared/metrics.ts';

/**
 * Statuses that the producer has to act on: unreadable, too large, of another type, or not
 * acceptable.
 */
const refusals: readonly unknown[] = [400, 413, 415, 422];

/** Counts postmortems that were taken in or refused. A check counts as neither, nor does a hold. */
export function countTaken(event: Pick<HttpEvent, 'requestContext' | 'rawPath' | 'rawQueryString'>, { statusCode }: HttpAnswer): void {
  if (event.requestContext.http.method === 'GET' || !/^\/postmortems(\/[^/]+)?$/.test(event.rawPath)) return;
  if (new URLSearchParams(event.rawQueryString).get('check') === 'true') return;
  if (statusCode === 200 || statusCode === 201) count('PostmortemsTaken', 1);
  if (refusals.includes(statusCode)) count('PostmortemsRefused', 1);
}
