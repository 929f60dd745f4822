import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { Problem } from '../../core/operator/api.ts';
import { ApiFailed, KeyRefused, RefusedByApi } from './failure.ts';
import { printableLine } from './printable.ts';
import type { Settings } from './settings.ts';

interface Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below the API's address, without a leading slash. Its parts are already escaped. */
  readonly path: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly type?: string;
  /** The call is idempotent although it is no GET or PUT, so it may be repeated after a fault. */
  readonly mayRepeat?: boolean;
}
interface Answered<T> {
  readonly status: number;
  readonly body: T;
}
/** Returns the API's answer, parsed. Throws a `Failure` for anything else. */
export type Api = <T>(call: Call, schema: z.ZodType<T>) => Promise<Answered<T>>;

const timeoutMs = 60_000;
const attempts = { usual: 3, patient: 5 };
const pauseMs = 300;
/** The connection broke before an answer came. Only idempotent calls are repeated. */
const brokenOff = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];
/** Turned away before anything was done, because of too many requests at once. */
const comeAgain = [429, 503];
/** Broken off half-way by a fault of the server or of a proxy in front of it. */
const halfWay = [500, 502, 504];

export const apiClient =
  ({ api, key }: Settings): Api =>
  async (call, schema) => {
    const mayRepeat = call.mayRepeat || call.method === 'GET' || call.method === 'PUT';
    const again = call.mayRepeat ? [...comeAgain, ...halfWay] : comeAgain;
    for (let attempt = 1; ; attempt++) {
      const isLast = !mayRepeat || attempt === (call.mayRepeat ? attempts.patient : attempts.usual);
      const response = await once(api, key, call, isLast);
      if (response && (isLast || !again.includes(response.status))) return read(response, schema, api);
      await response?.body?.cancel();
      await sleep(pauseMs * 2 ** attempt);
    }
  };

/** Undefined if the connection broke and the call may be repeated. */
async function once(api: URL, key: string, call: Call, isLast: boolean): Promise<Response | undefined> {
  try {
    return await fetch(new URL(call.path, api), {
      method: call.method,
      headers: { authorization: `Bearer ${key}`, accept: 'application/json', ...(call.type && { 'content-type': call.type }) },
      ...(call.body !== undefined && { body: call.body }),
      redirect: 'manual', // the key must not be sent to another address
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    if (!isLast && brokenOff.includes(codeOf(error))) return undefined;
    throw new ApiFailed(unreachable(api, error), { cause: error });
  }
}

async function read<T>(response: Response, schema: z.ZodType<T>, api: URL): Promise<Answered<T>> {
  const text = await response.text().catch((error) => {
    throw new ApiFailed(unreachable(api, error), { cause: error });
  });
  if (!response.ok) throw failureOf(response.status, text, api);
  const parsed = schema.safeParse(response.status === 204 ? undefined : asJson(text));
  if (parsed.success) return { status: response.status, body: parsed.data };
  const issue = parsed.error.issues[0];
  throw new ApiFailed(
    `${api.origin} answered ${response.status}, but not in the way Afterword does${issue?.path.length ? ` (${issue.path.join('.')}: ${issue.message})` : ''}. ` +
      'Is the address right, and is this command line of the same version?',
    { cause: parsed.error },
  );
}

function failureOf(status: number, text: string, api: URL): ApiFailed | KeyRefused | RefusedByApi {
  const problem = Problem.safeParse(asJson(text)).data;
  const said = printableLine(problem?.detail ?? problem?.title ?? '');
  if (status === 401 || status === 403) {
    const reason = said.replace(/\.$/, '') || (status === 401 ? 'the key is not known' : 'the key may not do this');
    return new KeyRefused(`${api.origin} turned the key away (${status}): ${reason}. Try another with --key or AFTERWORD_KEY.`);
  }
  if (problem && status >= 400 && status < 500) {
    return new RefusedByApi(said, status, problem.errors ?? []);
  }
  return new ApiFailed(
    `${api.origin} answered ${status}${said ? `: ${said}` : ''}${text && !problem ? `: ${printableLine(text).slice(0, 200)}` : ''}`,
  );
}

function unreachable(api: URL, error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return `${api.origin} did not answer within ${timeoutMs / 1000} seconds. The request may still have been carried out.`;
  }
  const code = codeOf(error);
  const reason = code === 'ECONNREFUSED' ? 'nothing listens there' : code || 'no connection';
  return `${api.origin} cannot be reached (${reason}). Start the local stack with "npm start", or name another API with --api or AFTERWORD_API.`;
}

const Coded = z.object({ code: z.string() });
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return Coded.safeParse(cause).data?.code ?? Coded.safeParse(error).data?.code ?? '';
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
