import type { IncomingMessage, ServerResponse } from 'node:http';
import { routeMatcher } from '../gateway/match-route.ts';
import { readBody } from '../http/body.ts';
import { type Answer, BadCall, type ControlRoute, wrong } from './answers.ts';

const longestBody = 1024 * 1024;
const ourHosts = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Refuses web pages of other sites. They must neither read these mails, through a host name that
 * resolves to this machine, nor trigger actions.
 */
function intruder({ headers, method }: IncomingMessage): string | undefined {
  if (!ourHosts.test(headers.host ?? '')) return 'use http://localhost: /_local answers to no other name';
  const { origin } = headers;
  const foreign = origin !== undefined && origin !== 'null' && new URL(origin).host !== headers.host;
  return foreign && method !== 'GET' ? 'another site may not use this' : undefined;
}

/** Answers every request under /_local. */
export function control(routes: readonly ControlRoute[]) {
  const match = routeMatcher(routes);
  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    const refused = intruder(request);
    if (refused !== undefined) return wrong(403, refused);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const matched = match(request.method ?? 'GET', url.pathname);
    if (matched === undefined)
      return wrong(404, `no ${request.method} ${url.pathname} here; GET /_local is a page that shows what there is`);
    const body = await readBody(request, longestBody);
    if (body === undefined) return wrong(413, 'at most 1 MB');
    return matched.route.handle({ request, query: url.searchParams, parameters: matched.pathParameters, body });
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await answerTo(request).catch((error: unknown) =>
      error instanceof BadCall ? wrong(400, error.message) : wrong(500, String(error)),
    );
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
}
