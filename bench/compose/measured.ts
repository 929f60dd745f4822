/**
 * Runs in a process of its own: loads a function's bundle, invokes it once as its queue would, and
 * says what that took.
 */
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { moveClock } from '../../local/lambda/moved-date.ts';

export const Measured = z.object({
  answer: z.unknown(),
  loadingMs: z.number(),
  runningMs: z.number(),
  /**
   * The highest that the whole process had in memory at any time, and had when the bundle was
   * loaded.
   */
  peakRss: z.number(),
  loadedRss: z.number(),
  peakHeap: z.number(),
  cpuMs: z.number(),
});

const Handler = z.object({
  handler: z.custom<(event: unknown, context: unknown) => Promise<unknown>>((value) => typeof value === 'function'),
});

async function measure([folder = '', offset = '0', body = '']: readonly string[]): Promise<z.infer<typeof Measured>> {
  moveClock(Number(offset));
  const begun = performance.now();
  const { handler } = Handler.parse(await import(pathToFileURL(join(folder, 'handler.mjs')).href));
  const loaded = performance.now();
  const loadedRss = process.memoryUsage.rss();
  let peakHeap = 0;
  const watch = setInterval(() => {
    peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed);
  }, 5);
  const before = process.cpuUsage();
  const record = { messageId: 'one', body, attributes: { ApproximateReceiveCount: '1' } };
  const answer = await handler({ Records: [record] }, { awsRequestId: 'one', getRemainingTimeInMillis: () => 60_000 });
  const { user, system } = process.cpuUsage(before);
  clearInterval(watch);
  return {
    answer,
    loadingMs: loaded - begun,
    runningMs: performance.now() - loaded,
    peakRss: process.resourceUsage().maxRSS * 1024,
    loadedRss,
    peakHeap,
    cpuMs: (user + system) / 1000,
  };
}

if (process.send) {
  process.send(await measure(process.argv.slice(2)));
  process.disconnect();
}
