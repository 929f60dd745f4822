import type { ServerResponse } from 'node:http';
import * as z from 'zod';
import type { Invocation } from '../lambda/protocol.ts';

const Answer = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/**
 * An answer of API Gateway itself, for a request that never reached a function, or a function that
 * never answered.
 */
export const ownAnswer = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
};

/**
 * Writes what a function answered. Without a status code the whole answer is a JSON body, by
 * payload format 2.0.
 */
export function writeAnswer(response: ServerResponse, invocation: Invocation): void {
  const own = failure(invocation);
  if (own !== undefined) ownAnswer(response, ...own);
  else if (invocation.kind === 'answered') writeFull(response, invocation.value);
}

const failure = ({ kind }: Invocation): [number, string] | undefined => {
  if (kind === 'timed out' || kind === 'killed') return [502, 'Bad Gateway'];
  return kind === 'threw' ? [500, 'Internal Server Error'] : undefined;
};

function writeFull(response: ServerResponse, value: unknown): void {
  const isFull = typeof value === 'object' && value !== null && 'statusCode' in value;
  const parsed = Answer.safeParse(isFull ? value : plain(value));
  if (!parsed.success) {
    ownAnswer(response, 500, 'Internal Server Error');
    return;
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const given = Object.entries(headers).map(([name, text]): [string, string] => [name, String(text)]);
  response.writeHead(statusCode, { ...Object.fromEntries(given), ...(cookies.length > 0 && { 'set-cookie': cookies }) });
  response.end(isBase64Encoded ? Buffer.from(body, 'base64') : body);
}

const plain = (value: unknown) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: typeof value === 'string' ? value : JSON.stringify(value ?? null),
});
