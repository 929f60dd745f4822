import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { mailMaker } from '../../core/delivery/make-mail.ts';
import type { MailMaker } from '../../core/delivery/ports.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';
import { inside, type SourceChange, withChanges } from './changed-sources.ts';
import type { Call, Wait } from './check/history.ts';
import { inShell } from './in-shell.ts';
import type { CrashPoint } from './inside/shell.ts';

/**
 * A local stack whose functions can be watched, killed at a call, slowed down, and built without a
 * safeguard.
 */
export interface Stage {
  readonly stack: TestStack;
  /** Makes mails as the functions do. */
  readonly makeMail: MailMaker;
  waits(): Promise<Wait[]>;
  /** In the order in which they began. */
  calls(): Promise<Call[]>;
  /** The function dies once, at this call of an invocation whose event contains the text. */
  armCrash(about: string, point: CrashPoint): Promise<void>;
  /** Removes a crash point. True: no function died at it, because there was no such call. */
  disarmCrash(about: string): Promise<boolean>;
  /** Every line that a function wrote. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly changes?: readonly SourceChange[];
  readonly stalls?: number;
  readonly slowClaimsMs?: number;
  readonly slowMarksMs?: number;
  readonly placesLaterMs?: number;
  readonly skewMs?: number;
  readonly unnoted?: boolean;
  readonly keepLines?: boolean;
  /** True: it listens to the incident tools of the local stack. */
  readonly connectors?: boolean;
}

/** The keys that sign every link of a stage. */
export const tokenKeys = { kid: 'k1', key: 'the key of a stage that is gone when its test is over' };

export async function aStage({
  changes = [],
  stalls = 0,
  slowClaimsMs = 0,
  slowMarksMs = 0,
  placesLaterMs = 0,
  skewMs = 0,
  unnoted = false,
  keepLines = false,
  connectors = false,
}: StageOptions = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'afterword-faults-'));
  const crashes = join(folder, 'crashes');
  const [waitsFile, callsFile] = [join(folder, 'waits'), join(folder, 'calls')];
  await mkdir(crashes);
  for (const file of [waitsFile, callsFile]) await writeFile(file, '');
  const lines: string[] = [];
  const disturbances = [
    ...(stalls > 0 ? [stallingBy(stalls)] : []),
    ...(slowClaimsMs > 0 ? [claimingLate(slowClaimsMs)] : []),
    ...(slowMarksMs > 0 ? [markingLate(slowMarksMs)] : []),
    ...(placesLaterMs > 0 ? placingLater(placesLaterMs) : []),
    ...(unnoted ? [askingUnnoted] : []),
  ];
  const plugins = [withChanges([...changes, ...watching(waitsFile, callsFile), ...disturbances]), inShell(crashes, skewMs)];
  const stack = await aRunningStack({
    waitsForWriters: true,
    connectors,
    plugins,
    template(made) {
      withKnownKeys(made);
      withShortWindows(made);
      if (placesLaterMs > 0) withTimeToWait(made, Math.ceil(placesLaterMs / 1000));
    },
    ...(keepLines && { print: (line: string) => void lines.push(line) }),
  });
  const crashFile = (about: string) => join(crashes, `${about}.crash`);
  return {
    stack,
    makeMail: makerOf(stack),
    waits: () => linesOf(waitsFile),
    calls: () => linesOf(callsFile),
    armCrash: (about, point) => writeFile(crashFile(about), JSON.stringify(point)),
    disarmCrash: (about) =>
      rm(crashFile(about)).then(
        () => true,
        () => false,
      ),
    lines,
    async stop() {
      await stack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const linesOf = async (file: string) =>
  (await readFile(file, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const watching = (waits: string, calls: string): SourceChange[] => [
  {
    file: 'core/delivery/send-chunk.ts',
    from: 'await deps.waitUntil(work.places.at);',
    to: `await deps.waitUntil(work.places.at);\n  waitEnded(work, ${JSON.stringify(waits)});`,
    importing: `import { waitEnded } from ${JSON.stringify(inside('waits.ts'))};`,
  },
  {
    file: 'core/delivery/send-chunk.ts',
    from: 'const outcome = await deps.mailer.send(mail);',
    to: `callBegins(mail.tags, ${JSON.stringify(calls)});\n        const outcome = await deps.mailer.send(mail);`,
    importing: `import { callBegins } from ${JSON.stringify(inside('calls.ts'))};`,
  },
];

const stallingBy = (share: number): SourceChange => ({
  file: 'adapters/dynamodb/table.ts',
  from: 'DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });',
  to: `stalling(DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }), ${share});`,
  importing: `import { stalling } from ${JSON.stringify(inside('stalls.ts'))};`,
});

const claimingLate = (ms: number): SourceChange => ({
  file: 'core/delivery/leaf.ts',
  from: '  const claimed: Leaf =',
  to: `  await new Promise((resolve) => setTimeout(resolve, Math.random() * ${ms}));\n  const claimed: Leaf =`,
});

const markingLate = (ms: number): SourceChange => ({
  file: 'core/delivery/send-chunk.ts',
  from: '  const marked = await changeLeaf(',
  to: `  if (work.edition.incident) await new Promise((resolve) => setTimeout(resolve, Math.random() * ${ms}));\n  const marked = await changeLeaf(`,
});

/** What such a run leaves is what a run leaves that dies there. */
const askingUnnoted: SourceChange = {
  file: 'core/reminder/remind.ts',
  from: '  await deps.memory.advance({ ...progress, promised, askedAt: toInstant(deps.now()) }, stored.version + 1);',
  to: '',
};

/** The rate stays as it is: all places move alike. */
const placingLater = (ms: number): SourceChange[] => [
  { file: 'adapters/dynamodb/pacer.ts', from: 'at: exact(last - span)', to: `at: exact(last - span + ${ms})` },
];

const Template = z.object({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).optional() })),
});

