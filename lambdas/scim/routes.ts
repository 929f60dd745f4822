import type { HttpAnswer } from '../shared/http-answer.ts';
import { type HttpDeps, type HttpEvent, httpHandler, type Route } from '../shared/http-routes.ts';
import { answerToRefusal, inScimForm } from './answer.ts';
import type { ScimDeps } from './deps.ts';
import { discoveryRoutes } from './discovery-routes.ts';
import { groupRoutes } from './group-routes.ts';
import { userRoutes } from './user-routes.ts';

const scimRoutes = (deps: ScimDeps): Route[] => [...userRoutes(deps), ...groupRoutes(deps), ...discoveryRoutes(deps)];

/** Answers the organisation's directory: SCIM 2.0 (RFC 7643, RFC 7644). Never throws. */
export function scimHandler(deps: ScimDeps, http: Pick<HttpDeps, 'authenticate' | 'log'>): (event: HttpEvent) => Promise<HttpAnswer> {
  const handler = httpHandler(scimRoutes(deps), { ...http, answerTo: answerToRefusal });
  return async (event) => inScimForm(await handler(event));
}
