import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Caller } from '../../core/access/key.ts';
import type { Scope } from '../../core/access/scope.ts';
import type { HttpAnswer } from './http-answer.ts';
import { type Authenticate, authorise } from './http-authorise.ts';
import type { Log } from './logger.ts';
import { answerToError, problem } from './problem.ts';

/** What is read of an event of the HTTP API. The pages of `home` make some of their own. */
export interface HttpEvent extends Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded' | 'rawPath' | 'rawQueryString'> {
  readonly requestContext: { readonly requestId: string; readonly http: { readonly method: string } };
}

/** One authorised request. */
export interface Call {
  readonly event: HttpEvent;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly caller: Caller;
}

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** `/operator/keys/{id}`: a name in braces takes one segment of the path, decoded. */
  readonly path: string;
  /** The scope that the caller's key needs. */
  readonly scope: Scope;
  readonly answer: (call: Call) => Promise<HttpAnswer>;
}

export interface HttpDeps {
  readonly authenticate: Authenticate;
  readonly log: Log;
  /** Answers errors that only this function knows. Undefined means a fault of ours. */
  readonly answerTo?: (error: unknown) => HttpAnswer | undefined;
}

/**
 * Answers HTTP API events from a table of routes. 404, 405, 401 and 403 are decided before a body
 * is read. Logs the route, never the path. Never throws.
 */
export const httpHandler =
  (routes: readonly Route[], { authenticate, log, answerTo }: HttpDeps) =>
  async (event: HttpEvent): Promise<HttpAnswer> => {
    const found = find(routes, event);
    if ('answer' in found) return found.answer;
    const { route, params } = found;
    const name = `${route.method} ${route.path}`;
    try {
      const caller = await authorise(event, route.scope, authenticate);
      const answer = await route.answer({ event, params, query: new URLSearchParams(event.rawQueryString), caller });
      log.info('request', { route: name, status: answer.statusCode, caller: caller.id });
      return answer;
    } catch (error) {
      const answer = answerToError(error, route.method) ?? answerTo?.(error);
      if (answer) log.info('request', { route: name, status: answer.statusCode });
      else log.error('request failed', error, { route: name });
      return (
        answer ??
        problem(500, 'Internal Server Error', { detail: `Server error. Look in the log for request ${event.requestContext.requestId}.` })
      );
    }
  };

type Found = { route: Route; params: Record<string, string> };

function find(routes: readonly Route[], event: HttpEvent): Found | { answer: HttpAnswer } {
  const { method } = event.requestContext.http;
  const here = routes.flatMap((route) => {
    const params = match(route.path, event.rawPath);
    return params ? [{ route, params }] : [];
  });
  const found = here.find(({ route }) => route.method === method);
  if (found) return found;
  if (here.length === 0) return { answer: problem(404, 'Not Found', { detail: 'There is nothing at this address.' }) };
  const allow = here.map(({ route }) => route.method).join(', ');
  return { answer: problem(405, 'Method Not Allowed', { detail: `This address takes ${allow}.`, headers: { allow } }) };
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, pieces] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== pieces.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, piece] of pieces.entries()) {
    const name = /^\{(.+)\}$/.exec(wanted[i] ?? '')?.[1];
    const text = decoded(piece);
    if (name && text) params[name] = text;
    else if (piece !== wanted[i]) return undefined;
  }
  return params;
}

function decoded(piece: string): string | undefined {
  try {
    return decodeURIComponent(piece);
  } catch {
    return undefined;
  }
}
