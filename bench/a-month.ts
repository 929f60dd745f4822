import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { localDay } from '../core/calendar/period.ts';
import { toInstant } from '../core/shared/instant.ts';
import { settle } from '../test/faults/settle.ts';
import { aRunningStack, type TestStack } from '../test/support/running-stack.ts';
import type { Bill } from './prices.ts';

/**
 * A month: every reader gets four digests, one in twenty two alerts; half of the mails are opened;
 * CI publishes all files on each working day. Where people are reminded, one in ten is on each
 * working day. What is in force is checked for drift each week.
 */
export const month = {
  digests: 4,
  incidentsAWeek: 10,
  alerts: 2,
  leaders: 1 / 20,
  opened: 1 / 2,
  ciRuns: 20,
  workingDays: 21,
  reminded: 1 / 10,
  driftChecks: 4.35,
  minutes: 30.4 * 24 * 60,
} as const;
/** Lambda's own lines and ours, in bytes an invocation. */
const logBytes = 1200;
/**
 * SES's rate for a young account, of which 95 % are used; all five workers of the bulk lane wait
 * for their places meanwhile.
 */
const pace = { perSecond: 14 * 0.95, workers: 5, gigabytes: 0.5 };
/** What is written in a month stays for thirteen. */
const monthsKept = 13;
const mondays = ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'];

const Usage = z.array(
  z.object({ service: z.string(), function: z.string(), calls: z.number(), readUnits: z.number(), writeUnits: z.number() }),
);
const Metrics = z.array(z.object({ name: z.string(), dimensions: z.record(z.string(), z.string()), samples: z.number() }));
const Functions = z.array(z.object({ name: z.string(), memoryMb: z.number(), invocations: z.number(), milliseconds: z.number() }));

export interface Month {
  readonly mails: Bill;
  /** What reminding people adds, without what stands there for it. */
  readonly reminders: Bill;
}

/**
 * Plays the month's mails, publications, some sweeps, a check for drift and the reminders of a day
 * on the local stack and answers what the whole month takes of each priced thing. `posts`: it posts
 * to two channels in Slack as well.
 */
export async function measureMonth(readers: number, { posts = false } = {}): Promise<Month> {
  // In the last week that is told: a Sev-1 of an earlier one would be history.
  const stack = await aRunningStack({ startsAt: new Date('2026-11-24T10:00:00Z'), slack: posts });
  try {
    await stack.call('PUT', '/operator/configuration', await readFile('samples/distribution.yaml', 'utf8'), {
      'content-type': 'text/yaml',
    });
    await stack.importPeople(Array.from({ length: readers }, (_, n) => reader(n)));
    await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: 100 } });
    const sends = await used(stack, () => publishAndSend(stack));
    const again = await used(stack, () => publishAll(stack));
    // What a busy machine left in doubt is not what sweep does each minute.
    if (!(await settle(stack, 600))) throw new Error('it did not come to rest: the machine is too busy to measure');
    const sweeps = 5;
    const idle = await used(stack, async () => {
      for (let n = 0; n < sweeps; n += 1) await stack.call('POST', '/_local/schedules/sweep/run', {});
      await drained(stack);
    });
    const checked = await used(stack, () => runOnce(stack, 'drift'));
    const mails = readers * month.digests + Math.ceil(readers * month.leaders) * month.alerts;
    await areAccepted(stack, (edition) => !edition.startsWith('service'), mails);
    const asked = Math.ceil(readers * month.reminded);
    await promise(stack, asked);
    const reminded = await used(stack, () => runOnce(stack, 'remind'));
    await areAccepted(stack, (edition) => edition.startsWith('service_reminders'), asked);
    const hours = month.minutes / 60;
    return {
      mails: billOf({ mails, opens: mails * month.opened, runs: month.minutes + month.digests + month.driftChecks }, [
        // A digest and the evidence of it take three hours at most.
        { used: sends, times: 1, hours: 3 * month.digests + month.alerts, stays: true },
        { used: again, times: month.ciRuns, hours: month.ciRuns },
        // What sweep writes with nothing to do, it writes in each hour.
        { used: idle, times: month.minutes / sweeps, hours },
        { used: checked, times: month.driftChecks, hours: month.driftChecks },
      ]),
      // Their mails are not tracked.
      reminders: billOf({ mails: asked * month.workingDays, opens: 0, runs: hours / 24 }, [
        { used: reminded, times: month.workingDays, hours: month.workingDays, stays: true },
      ]),
    };
  } finally {
    await stack.stop();
  }
}

