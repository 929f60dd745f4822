import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod';
import { describeIssue, unknownKey, withoutEchoes } from '../../core/shared/describe-issue.ts';
import { type Flaw, Refused } from '../../core/shared/errors.ts';
import { HttpProblem } from './problem.ts';

type WithBody = Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded'>;
export interface BodyLimits {
  /** Accepted media types, in lower case and without parameters. */
  readonly types: readonly string[];
  readonly maxBytes: number;
  /** Makes a text smaller before its size is measured, for example by what is never stored. */
  readonly shorten?: (text: string) => string;
  /** What to do about a body that is too large. Default: send less. */
  readonly whenLarge?: string;
}
export interface TextBody {
  /** The one of `types` that was sent. */
  readonly type: string;
  readonly text: string;
}

/** A header by its lower-case name. Undefined if it was not sent. */
export const headerOf = ({ headers }: Pick<APIGatewayProxyEventV2, 'headers'>, name: string): string | undefined =>
  Object.entries(headers).find(([sent]) => sent.toLowerCase() === name)?.[1];

/**
 * Reads the body as text. Throws 415 for another type, 413 for too many bytes, and Refused if it is
 * not UTF-8.
 */
export function readTextBody(event: WithBody, { types, maxBytes, shorten, whenLarge }: BodyLimits): TextBody {
  const [sent = '', ...parameters] = (headerOf(event, 'content-type') ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset =
    parameters
      .find((parameter) => parameter.startsWith('charset='))
      ?.slice('charset='.length)
      .replaceAll('"', '') ?? 'utf-8';
  const type = types.find((known) => known === sent);
  if (!type || !['utf-8', 'utf8', 'us-ascii'].includes(charset)) {
    throw new HttpProblem(415, { detail: `Send ${anyOf(types)} in UTF-8 and say so in Content-Type.` });
  }
  const bytes = bytesOf(event);
  if (shorten === undefined) {
    refuseLarge(bytes.length, maxBytes, whenLarge);
    return { type, text: decode(bytes) };
  }
  refuseLarge(bytes.length, longestEvent, whenLarge);
  const text = shorten(decode(bytes));
  refuseLarge(Buffer.byteLength(text), maxBytes, whenLarge);
  return { type, text };
}

const anyOf = (types: readonly string[]): string => [types.slice(0, -1).join(', '), ...types.slice(-1)].filter(Boolean).join(' or ');

/** API Gateway hands a function no event with more bytes than this. */
const longestEvent = 6 * 1024 * 1024;

/**
 * Reads a JSON body that fits a schema. Throws like `readTextBody`, and Refused with every field
 * that does not fit.
 */
export function readJsonBody<Schema extends z.ZodType>(event: WithBody, schema: Schema, maxBytes = 256 * 1024): z.output<Schema> {
  const { text } = readTextBody(event, { types: ['application/json'], maxBytes });
  const value = parseJson(text);
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new Refused('content', flawsIn(read.error, value));
}

/** Every field of a value that does not fit its schema. */
export const flawsIn = ({ issues }: z.ZodError, value: unknown): Flaw[] => withoutEchoes(issues).flatMap((issue) => flawsOf(issue, value));

const bytesOf = ({ body = '', isBase64Encoded }: WithBody): Buffer => Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

function refuseLarge(bytes: number, most: number, remedy: string | undefined): void {
  if (bytes > most) throw new HttpProblem(413, { detail: tooLarge(bytes, most, remedy) });
}

/** What is wrong with a body that is too large, and what to do. */
export const tooLarge = (bytes: number, most: number, remedy = 'Send less at once.'): string =>
  `The body has ${bytes} bytes, and the limit is ${most}. ${remedy}`;

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refused('unreadable', [{ field: '', problem: 'is not text in UTF-8', remedy: 'Save it in UTF-8 and send it again.' }]);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused('unreadable', [{ field: '', problem: 'is not JSON', remedy: 'Check quotes, commas and brackets.' }]);
  }
}

function flawsOf(issue: z.core.$ZodIssue, value: unknown): Flaw[] {
  const field = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ field: [...field, key].join('.'), ...unknownKey(key, []) }));
  const { problem, remedy } = describeIssue(issue, valueAt(value, issue.path));
  return [{ field: field.join('.'), problem, remedy: remedy ?? (problem === 'is missing' ? 'Add it.' : 'Correct it and send it again.') }];
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((part, step) => (typeof part === 'object' && part !== null ? Reflect.get(part, step) : undefined), value);
