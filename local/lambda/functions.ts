import { join } from 'node:path';
import type { MovableClock } from '../clock.ts';
import type { LogCapture } from '../logs/log-capture.ts';
import type { FunctionPlan } from '../plan/functions.ts';
import { shortName } from '../template/local-aws.ts';
import { type Endpoints, environmentOf } from './environment.ts';
import { startInstance } from './instance.ts';
import { type Pool, pool } from './pool.ts';
import type { Invocation } from './protocol.ts';

/** AWS runs up to a thousand at once. A few are enough on a laptop. */
const withoutReservation = 5;

/**
 * The functions of the stack. A name is the template's name, its ARN, or either without the stack's
 * prefix.
 */
export interface Functions {
  /**
   * Never rejects because of what the function does. Throws for an unknown name. `trace` names the
   * chain of invocations that this one continues.
   */
  invoke(name: string, event: unknown, trace?: string): Promise<Invocation>;
  /** Kills the running instances. Undefined for an unknown name. */
  kill(name: string): number | undefined;
  /** Invocations that run or wait, over all functions. */
  running(): number;
  list(): readonly ListedFunction[];
  stop(): void;
}
export interface ListedFunction {
  readonly name: string;
  readonly instances: number;
  readonly running: number;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /**
   * The number since the start, and their total duration: from the call to its answer, including
   * cold starts.
   */
  readonly invocations: number;
  readonly milliseconds: number;
}

export function runFunctions(options: {
  readonly plans: readonly FunctionPlan[];
  readonly assetsDir: string;
  readonly stackName: string;
  readonly endpoints: Endpoints;
  readonly clock: MovableClock;
  readonly journal: LogCapture;
}): Functions {
  const { plans, stackName, journal } = options;
  const short = (name: string) => shortName(stackName, name.split(':').at(-1) ?? name);
  const running = new Map(plans.map((plan) => [short(plan.name), { plan, pool: poolOf(plan, options), invocations: 0, milliseconds: 0 }]));

  let stopped = false;

  return {
    invoke: async (name, event, trace) => {
      const found = running.get(short(name));
      if (found === undefined) throw new Error(`no function ${name}`);
      const began = performance.now();
      const outcome = await found.pool.invoke(event, trace);
      found.invocations += 1;
      found.milliseconds += performance.now() - began;
      const reason = failureOf(outcome, found.plan);
      if (reason !== undefined && !stopped) journal.failed(short(name), reason);
      return outcome;
    },
    kill: (name) => running.get(short(name))?.pool.kill(),
    running: () => [...running.values()].reduce((sum, { pool }) => sum + pool.running(), 0),
    list: () =>
      [...running].map(([name, { plan, pool, invocations, milliseconds }]) => ({
        name,
        instances: pool.instances(),
        running: pool.running(),
        timeoutSeconds: plan.timeoutMs / 1000,
        memoryMb: plan.memoryMb,
        invocations,
        milliseconds: Math.round(milliseconds),
      })),
    stop: () => {
      stopped = true;
      for (const { pool } of running.values()) pool.kill();
    },
  };
}

const poolOf = (plan: FunctionPlan, { assetsDir, stackName, endpoints, clock, journal }: Parameters<typeof runFunctions>[0]): Pool =>
  pool({
    limit: plan.reservedConcurrency ?? withoutReservation,
    timeoutMs: plan.timeoutMs,
    clockOffsetMs: clock.offsetMs,
    start: () =>
      startInstance({
        folder: join(assetsDir, plan.asset),
        handler: plan.handler,
        arn: plan.arn,
        environment: environmentOf(plan, endpoints),
        clockOffsetMs: clock.offsetMs(),
        onLine: (line) => journal.wrote(shortName(stackName, plan.name), line),
      }),
  });

/**
 * Why an invocation failed, with the stack trace on the lines below. Undefined if it did not fail.
 */
function failureOf(outcome: Invocation, plan: FunctionPlan): string | undefined {
  switch (outcome.kind) {
    case 'answered':
      return undefined;
    case 'threw':
      return outcome.error.stack ?? `${outcome.error.name}: ${outcome.error.message}`;
    case 'timed out':
      return `timed out after ${plan.timeoutMs / 1000} s`;
    case 'killed':
      return 'killed while it ran';
    default:
      return outcome satisfies never;
  }
}
