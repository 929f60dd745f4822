/**
 * Runs in a process of its own: loads a bundle and answers requests at a fixed rate, whether or not
 * those before are answered. What one took counts from the instant at which it was due, so that
 * waiting for others counts as well.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

export interface Rated {
  readonly file: string;
  /** One after the other, and then from the beginning. */
  readonly events: readonly unknown[];
  readonly perSecond: number;
  /** Untimed at first, so that the function is warm. */
  readonly unmeasured: number;
  readonly measured: number;
}
export interface Answered {
  readonly tookMs: readonly number[];
  /** How many had each status. */
  readonly statuses: Readonly<Record<string, number>>;
}

async function answerAll({ file, events, perSecond, unmeasured, measured }: Rated): Promise<Answered> {
  const { handler } = await import(pathToFileURL(file).href);
  const tookMs: number[] = [];
  const statuses: Record<string, number> = {};
  for (let n = 0; n < unmeasured; n += 1) await handler(events[n % events.length]);
  const begun = performance.now();
  const all = Array.from({ length: measured }, async (_, n) => {
    const dueMs = begun + (n * 1000) / perSecond;
    await sleep(Math.max(0, dueMs - performance.now()));
    const { statusCode } = await handler(events[(unmeasured + n) % events.length]);
    tookMs.push(performance.now() - dueMs);
    statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
  });
  await Promise.all(all);
  return { tookMs, statuses };
}

if (process.send) process.once('message', async (asked) => process.send?.(await answerAll(asked as Rated), () => process.disconnect()));
