/**
 * Runs in a fresh process: loads a bundle, answers the first request, then others, and says in
 * milliseconds what each took. It loads nothing else, so that whatever is slow is the bundle's.
 */
import { pathToFileURL } from 'node:url';

/** The whole of what a visit is asked to do, as one argument in JSON. */
export interface Asked {
  readonly file: string;
  readonly event: unknown;
  /** How many further requests are answered untimed, and then timed. */
  readonly unmeasured: number;
  readonly measured: number;
}
export interface Visited {
  readonly importMs: number;
  readonly firstMs: number;
  /** Of the processor, for both. */
  readonly cpuMs: number;
  readonly restMs: readonly number[];
  /** Of the first answer. */
  readonly status: number;
  readonly bytes: number;
}

async function visit({ file, event, unmeasured, measured }: Asked): Promise<Visited> {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const { handler } = await import(pathToFileURL(file).href);
  const loaded = performance.now();
  const first = await handler(event);
  const answered = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  for (let n = 0; n < unmeasured; n += 1) await handler(event);
  const restMs: number[] = [];
  for (let n = 0; n < measured; n += 1) {
    const from = performance.now();
    await handler(event);
    restMs.push(performance.now() - from);
  }
  return {
    importMs: loaded - begun,
    firstMs: answered - loaded,
    cpuMs: (user + system) / 1000,
    restMs,
    status: first.statusCode,
    bytes: Buffer.byteLength(first.body),
  };
}

if (process.send) process.send(await visit(JSON.parse(process.argv[2] ?? '{}')), () => process.disconnect());
