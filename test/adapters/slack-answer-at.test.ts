import { afterEach, expect, it, vi } from 'vitest';
import { answerAt } from '../../adapters/slack/answer-at.ts';

const slack = 'https://hooks.slack.com/';
const fetched = (answer: () => Promise<Response>) => vi.spyOn(globalThis, 'fetch').mockImplementation(answer);
afterEach(() => {
  vi.restoreAllMocks();
});

it('posts the message, follows no redirect and waits no longer than Slack does', async () => {
  const calls = fetched(async () => new Response('ok'));

  expect(await answerAt('https://hooks.slack.com/app/T0/1', slack, { text: 'a' })).toBe('answered');
  expect(calls.mock.calls[0]?.[1]).toMatchObject({
    method: 'POST',
    redirect: 'error',
    body: '{"text":"a"}',
    signal: expect.any(AbortSignal),
  });
});

it.each([
  'http://hooks.slack.com/app/1',
  'https://hooks.slack.com:8443/app/1',
  'https://hooks.slack.com.example.com/app/1',
  'https://ada@hooks.slack.com/app/1',
  'https://example.com/https://hooks.slack.com/',
  'https://169.254.169.254/latest',
  'no address',
])('calls nothing for %s', async (address) => {
  const calls = fetched(async () => new Response('ok'));

  expect(await answerAt(address, slack, {})).toBe('not there');
  expect(calls).not.toHaveBeenCalled();
});

it('says that it was refused, and throws for nothing', async () => {
  fetched(async () => new Response('expired_url', { status: 404 }));
  expect(await answerAt('https://hooks.slack.com/app/1', slack, {})).toBe('refused');
  vi.restoreAllMocks();
  fetched(() => Promise.reject(new Error('reset')));
  expect(await answerAt('https://hooks.slack.com/app/1', slack, {})).toBe('refused');
});
