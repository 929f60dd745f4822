import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpAnswer } from '../http-answer.ts';
import { headerOf } from '../http-body.ts';
import type { Log } from '../logger.ts';
import { readCookies } from './cookies.ts';
import { readForm } from './form.ts';
import type { PageRequest, PageRoute } from './page-route.ts';
import { fromElsewhere, notUnderstood, ourFault, tooMuch } from './refusals.tsx';
import { bareAnswer } from './shell.tsx';

const usualBytes = 4 * 1024;

export interface Serving {
  /** The path that all routes lie below. Empty for none. */
  readonly base: string;
  /** The answer where there is no page. */
  readonly notFound: () => HttpAnswer;
}

/**
 * Answers events of the HTTP API by the route that it chose. GET and HEAD only read, OPTIONS lists
 * the methods, POST submits a form; other methods are refused. Logs the route and never the path,
 * because paths contain tokens. Never throws.
 */
export const servePages =
  (routes: readonly PageRoute[], { base, notFound }: Serving, log: Log) =>
  async (event: APIGatewayProxyEventV2): Promise<HttpAnswer> => {
    const { method } = event.requestContext.http;
    const route = routes.find(({ path }) => event.routeKey.endsWith(` ${base}${path}`));
    const told = { route: route ? `${base}${route.path}` : 'none', method: knownMethod(method) };
    try {
      const answer = route ? await answerTo(route, event) : notFound();
      log.info('page', { ...told, status: answer.statusCode });
      return answer;
    } catch (error) {
      log.error('page failed', error, told);
      return ourFault();
    }
  };

async function answerTo(route: PageRoute, event: APIGatewayProxyEventV2): Promise<HttpAnswer> {
  const request: PageRequest = {
    params: Object.fromEntries(Object.entries(event.pathParameters ?? {}).flatMap(([name, value]) => (value ? [[name, value]] : []))),
    query: new URLSearchParams(event.rawQueryString),
    cookies: readCookies(event.cookies),
    path: event.rawQueryString ? `${event.rawPath}?${event.rawQueryString}` : event.rawPath,
    host: headerOf(event, 'host') ?? '',
    isHead: event.requestContext.http.method === 'HEAD',
    ifNoneMatch: headerOf(event, 'if-none-match') ?? '',
    userAgent: event.requestContext.http.userAgent ?? '',
    ip: event.requestContext.http.sourceIp,
    requestId: event.requestContext.requestId,
  };
  const allow = ['GET', 'HEAD', 'OPTIONS', ...(route.post ? ['POST'] : [])].join(', ');
  switch (event.requestContext.http.method) {
    case 'GET':
      return route.get(request);
    case 'HEAD':
      return { ...(await route.get(request)), body: '' };
    case 'OPTIONS':
      return bareAnswer(204, { allow });
    case 'POST':
      return route.post ? press(route.post, request, event) : bareAnswer(405, { allow });
    default:
      return bareAnswer(405, { allow });
  }
}

async function press(
  { answer, named, maxBytes = usualBytes, files, fromAnywhere }: NonNullable<PageRoute['post']>,
  request: PageRequest,
  event: APIGatewayProxyEventV2,
): Promise<HttpAnswer> {
  if (!fromAnywhere && isFromElsewhere(event)) return fromElsewhere();
  const form = await readForm(event, maxBytes, files);
  if (fromAnywhere) return answer({ ...request, form: typeof form === 'string' ? new URLSearchParams() : form });
  if (form === 'too much') return tooMuch();
  if (form === 'not understood' || (named !== undefined && form.get('press') !== named)) return notUnderstood();
  return answer({ ...request, form });
}

/**
 * Browsers say which site a post came from. Older ones send only `Origin`, which is `null` from
 * pages without a referrer, such as ours. A client that says nothing is not a browser and has no
 * more than the link it was given.
 */
function isFromElsewhere(event: APIGatewayProxyEventV2): boolean {
  const site = headerOf(event, 'sec-fetch-site');
  if (site !== undefined) return !['same-origin', 'none'].includes(site);
  const origin = headerOf(event, 'origin');
  return origin !== undefined && origin !== 'null' && URL.parse(origin)?.host !== headerOf(event, 'host');
}

const knownMethod = (method: string) => (/^[A-Z]{1,10}$/.test(method) ? method : 'other');
