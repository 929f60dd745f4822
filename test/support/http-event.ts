import type { APIGatewayProxyEventV2 } from 'aws-lambda';

interface Sent {
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** With the query, as in the request line. */
  readonly url?: string;
}

/** A version 2.0 event of the HTTP API, with the key `key` unless the headers say otherwise. */
export function anHttpEvent(
  method: string,
  { headers = { authorization: 'Bearer key' }, body, isBase64Encoded = false, url = '/' }: Sent = {},
): APIGatewayProxyEventV2 {
  const [rawPath = '/', rawQueryString = ''] = url.split('?');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers,
    isBase64Encoded,
    ...(body !== undefined && { body }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
      requestId: 'request-1',
      routeKey: '$default',
      stage: '$default',
      time: '19/Nov/2026:15:00:00 +0000',
      timeEpoch: 0,
    },
  };
}
