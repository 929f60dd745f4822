import type { Context, SQSEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { sqsHandler } from '../../../lambdas/shared/sqs-handler.ts';

const anEventOf = (...bodies: string[]) =>
  ({
    Records: bodies.map((body, n) => ({ messageId: `m${n}`, body, attributes: { ApproximateReceiveCount: '1' } })),
  }) as unknown as SQSEvent;
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const failures = async (handle: (n: number) => Promise<'done' | 'again'>, ...bodies: string[]) => {
  const handler = sqsHandler(z.strictObject({ n: z.int() }), silent, ({ n }) => handle(n));
  return (await handler(anEventOf(...bodies), {} as Context)).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

it('leaves a message that it cannot read to the dead letters, and handles the others', async () => {
  const seen: number[] = [];
  const handle = async (n: number) => {
    seen.push(n);
    return 'done' as const;
  };
  expect(await failures(handle, '{"n":1}', 'not json', '{"n":"two"}', '{"n":3,"extra":1}', '{"n":4}')).toEqual(['m1', 'm2', 'm3']);
  expect(seen).toEqual([1, 4]);
});

it('leaves in the queue only the message whose handling failed', async () => {
  const handle = async (n: number) => {
    if (n === 2) throw new Error('table unavailable');
    return n === 3 ? ('again' as const) : ('done' as const);
  };
  expect(await failures(handle, '{"n":1}', '{"n":2}', '{"n":3}')).toEqual(['m1', 'm2']);
});

it('handles the messages of a batch together where they do not mind', async () => {
  let here = 0;
  let all = () => {};
  const everyoneIsHere = new Promise<void>((resolve) => {
    all = resolve;
  });
  const handle = async ({ n }: { n: number }) => {
    here += 1;
    if (here === 3) all();
    await everyoneIsHere;
    return n === 2 ? ('again' as const) : ('done' as const);
  };
  const handler = sqsHandler(z.strictObject({ n: z.int() }), silent, handle, { together: true });
  expect(await handler(anEventOf('{"n":1}', '{"n":2}', '{"n":3}'), {} as Context)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }],
  });
});
