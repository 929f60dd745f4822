import type { Instance } from './instance.ts';
import type { Invocation } from './protocol.ts';

/** The instances of one function: as many as run at once, started when needed and kept warm. */
export interface Pool {
  /** Waits for a free instance if all of them are busy. */
  invoke(event: unknown, trace?: string): Promise<Invocation>;
  /** Kills every instance, including idle ones. Returns their number. */
  kill(): number;
  /** Invocations that run or wait. */
  running(): number;
  instances(): number;
}

export function pool(options: {
  readonly start: () => Instance;
  readonly limit: number;
  readonly timeoutMs: number;
  readonly clockOffsetMs: () => number;
}): Pool {
  const all = new Set<Instance>();
  const idle: Instance[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;

  const slot = async () => {
    busy += 1;
    if (busy > options.limit) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const freeSlot = () => {
    busy -= 1;
    waiting.shift()?.();
  };
  const warm = (): Instance | undefined => {
    for (let instance = idle.pop(); instance !== undefined; instance = idle.pop()) {
      if (instance.isAlive) return instance;
      all.delete(instance);
    }
    return undefined;
  };
  const cold = () => {
    const instance = options.start();
    all.add(instance);
    return instance;
  };
  const runIn = async (instance: Instance, event: unknown, trace?: string): Promise<Invocation> => {
    const error = await instance.loaded;
    if (error !== undefined) return { kind: 'threw', error };
    return instance.invoke(event, { timeoutMs: options.timeoutMs, clockOffsetMs: options.clockOffsetMs(), trace });
  };

  return {
    running: () => busy,
    instances: () => all.size,
    kill: () => {
      const killed = all.size;
      for (const instance of all) instance.kill();
      all.clear();
      idle.length = 0;
      return killed;
    },
    invoke: async (event, trace) => {
      await slot();
      const instance = warm() ?? cold();
      try {
        return await runIn(instance, event, trace);
      } finally {
        if (instance.isAlive && all.has(instance)) idle.push(instance);
        else all.delete(instance);
        freeSlot();
      }
    },
  };
}
