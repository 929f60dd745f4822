import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpAnswer } from '../shared/http-answer.ts';
import { loadEnv } from '../shared/load-env.ts';
import { log } from '../shared/logger.ts';
import { comingPage } from './coming-page.tsx';
import { Env } from './env.ts';

loadEnv(Env);

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/**
 * The pages behind the links of a mail are not built yet. Every address answers the same page and changes nothing, whatever the method and the token:
 * GET with 200, because a person looks at it; anything else with 501, so that a mail client does not believe that it unsubscribed somebody.
 */
export const handler = async (event: APIGatewayProxyEventV2): Promise<HttpAnswer> => {
  const { method } = event.requestContext.http;
  log.info('page', { route: event.routeKey, method });
  const isLook = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  return { statusCode: isLook ? 200 : 501, headers: pageHeaders, body: method === 'HEAD' ? '' : comingPage };
};
