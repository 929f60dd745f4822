import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MovableClock } from '../clock.ts';
import { readBody } from '../http/body.ts';
import type { Functions } from '../lambda/functions.ts';
import type { RoutePlan } from '../plan/routes.ts';
import { ownAnswer, writeAnswer } from './answer.ts';
import { eventOf } from './event.ts';
import { routeMatcher } from './match-route.ts';

/** The longest body that API Gateway takes. */
const longestBody = 10 * 1024 * 1024;

/**
 * The HTTP API: passes each request to the function of its route, and writes the function's answer.
 */
export function gateway(routes: readonly RoutePlan[], functions: Functions, clock: MovableClock) {
  const match = routeMatcher(routes);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const matched = match(request.method ?? 'GET', path);
    if (matched === undefined) {
      ownAnswer(response, 404, 'Not Found');
      return;
    }
    const body = await readBody(request, longestBody);
    if (body === undefined) {
      ownAnswer(response, 413, 'Request Entity Too Large');
      return;
    }
    writeAnswer(response, await functions.invoke(matched.route.functionArn, eventOf(request, body, matched, clock.now())));
  };
}
