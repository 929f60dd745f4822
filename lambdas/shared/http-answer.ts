import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export type HttpAnswer = APIGatewayProxyStructuredResultV2;

/** Answers are for their caller alone, and clients must not guess another type. */
const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export const jsonAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
  statusCode: status,
  headers: { 'content-type': 'application/json', ...always, ...headers },
  body: JSON.stringify(body),
});

/** 204: done, with nothing to return. */
export const emptyAnswer = (): HttpAnswer => ({ statusCode: 204, headers: always });
