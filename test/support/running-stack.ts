import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import * as z from 'zod';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { type Synthesised, type SynthesiseOptions, synthesise } from '../../lib/synthesise.ts';
import type { Plan } from '../../local/plan/plan.ts';
import { localSlack } from '../../local/slack/token.ts';
import { startLocalStack } from '../../local/stack.ts';
import { putLocalKey } from '../../local/start/local-key.ts';
import { localConnectors } from '../../local/vendors/server.ts';
import { madeLaptop, usualDistribution as usual } from './made-laptop.ts';
import { waitedFor } from './waited-for.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

/**
 * The whole local stack on a free port, empty except for the key `local`. Tests call it from
 * outside.
 */
export interface TestStack {
  readonly url: string;
  readonly plan: Plan;
  /** Folder of the functions' bundles. */
  readonly assetsDir: string;
  /** Bypasses the functions, their permissions and the faults. */
  readonly table: Table;
  /** The time on the clock of its functions, not the machine's. */
  now(): Date;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /**
   * Waits until there is no work left. Throws what is left after three minutes: a test that went on
   * would fail at something else.
   */
  drain(): Promise<Answer['body']>;
  /** Waits for at most a minute. `drained` says whether there is no work left. */
  drainForAMinute(): Promise<Answer['body']>;
  runDigest(at: string): Promise<void>;
  /** Runs the schedule of a stream as if at an instant. */
  runSchedule(stream: string, at: string): Promise<void>;
  importPeople(rows: readonly Record<string, string>[]): Promise<Answer['body']>;
  truth(): Promise<
    { edition: string; slot: string; subscriber: string; attempt: number; to: string; acceptedAt: string; sha256: string }[]
  >;
  /** Rejects if a function was denied anything while it ran: AWS would deny it, too. */
  stop(): Promise<void>;
}

export interface StackChanges {
  /** Path of the distribution file for the stack. @default the sample */
  readonly distribution?: string;
  /**
   * The time on its clock at the start. @default the Tuesday at ten, so that no test depends on the
   * day on which it runs
   */
  readonly startsAt?: Date;
  /**
   * True: bulk mail waits for writers of profiles as long as on the laptop. @default false: it
   * waits one second, because without faults no writer takes longer
   */
  readonly waitsForWriters?: boolean;
  /** True: it posts to the Slack of the local stack. @default false */
  readonly slack?: boolean;
  /** True: it listens to the incident tools of the local stack. @default false */
  readonly connectors?: boolean;
  /** Plugins for esbuild, to build the functions with a changed part. */
  readonly plugins?: readonly Plugin[];
  /** Changes the template before it runs. */
  readonly template?: (template: Record<string, unknown>) => void;
  /** Gets every line that a function writes. */
  readonly print?: (line: string) => void;
}

/** In no week that a test uses, and on no day on which a sample stream is sent. */
const tuesdayAtTen = new Date('2026-12-08T10:00:00Z');
const laptop = async (distribution: string, changes: Pick<SynthesiseOptions, 'connectors' | 'plugins' | 'slack'>): Promise<Synthesised> => {
  const bundles = changes.plugins ? undefined : (await madeLaptop()).bundles;
  return synthesise('laptop', { ...changes, distribution, bundles, outDir: await mkdtemp(join(tmpdir(), 'afterword-test-')) });
};

const OurFunction = z.looseObject({
  Type: z.literal('AWS::Lambda::Function'),
  Properties: z.looseObject({
    FunctionName: z.string(),
    Timeout: z.number(),
    Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }),
  }),
});
/**
 * Shortens the waits that only faults need. Gives the functions that answer calls half a minute,
 * because the laptop's timeouts are short on a busy machine.
 */
function suitTests(template: Record<string, unknown>): void {
  const resources = z.record(z.string(), z.unknown()).parse(template.Resources);
  let waits = 0;
  for (const [id, resource] of Object.entries(resources)) {
    const found = OurFunction.safeParse(resource).data;
    if (!found) continue;
    const { Properties } = found;
    if (Properties.Environment.Variables.PROFILE_WRITER_SECONDS) {
      Properties.Environment.Variables.PROFILE_WRITER_SECONDS = '1';
      waits += 1;
    }
    if (/-(intake|operator|home|drafts|web|web-customers)$/.test(Properties.FunctionName)) Properties.Timeout = 30;
    resources[id] = found;
  }
  if (waits === 0) throw new Error('no function waits for writers of profiles');
  template.Resources = resources;
}

export async function aRunningStack({
  distribution = usual,
  startsAt = tuesdayAtTen,
  waitsForWriters = false,
  slack: posts = false,
  connectors: listens = false,
  plugins,
  template: change = () => {},
  print,
}: StackChanges = {}): Promise<TestStack> {
  const slack = posts ? localSlack() : undefined;
  const vendors = listens ? localConnectors() : undefined;
  const isUsual = plugins === undefined && distribution === usual && !posts && !listens;
  const synthesised = isUsual
    ? await madeLaptop()
    : await laptop(distribution, { ...(plugins && { plugins }), slack: slack?.setting, connectors: vendors?.setting });
  const template = structuredClone(synthesised.template);
  if (!waitsForWriters) suitTests(template);
  change(template);
  const stack = await startLocalStack({
    ...synthesised,
    template,
    port: 0,
    startsAt,
    secrets: new Map([...(slack?.secrets ?? []), ...(vendors?.secrets ?? [])]),
    vendorsToken: vendors?.token,
    slackToken: slack?.token,
    slackSigning: slack?.signing,
    ...(print && { print, verbose: true }),
  });
  const { table } = stack;
  if (!table) throw new Error('the template has no table');
  await putLocalKey(table);

  const call: TestStack['call'] = async (method, path, body, headers = {}) => {
    const isText = typeof body === 'string';
    const answer = await fetch(`${stack.url}${path}`, {
      method,
      headers: {
        authorization: 'Bearer local',
        ...(body !== undefined && { 'content-type': isText ? 'text/markdown' : 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
  };
  const drainForAMinute = async () => (await call('POST', '/_local/drain')).body;
  const runSchedule = async (stream: string, at: string) => {
    await call('POST', `/_local/schedules/${stream}/run`, { at });
  };
  return {
    url: stack.url,
    plan: stack.plan,
    assetsDir: synthesised.assetsDir,
    table,
    now: stack.now,
    call,
    drainForAMinute,
    drain: () => waitedFor('a stack without work', drainForAMinute, ({ drained }) => drained),
    runDigest: (at) => runSchedule('engineering-digest', at),
    runSchedule,
    async importPeople(rows) {
      const answers = [];
      for (let i = 0; i < rows.length; i += 100) {
        const batch = rows.slice(i, i + 100).map((row, n) => ({ line: i + n + 2, ...row }));
        answers.push((await call('POST', '/operator/people/import', { rows: batch })).body);
      }
      return answers.length === 1 ? answers[0] : answers;
    },
    truth: async () => (await call('GET', '/_local/truth')).body,
    async stop() {
      const denials: { message: string }[] = (await call('GET', '/_local/denials')).body;
      await stack.stop();
      if (denials.length > 0) throw new Error(denials.map(({ message }) => message).join('\n'));
    },
  };
}
