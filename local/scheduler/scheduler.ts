import { randomUUID } from 'node:crypto';
import type { MovableClock } from '../clock.ts';
import type { SchedulePlan } from '../plan/schedules.ts';
import { shortName } from '../template/local-aws.ts';
import { type Occurrences, occurrencesOf } from './occurrences.ts';

export interface ListedSchedule {
  readonly name: string;
  readonly expression: string;
  readonly zone: string;
  readonly nextRun: string | null;
  readonly lastRun: string | null;
}

export interface Scheduler {
  list(): readonly ListedSchedule[];
  /**
   * Fires a schedule as if it were this instant. The name may be a unique prefix. Undefined: no
   * such schedule, or several.
   */
  run(name: string, at: Date): Promise<string | undefined>;
  /**
   * Call at the start and after the clock was moved. Fires the schedules that became due since the
   * last time, each only for its latest occurrence.
   */
  catchUp(): Promise<void>;
  stop(): void;
}

interface Entry {
  readonly plan: SchedulePlan;
  readonly name: string;
  readonly occurrences: Occurrences;
  /** Everything due up to this instant has been fired. */
  firedUntil: Date;
  lastRun: Date | undefined;
}

/** Scheduled times in AWS have no fraction of a second. */
const printed = (instant: Date) => instant.toISOString().replace(/\.\d{3}Z$/, 'Z');
const longestSleepMs = 30_000;

/** `fire` puts the input into the target. It rejects if the target cannot take it. */
export function startScheduler(options: {
  readonly schedules: readonly SchedulePlan[];
  readonly stackName: string;
  readonly clock: MovableClock;
  readonly fire: (plan: SchedulePlan, input: string) => Promise<void>;
}): Scheduler {
  const { clock, fire, stackName } = options;
  const started = clock.now();
  const entries: Entry[] = options.schedules.map((plan) => ({
    plan,
    name: shortName(stackName, plan.name),
    occurrences: occurrencesOf(plan, started),
    firedUntil: new Date(started.getTime() - 1),
    lastRun: undefined,
  }));
  let timer: NodeJS.Timeout | undefined;

  const runAt = async (entry: Entry, at: Date) => {
    entry.lastRun = at;
    await fire(entry.plan, inputOf(entry.plan, at));
  };
  const fireDue = async () => {
    const now = clock.now();
    const due = entries.flatMap((entry) => {
      const at = entry.plan.enabled ? entry.occurrences.latest(entry.firedUntil, now) : undefined;
      entry.firedUntil = now;
      return at === undefined ? [] : [runAt(entry, at)];
    });
    await Promise.all(due);
  };
  const sleep = () => {
    const now = clock.now();
    const next = entries.flatMap((entry) => entry.occurrences.after(now) ?? []).map((at) => at.getTime() - now.getTime());
    timer = setTimeout(() => void fireDue().finally(sleep), Math.max(10, Math.min(longestSleepMs, ...next)));
  };
  sleep();

  return {
    list: () => entries.map((entry) => listed(entry, clock.now())),
    catchUp: fireDue,
    stop: () => clearTimeout(timer),
    run: async (name, at) => {
      const wanted = shortName(stackName, name);
      const exact = entries.filter((entry) => entry.name === wanted);
      const found = exact.length > 0 ? exact : entries.filter((entry) => entry.name.startsWith(wanted));
      const [only, ...others] = found;
      if (only === undefined || others.length > 0) return undefined;
      await runAt(only, at);
      return only.name;
    },
  };
}

const inputOf = ({ input, arn }: SchedulePlan, at: Date): string =>
  input
    .replaceAll('<aws.scheduler.scheduled-time>', printed(at))
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');

const listed = ({ plan, name, occurrences, lastRun }: Entry, now: Date): ListedSchedule => {
  const next = plan.enabled ? occurrences.after(now) : undefined;
  return {
    name,
    expression: plan.expression,
    zone: plan.zone,
    nextRun: next === undefined ? null : printed(next),
    lastRun: lastRun === undefined ? null : printed(lastRun),
  };
};
