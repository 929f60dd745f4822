/**
 * Runs in a function's own process: loads the bundle, then answers one invocation after another.
 * Imports only from Node and the shim of the clock, so that a cold start measures the function
 * alone.
 */
import { randomUUID } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { moveClock } from './moved-date.ts';
import type { FromInstance, ToInstance } from './protocol.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const [folder = '', handlerName = '', invokedFunctionArn = '', offset = '0'] = process.argv.slice(2);
const answer = (message: FromInstance) => process.send?.(message);
const described = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) }
    : { name: 'Error', message: String(error) };

async function load(): Promise<Handler> {
  const [file = '', exported = ''] = handlerName.split('.');
  const bundle: Record<string, unknown> = await import(pathToFileURL(join(folder, `${file}.mjs`)).href);
  const handler = bundle[exported];
  if (typeof handler !== 'function') throw new Error(`${file}.mjs exports no function ${exported}`);
  return (event, context) => handler(event, context);
}

function contextOf({ id, timeoutMs }: ToInstance) {
  const deadline = performance.now() + timeoutMs;
  return {
    awsRequestId: id,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? '',
    functionVersion: '$LATEST',
    invokedFunctionArn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? '128',
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME ?? '',
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME ?? '',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
}

async function invoke(handler: Handler, message: ToInstance): Promise<void> {
  moveClock(message.clockOffsetMs);
  if (message.trace === undefined) delete process.env._X_AMZN_TRACE_ID;
  else process.env._X_AMZN_TRACE_ID = message.trace;
  try {
    answer({ kind: 'answered', id: message.id, value: await handler(message.event, contextOf(message)) });
  } catch (error) {
    answer({ kind: 'threw', id: message.id, error: described(error) });
  }
}

// Ctrl-C reaches the whole process group. The local stack ends its functions itself, once their
// work is done.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
// Told to Node, not to the function.
delete process.env.NODE_COMPILE_CACHE;
process.env.AWS_LAMBDA_LOG_STREAM_NAME = randomUUID();
moveClock(Number(offset));

load().then(
  (handler) => {
    process.on('message', (message: ToInstance) => void invoke(handler, message));
    answer({ kind: 'ready' });
    // At its end it is too late: it is killed.
    flushCompileCache();
  },
  (error: unknown) => answer({ kind: 'unusable', error: described(error) }),
);
