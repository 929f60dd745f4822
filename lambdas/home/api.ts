import type * as z from 'zod';
import type { Caller } from '../../core/access/key.ts';
import { Problem } from '../../core/operator/api.ts';
import { AfterwordError } from '../../core/shared/errors.ts';
import { countTaken } from '../intake/count-taken.ts';
import { answerToManyWriters, intakeRoutes } from '../intake/routes.ts';
import { answerToDispute, operatorRoutes } from '../operator/routes.ts';
import { type HttpEvent, httpHandler } from '../shared/http-routes.ts';
import type { HomeDeps } from './deps.ts';

export { Problem };

type Path = `/operator/${string}` | `/postmortems${string}`;

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query. Write values into it by `encodeURIComponent`. */
  readonly path: Path;
  /** Sent as JSON, or text as it is with its media type. */
  readonly body?: unknown;
  readonly type?: 'text/yaml' | 'text/markdown' | 'application/json';
}

/** Either the answer, or why the route refused. A fault of ours throws. */
export type Answered<Body> = { readonly body: Body; readonly problem?: never } | { readonly problem: Problem; readonly body?: never };

/** The routes that keys use, as the person in front of the page. */
export interface Api {
  /** What a route shows. Throws RouteRefused, which the guard turns into a page. */
  read<Schema extends z.ZodType>(path: Path, schema: Schema): Promise<z.output<Schema>>;
  /** For an act, or where the page itself says why a route refuses. */
  ask<Schema extends z.ZodType>(asked: Asked, schema: Schema): Promise<Answered<z.output<Schema>>>;
}

export class RouteRefused extends AfterwordError {
  override readonly name = 'RouteRefused';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`a route refused: ${problem.status}`);
    this.problem = problem;
  }
}

/**
 * Calls the operator's and the producers' routes in this process. Scopes, rules, audit lines and
 * messages are therefore those of the command line, and exist once.
 */
export function apiFor({
  operator,
  intake,
  log,
}: Pick<HomeDeps, 'operator' | 'intake' | 'log'>): (caller: Caller, requestId: string) => Api {
  const routes = [...operatorRoutes(operator), ...intakeRoutes(intake)];
  return (caller, requestId) => {
    const answer = httpHandler(routes, {
      authenticate: async () => caller,
      log,
      answerTo: (error) => answerToDispute(error) ?? answerToManyWriters(error),
    });
    const ask: Api['ask'] = async (asked, schema) => {
      const event = eventOf(asked, requestId);
      const answered = await answer(event);
      if (asked.path.startsWith('/postmortems')) countTaken(event, answered);
      const { statusCode: status = 500, body = '' } = answered;
      if (status >= 500 && status !== 503) throw new Error('a route failed; its own line in the log says why');
      const value: unknown = body === '' ? undefined : JSON.parse(body);
      return status >= 400 ? { problem: Problem.parse(value) } : { body: schema.parse(value) };
    };
    return {
      ask,
      async read(path, schema) {
        const { body, problem } = await ask({ method: 'GET', path }, schema);
        if (problem) throw new RouteRefused(problem);
        return body;
      },
    };
  };
}

const eventOf = ({ method, path, body, type = 'application/json' }: Asked, requestId: string): HttpEvent => {
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  return {
    rawPath,
    rawQueryString,
    // The caller is known. The header stands where that of a key would.
    headers: { authorization: 'Bearer session', 'content-type': type },
    ...(body !== undefined && { body: type === 'application/json' && typeof body !== 'string' ? JSON.stringify(body) : String(body) }),
    isBase64Encoded: false,
    requestContext: { requestId, http: { method } },
  };
};
