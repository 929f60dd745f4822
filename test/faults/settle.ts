import { openPartition } from '../../adapters/dynamodb/table-shape.ts';
import type { TestStack } from '../support/running-stack.ts';

const sweepEveryMs = 2000;
const quietLooks = 2;
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Waits until everything is finished: no messages, no open editions, no waiting doubts. Runs
 * `sweep` far more often than once a minute. False: it did not finish within this many seconds.
 * `ledgerOnly`: messages may remain hidden in a queue, such as those of a worker that died.
 */
export async function settle(stack: TestStack, withinSeconds: number, { ledgerOnly = false } = {}): Promise<boolean> {
  const ends = performance.now() + withinSeconds * 1000;
  for (let quiet = 0; performance.now() < ends; ) {
    await stack.runSchedule('sweep', stack.now().toISOString());
    await pause(sweepEveryMs);
    quiet = (await isDone(stack, ledgerOnly)) ? quiet + 1 : 0;
    if (quiet >= quietLooks) return true;
  }
  return false;
}

interface Depth {
  readonly name: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly deadLetters: number;
  readonly mostReceived: number;
}

/** Queues that a function reads. */
export async function workQueues(stack: TestStack): Promise<Depth[]> {
  const { body }: { body: Depth[] } = await stack.call('GET', '/_local/queues');
  return body.filter(({ name }) => !name.endsWith('dead-letters'));
}

export const messagesIn = (queues: readonly Depth[]): number =>
  queues.reduce((sum, { visible, inFlight, delayed }) => sum + visible + inFlight + delayed, 0);

const openKinds = ['edition', 'leaf', 'outbox', 'update'] as const;

/** The keys of what is not finished. The same ones as before: nothing was finished meanwhile. */
export async function openWork(stack: TestStack): Promise<string[]> {
  const lists = openKinds.map(async (kind) => {
    const { items } = await stack.table.query(openPartition(kind), { index: true });
    return items.map(({ pk, sk }) => `${pk} ${sk}`);
  });
  return (await Promise.all(lists)).flat();
}

async function isDone(stack: TestStack, ledgerOnly: boolean): Promise<boolean> {
  if (!ledgerOnly && messagesIn(await workQueues(stack)) > 0) return false;
  for (const kind of openKinds)
    if ((await stack.table.query(openPartition(kind), { index: true, limit: 1 })).items.length > 0) return false;
  return ledgerOnly || (await stack.drainForAMinute()).drained;
}
