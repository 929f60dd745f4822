import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Caller } from '../../core/access/key.ts';
import type { Scope } from '../../core/access/scope.ts';
import { headerOf } from './http-body.ts';
import { HttpProblem } from './problem.ts';

/** Whose key it is; undefined for nobody's. */
export type Authenticate = (bearer: string) => Promise<Caller | undefined>;

/**
 * The caller, who may do what `scope` says. Throws 401 without a key that we know, 403 where the
 * key may not.
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

/** Throws 403 that names the missing scope. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.includes(scope)) return;
  throw new HttpProblem(403, {
    detail: `This key lacks the scope ${scope}. It has: ${caller.scopes.join(', ')}.`,
    headers: { 'www-authenticate': `Bearer realm="afterword", error="insufficient_scope", scope="${scope}"` },
  });
}

const bearerOf = (event: Pick<APIGatewayProxyEventV2, 'headers'>): string | undefined =>
  /^Bearer +([!-~]{1,500})$/i.exec(headerOf(event, 'authorization')?.trim() ?? '')?.[1];