/** Gives the functions the known keys, because making the same bytes again needs the same keys. */
function withKnownKeys(template: Record<string, unknown>): void {
  for (const [id, resource] of Object.entries(Template.parse(template).Resources)) {
    if (resource.Type !== 'AWS::SecretsManager::Secret' || !/TokenKeys[0-9A-F]{8}$/.test(id)) continue;
    const { GenerateSecretString: _, ...properties } = resource.Properties ?? {};
    const changed = { ...resource, Properties: { ...properties, SecretString: JSON.stringify(tokenKeys) } };
    Object.assign(template.Resources as object, { [id]: changed });
    return;
  }
  throw new Error('the template has no secret TokenKeys');
}

/** A second between the mails about an incident, so that many are superseded while they leave. */
function withShortWindows(template: Record<string, unknown>): void {
  for (const { Properties } of Object.values(Template.parse(template).Resources)) {
    const variables = Updating.safeParse(Properties).data?.Environment.Variables;
    if (variables) Object.assign(variables, { UPDATE_WINDOW_SECONDS: '1', UPDATE_SETTLING_SECONDS: '1' });
  }
}

/** Workers may wait so many seconds longer, and keep their leaves as much longer. */
function withTimeToWait(template: Record<string, unknown>, seconds: number): void {
  for (const [id, resource] of Object.entries(Template.parse(template).Resources)) {
    const delivering = Delivering.safeParse(resource.Properties).data;
    if (!delivering) continue;
    const { Timeout, Environment, ...rest } = delivering;
    const LEASE_SECONDS = String(Number(Environment.Variables.LEASE_SECONDS) + seconds);
    const Properties = { ...rest, Timeout: Timeout + seconds, Environment: { Variables: { ...Environment.Variables, LEASE_SECONDS } } };
    Object.assign(template.Resources as object, { [id]: { ...resource, Properties } });
  }
}
const Delivering = z.looseObject({
  Timeout: z.number(),
  Environment: z.object({ Variables: z.looseObject({ LANE: z.string(), LEASE_SECONDS: z.string() }) }),
});

const Updating = z.object({
  Environment: z.custom<{ readonly Variables: object }>(
    (given) => 'UPDATE_WINDOW_SECONDS' in ((given as { Variables?: object })?.Variables ?? {}),
  ),
});

const DeliverEnv = z.object({ PUBLIC_URL: z.string(), SENDER_NAME: z.string(), SENDER_ADDRESS: z.string() });

function makerOf({ plan }: TestStack): MailMaker {
  const deliver = plan.functions.find(({ name }) => name.endsWith('deliver-bulk'));
  const env = DeliverEnv.parse(deliver?.environment);
  const sender = { name: env.SENDER_NAME, address: env.SENDER_ADDRESS };
  return mailMaker({ publicUrl: env.PUBLIC_URL, sender, keys: tokenKeys });
}
