import * as z from 'zod';
import { openPartition } from '../../adapters/dynamodb/table-shape.ts';
import { isOver } from '../../core/edition/edition-state.ts';
import type { LocalStackHandle } from './local-stack-handle.ts';

export interface Drained {
  /** False if there was still work after the longest wait. */
  readonly drained: boolean;
  /**
   * Messages that are visible, in flight or delayed in queues that a function reads, and mails with
   * events on their way.
   */
  readonly queues: number;
  /** Invocations that run or wait. */
  readonly running: number;
  /** Outboxes with tasks left. */
  readonly outbox: number;
  /** Leaves that wait out their grace. */
  readonly settling: number;
  /** Waves of editions that are not due yet. */
  readonly waves: number;
  /** Editions with a wave that is due and has not begun. `sweep` begins it within a minute. */
  readonly dueWaves: number;
  /** Incidents with an update that is not due yet. Nothing waits for it. */
  readonly updates: number;
  /** Texts for customers that wait for somebody, or for their time. Nothing waits for them. */
  readonly notices: number;
  /** Messages about posts that come again later, for a look or at their pace. Nothing waits for them. */
  readonly posts: number;
}

const longestWaitMs = 60_000;
const pauseMs = 50;
/**
 * Work moves from queue to function to queue. It is finished only if none is seen twice in a row.
 */
const quietLooks = 2;

/** Waits until there is no work left, for at most a minute. */
export async function drain(stack: LocalStackHandle, stillWanted: () => boolean): Promise<Drained> {
  const ends = performance.now() + longestWaitMs;
  let quiet = 0;
  for (;;) {
    const counts = await look(stack);
    quiet = isQuiet(counts) ? quiet + 1 : 0;
    if (quiet >= quietLooks) return { drained: true, ...counts };
    if (performance.now() > ends || !stillWanted()) return { drained: false, ...counts };
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

type OpenWork = Omit<Drained, 'drained'>;
const isQuiet = ({ queues, running, outbox, dueWaves }: OpenWork) => queues + running + outbox + dueWaves === 0;

const Waiting = z.object({
  paused: z.boolean(),
  recalled: z.boolean(),
  supersededBy: z.string().optional(),
  ahead: z.object({ waves: z.int(), next: z.string() }).optional(),
});

async function look(stack: LocalStackHandle): Promise<OpenWork> {
  const { table, functions, ses, outstanding, clock } = stack;
  const waiting = async (open: 'update' | 'notice') => {
    const rows = table === undefined ? [] : (await table.query(openPartition(open), { index: true })).items;
    return rows.filter(({ gsi1sk }) => String(gsi1sk) > clock.now().toISOString()).length;
  };
  const [updates, notices] = [await waiting('update'), await waiting('notice')];
  // What asks for an update or a notice in time is a message that stays hidden until then.
  const depths = await stack.queues();
  const delayedIn = (queue: string) => depths.find(({ name }) => name === queue)?.delayed ?? 0;
  const [held, posts] = [updates + notices === 0 ? 0 : delayedIn('compose'), delayedIn('slack')];
  const queues = (await outstanding()) - held - posts + ses.pendingEvents();
  const count = async (partition: string) => (table === undefined ? 0 : (await table.query(partition, { index: true })).items.length);
  const [outbox, settling] = [await count(openPartition('outbox')), await count(openPartition('leaf'))];
  const open = table === undefined ? [] : (await table.query(openPartition('edition'), { index: true })).items;
  const unfinished = open.flatMap(({ listed }) => Waiting.safeParse(listed).data ?? []).filter(({ paused }) => !paused);
  const isDue = ({ recalled, supersededBy: superseded, ahead }: z.infer<typeof Waiting>) =>
    ahead !== undefined && (isOver({ recalled, superseded }) || Date.parse(ahead.next) <= clock.now().getTime());
  const dueWaves = unfinished.filter(isDue).length;
  const waves = unfinished.reduce((sum, one) => sum + (isDue(one) ? 0 : (one.ahead?.waves ?? 0)), 0);
  return { queues, running: functions.running(), outbox, settling, waves, dueWaves, updates, notices, posts };
}
