import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Caller } from '../../core/access/key.ts';
import type { Scope } from '../../core/access/scope.ts';
import { headerOf } from './http-body.ts';
import { HttpProblem } from './problem.ts';

/** Finds the caller whose key this is. Undefined if the key is unknown. */
export type Authenticate = (bearer: string) => Promise<Caller | undefined>;

/**
 * Returns the caller if their key has the scope. Throws 401 without a known key, and 403 if the key
 * lacks the scope.
 */
export async function authorise(event: Pick<APIGatewayProxyEventV2, 'headers'>, scope: Scope, authenticate: Authenticate): Promise<Caller> {
  const bearer = bearerOf(event);
  const caller = bearer === undefined ? undefined : await authenticate(bearer);
  if (!caller) {
    const detail = bearer === undefined ? 'Send a key: "Authorization: Bearer <key>".' : 'Nobody has this key: it was removed or mistyped.';
    throw new HttpProblem(401, {
      detail,
      headers: { 'www-authenticate': `Bearer realm="afterword"${bearer === undefined ? '' : ', error="invalid_token"'}` },
    });
  }
  requireScope(caller, scope);
  return caller;
}

/** Throws a 403 that names the missing scope. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.includes(scope)) return;
  throw new HttpProblem(403, {
    detail: `This key lacks the scope ${scope}. It has: ${caller.scopes.join(', ')}.`,
    headers: { 'www-authenticate': `Bearer realm="afterword", error="insufficient_scope", scope="${scope}"` },
  });
}

const bearerOf = (event: Pick<APIGatewayProxyEventV2, 'headers'>): string | undefined =>
  /^Bearer +([!-~]{1,500})$/i.exec(headerOf(event, 'authorization')?.trim() ?? '')?.[1];