/**
 * On a busy machine a function may be ended in the middle of a chunk, which then stays in doubt;
 * many would make the measurement worthless.
 */
async function areAccepted(stack: TestStack, isOne: (edition: string) => boolean, mails: number): Promise<void> {
  const accepted = (await stack.truth()).filter(({ edition }) => isOne(edition)).length;
  if (accepted < 0.98 * mails) throw new Error(`only ${accepted} of ${mails} mails were accepted: the machine is too busy to measure`);
}

async function runOnce(stack: TestStack, schedule: 'remind' | 'drift'): Promise<void> {
  await stack.runSchedule(schedule, toInstant(stack.now()));
  await drained(stack);
}

/** So many people own an action item that is due today. */
async function promise(stack: TestStack, owners: number): Promise<void> {
  const each = 10;
  for (let from = 0; from < owners; from += each) {
    await stack.call('PUT', `/postmortems/promise-${from}`, {
      title: `A promise of the autumn, ${from}`,
      severity: 'sev3',
      publishedAt: '2026-10-05T10:00:00Z',
      actionItems: Array.from({ length: Math.min(each, owners - from) }, (_, n) => ({
        title: `The runbook names the machine ${from + n}`,
        assignee: reader(from + n).address,
        due: localDay(stack.now(), 'Europe/Berlin').toString(),
        status: 'open',
      })),
    });
  }
  await drained(stack);
}

const reader = (n: number) => ({
  address: `reader${n}@example.com`,
  role: n % Math.round(1 / month.leaders) === 0 ? 'leadership' : 'engineering',
  team: 'Storefront',
  streams: n % Math.round(1 / month.leaders) === 0 ? 'engineering-digest sev1-alerts' : 'engineering-digest',
});

async function publishAndSend(stack: TestStack): Promise<void> {
  await publishAll(stack);
  for (const monday of mondays) {
    await stack.runDigest(`${monday}T08:00:00Z`);
    await drained(stack);
  }
}

async function publishAll(stack: TestStack): Promise<void> {
  for (const [week, monday] of mondays.entries()) {
    for (let n = 0; n < month.incidentsAWeek; n += 1)
      await stack.call('PUT', `/postmortems/incident-${week}-${n}`, incident(week, n, monday));
  }
  await drained(stack);
}

/**
 * The two alerts come from the last week: what is older is history. About 3 KB, as the samples are.
 */
const incident = (week: number, n: number, monday: string) => {
  const started = new Date(Date.parse(`${monday}T00:00:00Z`) - (n % 6) * 86_400_000 - 40_000_000);
  const after = (minutes: number) => new Date(started.getTime() + minutes * 60_000).toISOString().replace('.000', '');
  const severity = week === mondays.length - 1 && n < month.alerts ? 'sev1' : `sev${2 + (n % 3)}`;
  return {
    title: `A failover in region ${n} logged everybody out`,
    severity,
    services: ['sessions', 'login'],
    owningTeam: 'Identity',
    startedAt: after(0),
    mitigatedAt: after(20 + n),
    resolvedAt: after(41 + n),
    publishedAt: after(600),
    summary: sentences('The primary was patched, and a replica that was eleven minutes behind was promoted.', 6),
    customerImpact: sentences('Customers had to log in again and lost what was in their baskets.', 3),
    rootCauses: [sentences('Nobody watched replication lag.', 8)],
    resolution: sentences('Traffic went back to the old primary.', 6),
    lessons: { wentWell: ['The pager rang within a minute.'], wentWrong: ['The runbook named a machine that is gone.'], gotLucky: [] },
    actionItems: ['Promotion refuses a late replica', 'An alarm watches the lag', 'The runbook is tried each month'].map(
      (title, action) => ({
        id: `a-${action}`,
        title,
        owner: 'Identity',
        due: '2026-12-18',
        status: 'open',
      }),
    ),
  };
};
const sentences = (one: string, count: number) => Array.from({ length: count }, () => one).join(' ');

async function drained(stack: TestStack): Promise<void> {
  while (!(await stack.drainForAMinute()).drained);
}

