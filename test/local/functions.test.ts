import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

let stack: ToyStack;
beforeAll(async () => {
  stack = await startToyStack();
});
afterAll(() => stack.stop());
const echo = <Body = Record<string, unknown>>(query: string) => stack.call<Body>('GET', `/echo?${query}`);

describe('a function', () => {
  it('sees the template’s variables, those of Lambda and nothing of this machine', async () => {
    const { body: environment } = await echo('mode=environment');

    expect(environment).toMatchObject({ GREETING: 'hello', API_URL: stack.url, AWS_ACCESS_KEY_ID: 'toy-echo', TZ: 'UTC' });
    expect(environment).not.toHaveProperty('PATH');
    expect(environment).not.toHaveProperty('HOME');
    // Its process was told, as every process of a test run is.
    expect(process.env.NODE_COMPILE_CACHE).toBeDefined();
    expect(environment).not.toHaveProperty('NODE_COMPILE_CACHE');
  });

  it('gets a context with the time it has left', async () => {
    const { body: context } = await echo('mode=context');

    expect(context).toMatchObject({ functionName: 'toy-echo', memoryLimitInMB: '128' });
    expect(context.invokedFunctionArn).toBe('arn:aws:lambda:us-east-1:000000000000:function:toy-echo');
    expect(context.remaining).toBeGreaterThan(0);
    expect(context.remaining).toBeLessThanOrEqual(60_000);
  });

  it('stays warm', async () => {
    const first = await echo('mode=process');
    const second = await echo('mode=process');

    expect(second.body).toEqual(first.body);
  });

  it('is cut off at its timeout and starts anew', async () => {
    const hasty = (query: string) => stack.call('GET', `/hasty?${query}`);
    // It has one second, which may be little here for what takes no time.
    const process = () =>
      stack.until(
        'an answer of hasty',
        () => hasty('mode=process'),
        ({ status }) => status === 200,
      );
    const before = await process();
    const late = await hasty('mode=sleep&ms=600000');
    const after = await process();

    expect(late).toEqual({ status: 502, body: { message: 'Bad Gateway' } });
    expect(stack.printed).toContain('hasty failed: timed out after 1 s');
    expect(after.body.pid).not.toBe(before.body.pid);
  });

  it('is killed in the middle of its work', async () => {
    const before = await echo('mode=process');
    const sleeping = echo('mode=sleep&ms=600000');
    await stack.until(
      'a run of echo',
      () => stack.call<{ name: string; running: number }[]>('GET', '/_local/functions'),
      ({ body }) => body.some((fn) => fn.name === 'echo' && fn.running === 1),
    );
    await stack.call('POST', '/_local/functions/echo/kill');

    expect((await sleeping).status).toBe(502);
    expect((await echo('mode=process')).body.pid).not.toBe(before.body.pid);
  });

  it('answers 500 when it throws, and the reason is printed in one line', async () => {
    expect(await echo('mode=throw')).toEqual({ status: 500, body: { message: 'Internal Server Error' } });
    expect(stack.printed).toContain('echo failed: TypeError: the toy broke');
  });

  it('runs in no more instances than are reserved', async () => {
    const pids = await Promise.all(Array.from({ length: 6 }, () => echo('mode=process')));

    expect(new Set(pids.map(({ body }) => body.pid)).size).toBeLessThanOrEqual(2);
  });
});

describe('the clock', () => {
  it('moves for functions, not for dates that are given', async () => {
    const real = stack.now().getTime();
    await stack.call('POST', '/_local/clock', { advance: 'P8D' });
    const { body } = await echo<{ now: string; ticks: number; given: string }>('mode=clock');

    expect(Date.parse(body.now) - real).toBeGreaterThanOrEqual(8 * 86_400_000);
    expect(body.ticks - real).toBeGreaterThanOrEqual(8 * 86_400_000);
    expect(body.given).toBe('1970-01-01T00:00:00.000Z');
  });

  it('never goes back', async () => {
    expect((await stack.call('POST', '/_local/clock', { advance: '-P1D' })).status).toBe(400);
  });
});
