import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { parsed } from './blocks.ts';

/** One call of the Web API as it came. */
export interface SlackRequest {
  readonly method: string;
  readonly token: string | undefined;
  /** Objects and lists as JSON. */
  readonly args: Readonly<Record<string, string>>;
}

/** The name of an error of Slack, such as `channel_not_found`, with what it says besides. */
export class SlackError extends Error {
  override readonly name = 'SlackError';
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** Reads a call. Reading methods take a query or a form, writing ones JSON as well, as at Slack. */
export function readCall(request: IncomingMessage, body: Buffer): SlackRequest {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const method = pathname.replace(/^\/api\//, '');
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  const given = { ...Object.fromEntries(searchParams), ...(request.method === 'POST' ? fromBody(method, type, body) : {}) };
  const named = Object.keys(given).find((name) => !/^\w{1,100}$/.test(name));
  if (named !== undefined) throw new SlackError('invalid_arg_name');
  const { token, ...args } = given;
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  return { method, token: bearer ?? (type === 'application/json' ? undefined : token), args };
}

function fromBody(method: string, type: string, body: Buffer): Record<string, string> {
  if (body.length === 0) return {};
  if (type === '') throw new SlackError('missing_post_type');
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body.toString()));
  if (type !== 'application/json') throw new SlackError('invalid_post_type');
  // Reading methods of Slack do not look at JSON, and then miss their arguments.
  if (!method.startsWith('chat.')) return {};
  const read = z.record(z.string(), z.unknown()).safeParse(parsed(body.toString()));
  if (!read.success) throw new SlackError('invalid_json');
  return Object.fromEntries(
    Object.entries(read.data).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** An argument that has to be there. */
export function required(args: SlackRequest['args'], name: string): string {
  const value = args[name];
  if (value !== undefined && value !== '') return value;
  throw new SlackError('invalid_arguments', { response_metadata: { messages: [`[ERROR] missing required field: ${name}`] } });
}

export const isYes = (value: string | undefined): boolean => value === 'true' || value === '1';

/** How many to answer at most. */
export function limitOf(args: SlackRequest['args'], most: number): number {
  const { limit = '100' } = args;
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > most) throw new SlackError('invalid_limit');
  return Number(limit);
}

const cursorFor = (from: string): string => Buffer.from(`next:${from}`).toString('base64');

/** One page of a list, and the cursor of the next one. Throws `invalid_cursor`. */
export function pageOf<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  { cursor }: SlackRequest['args'],
  size: number,
): { page: T[]; next: string } {
  const from = cursor === undefined || cursor === '' ? undefined : /^next:(.+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (cursor && from === undefined) throw new SlackError('invalid_cursor');
  const start = from === undefined ? 0 : all.findIndex((one) => nameOf(one) === from);
  if (start < 0) throw new SlackError('invalid_cursor');
  const after = all[start + size];
  return { page: all.slice(start, start + size), next: after === undefined ? '' : cursorFor(nameOf(after)) };
}
