import { readdirSync, readFileSync, unlinkSync } from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/**
 * A function dies once, at its n-th call of an invocation whose event contains some text. Each is
 * stored in a file `<text>.crash`.
 */
export interface CrashPoint {
  readonly functionName: string;
  readonly call: number;
  readonly when: 'before' | 'after';
}

interface Armed extends CrashPoint {
  readonly file: string;
}

let armed: readonly Armed[] = [];
let calls = 0;

/** The process that removes the file dies, so only one process dies, once. */
function die({ file }: Armed): void {
  try {
    unlinkSync(file);
  } catch {
    return;
  }
  process.kill(process.pid, 'SIGKILL');
}

/** Counts a call, and dies before it where that was asked for. Returns what dies after it. */
function begin(): readonly Armed[] {
  calls += 1;
  const here = armed.filter(({ call }) => call === calls);
  for (const point of here) if (point.when === 'before') die(point);
  return here;
}

/** Every call of every client of AWS goes through here, including retries. */
function watchCalls(): void {
  const request = http.request;
  const watched = (...given: Parameters<typeof request>) => {
    if (armed.length === 0) return request(...given);
    const here = begin();
    const outgoing = request(...given);
    outgoing.prependListener('response', () => {
      for (const point of here) if (point.when === 'after') die(point);
    });
    return outgoing;
  };
  Object.assign(http, { request: watched });
  syncBuiltinESMExports();
  watchFetch();
}

/** And every call of a vendor's API. */
function watchFetch(): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (...given) => {
    if (armed.length === 0) return fetch(...given);
    const here = begin();
    const answer = await fetch(...given);
    for (const point of here) if (point.when === 'after') die(point);
    return answer;
  };
}

function pointsAbout(event: string, folder: string, functionName: string): Armed[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.crash') && event.includes(name.slice(0, -'.crash'.length)))
    .flatMap((name) => {
      const file = join(folder, name);
      try {
        const point: CrashPoint = JSON.parse(readFileSync(file, 'utf8'));
        return point.functionName === functionName ? [{ ...point, file }] : [];
      } catch {
        return []; // Another instance has just died at it.
      }
    });
}

/**
 * A function that can be killed at a call. Its clock is wrong by `skewMs` forward, backward, or not
 * at all, the same for its whole life.
 */
export function inShell(handler: Handler, folder: string, skewMs: number): Handler {
  watchCalls();
  const skew = skewMs === 0 ? 0 : [-skewMs, 0, skewMs][process.pid % 3];
  return async (event, context) => {
    if (skew) skewDate(skew);
    calls = 0;
    armed = pointsAbout(JSON.stringify(event), folder, process.env.AWS_LAMBDA_FUNCTION_NAME ?? '');
    return handler(event, context);
  };
}

/**
 * The runtime of the local stack replaces `Date` before each invocation, so it is skewed each time.
 */
function skewDate(ms: number): void {
  const Right = globalThis.Date;
  globalThis.Date = new Proxy(Right, {
    construct: (target, given, newTarget): object => Reflect.construct(target, given.length === 0 ? [target.now() + ms] : given, newTarget),
    get: (target, key) => (key === 'now' ? () => target.now() + ms : Reflect.get(target, key)),
  });
}
