import { openPartition } from '../../adapters/dynamodb/table-shape.ts';
import type { World } from './world.ts';

export interface Drained {
  /** False: there was still work after the longest wait. */
  readonly drained: boolean;
  /** Messages visible, in flight or delayed in queues that a function reads. */
  readonly queues: number;
  /** Invocations that run or wait. */
  readonly running: number;
  /** Outboxes that are still owed. */
  readonly outbox: number;
  /** Leaves that wait out their grace. */
  readonly settling: number;
}

const longestWaitMs = 60_000;
const pauseMs = 50;
/** Work moves from queue to function to queue: it has gone only when it is seen nowhere twice in a row. */
const quietLooks = 2;

/** Waits until there is nothing left to do, at most a minute. */
export async function drain(world: World, stillWanted: () => boolean): Promise<Drained> {
  const ends = performance.now() + longestWaitMs;
  let quiet = 0;
  for (;;) {
    const counts = await look(world);
    quiet = isQuiet(counts) ? quiet + 1 : 0;
    if (quiet >= quietLooks) return { drained: true, ...counts };
    if (performance.now() > ends || !stillWanted()) return { drained: false, ...counts };
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

type Counts = Omit<Drained, 'drained'>;
const isQuiet = ({ queues, running, outbox }: Counts) => queues + running + outbox === 0;

async function look({ table, functions, ses, outstanding }: World): Promise<Counts> {
  const queues = (await outstanding()) + ses.pendingEvents();
  const count = async (partition: string) => (table === undefined ? 0 : (await table.query(partition, { index: true })).items.length);
  const [outbox, settling] = [await count(openPartition('outbox')), await count(openPartition('leaf'))];
  return { queues, running: functions.running(), outbox, settling };
}