interface Used {
  readonly usage: z.infer<typeof Usage>;
  readonly functions: z.infer<typeof Functions>;
  /** How many metrics of ours, by name and lane or stream, were written. */
  readonly metrics: number;
}

async function used(stack: TestStack, act: () => Promise<void>): Promise<Used> {
  const before = Functions.parse((await stack.call('GET', '/_local/functions')).body);
  const metricsBefore = await metricsWritten(stack);
  await stack.call('DELETE', '/_local/usage');
  await act();
  const after = Functions.parse((await stack.call('GET', '/_local/functions')).body);
  const functions = after.map((fn) => {
    const earlier = before.find(({ name }) => name === fn.name);
    return {
      ...fn,
      invocations: fn.invocations - (earlier?.invocations ?? 0),
      milliseconds: fn.milliseconds - (earlier?.milliseconds ?? 0),
    };
  });
  const metrics = [...(await metricsWritten(stack))].filter(([metric, samples]) => samples > (metricsBefore.get(metric) ?? 0)).length;
  return { usage: Usage.parse((await stack.call('GET', '/_local/usage')).body), functions, metrics };
}

async function metricsWritten(stack: TestStack): Promise<Map<string, number>> {
  const lines = Metrics.parse((await stack.call('GET', '/_local/metrics')).body);
  return new Map(lines.map(({ name, dimensions, samples }) => [JSON.stringify([name, dimensions]), samples]));
}

/** A part of the month: how often it happens, and in how many hours its metrics are written. */
interface Part {
  readonly used: Used;
  readonly times: number;
  readonly hours: number;
  /** What it writes is new, and is not written over by the next time. */
  readonly stays?: boolean;
}

interface Sent {
  readonly mails: number;
  readonly opens: number;
  /** Of schedules. */
  readonly runs: number;
}

function billOf({ mails, opens, runs }: Sent, parts: readonly Part[]): Bill {
  const over = (value: (used: Used) => number) => total(parts, ({ used, times }) => value(used) * times);
  // An open is one event more beside Send and Delivery, and costs `feedback` what each of them
  // does.
  const withOpens = (name: string) => (name === 'feedback' ? 1 + opens / mails / 2 : 1);
  const units = (which: 'readUnits' | 'writeUnits') => over(({ usage }) => total(usage, (line) => line[which] * withOpens(line.function)));
  const calls = (service: string) => over(({ usage }) => total(usage, (line) => (line.service === service ? line.calls : 0)));
  const invocations = over(({ functions }) => total(functions, (fn) => fn.invocations * withOpens(fn.name)));
  // How long `deliver` runs is a matter of the rate, which is higher here than in a young account;
  // the others run as long as they run.
  const others = over(({ functions }) =>
    total(functions, (fn) => (fn.name.startsWith('deliver') ? 0 : (fn.milliseconds / 1000) * (fn.memoryMb / 1024) * withOpens(fn.name))),
  );
  const kept = total(parts, ({ used, times, stays }) => (stays ? total(used.usage, (line) => line.writeUnits) * times : 0));
  return {
    'SES mail': mails,
    'Lambda request': invocations,
    'Lambda GB-second (arm64), deliver': (mails / pace.perSecond) * pace.workers * pace.gigabytes,
    'Lambda GB-second (arm64), others': others,
    'DynamoDB read unit': units('readUnits'),
    'DynamoDB write unit': units('writeUnits'),
    // One kilobyte a unit at most.
    'DynamoDB GB-month, with point-in-time recovery': (kept / 1e6) * monthsKept,
    // Each event and each message is sent, received and deleted.
    'SQS request': calls('sqs') + 3 * (2 * mails + opens) + 2 * invocations,
    'SNS publication': 2 * mails + opens,
    'HTTP API request': over(({ functions }) => total(functions, ({ name, invocations }) => (name === 'intake' ? invocations : 0))),
    'Scheduler invocation': runs,
    'Secrets Manager call': calls('secretsmanager'),
    // A metric is paid for by the hour in which it is written.
    'CloudWatch metric of ours': total(parts, ({ used, hours }) => used.metrics * hours) / (month.minutes / 60),
    'CloudWatch GB of logs': (invocations * logBytes) / 1e9,
  };
}

const total = <One>(all: readonly One[], value: (one: One) => number): number => all.reduce((sum, one) => sum + value(one), 0);
