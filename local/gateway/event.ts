import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RoutePlan } from '../plan/routes.ts';
import { account } from '../template/local-aws.ts';
import type { Matched } from './match-route.ts';

const isText = (type: string) =>
  /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded|.*\+json|.*\+xml|yaml|x-yaml))/i.test(type);

const merged = (request: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (let n = 0; n + 1 < request.rawHeaders.length; n += 2) {
    const name = (request.rawHeaders[n] ?? '').toLowerCase();
    const value = request.rawHeaders[n + 1] ?? '';
    if (name !== 'cookie') headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  return headers;
};

const queryOf = (url: URL): Record<string, string> | undefined => {
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
  return Object.keys(query).length > 0 ? query : undefined;
};

/** The event that an HTTP API passes to a function for a request, in payload format 2.0. */
export function eventOf(request: IncomingMessage, body: Buffer, { route, pathParameters }: Matched<RoutePlan>, now: Date) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const headers = merged(request);
  const cookies = request.headers.cookie?.split(/;\s*/);
  const query = queryOf(url);
  const asText = isText(headers['content-type'] ?? 'text/plain');
  const method = request.method ?? 'GET';
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: decodedPath(url.pathname),
    rawQueryString: url.search.slice(1),
    ...(cookies === undefined ? {} : { cookies }),
    headers,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName: request.headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method,
        path: decodedPath(url.pathname),
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: '127.0.0.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(asText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !asText,
  };
}

const decodedPath = (path: string): string => {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
};
