import { openTable, type Table } from '../adapters/dynamodb/table.ts';
import { movableClock } from './clock.ts';
import { control } from './control/control.ts';
import type { LocalStackHandle } from './control/local-stack-handle.ts';
import { controlRoutes } from './control/routes.ts';
import { claimDataFolder } from './data-folder.ts';
import { type Disposables, disposables } from './disposables.ts';
import { createTables, directClient } from './dynamodb/create-tables.ts';
import type { EngineChoice } from './dynamodb/engine.ts';
import { type Engines, startEngines } from './engines.ts';
import { injectedFaults } from './faults/faults.ts';
import { gateway } from './gateway/gateway.ts';
import { type FrontDoor, frontDoor } from './http/front-door.ts';
import { type IamEnforcer, iamEnforcer } from './iam/iam-enforcer.ts';
import { rolesInForce } from './iam/roles-in-force.ts';
import { type Functions, runFunctions } from './lambda/functions.ts';
import { mostRuns } from './lambda/lineage.ts';
import { startPoller } from './lambda/poller.ts';
import { type LogCapture, logCapture } from './logs/log-capture.ts';
import { type Plan, planOf } from './plan/plan.ts';
import { nameOfSecret } from './plan/secrets.ts';
import type { TablePlan } from './plan/tables.ts';
import { createQueues } from './queues/create-queues.ts';
import { outstandingMessages, purgeQueue, queueDepths } from './queues/depths.ts';
import { fireInto } from './scheduler/fire.ts';
import { startScheduler } from './scheduler/scheduler.ts';
import { startFakeSecrets } from './secrets/server.ts';
import { secretValues } from './secrets/values.ts';
import { inbox } from './ses/inbox.ts';
import { startFakeSes } from './ses/server.ts';
import { channelsNamed } from './slack/named-channels.ts';
import { startFakeSlack } from './slack/server.ts';
import { loadTemplate } from './template/load.ts';
import { shortName } from './template/local-aws.ts';
import { startDynamoDbProxy } from './usage/dynamodb-proxy.ts';
import { startFakeVendors } from './vendors/server.ts';

export interface LocalStackOptions {
  /** The synthesised CloudFormation template. */
  readonly template: unknown;
  /** The folder that the functions' asset paths are relative to. */
  readonly assetsDir: string;
  readonly stackName: string;
  /** 0 takes a free port. */
  readonly port: number;
  /**
   * Keeps table, secrets and the log of accepted mails here. Without it nothing outlives the stack.
   * Queues never do.
   */
  readonly dataDir?: string | undefined;
  /** @default dynoxide if it is installed, else dynalite */
  readonly engine?: EngineChoice | undefined;
  /** A DynamoDB that is already running. */
  readonly dynamoDbEndpoint?: string | undefined;
  /**
   * What the template names but does not create: a restored table, and the values of kept secrets
   * by their ARN.
   */
  readonly restored?: { readonly table: TablePlan; readonly secrets: ReadonlyMap<string, string> } | undefined;
  /** The values of other secrets that the template names but does not create, by their ARN. */
  readonly secrets?: ReadonlyMap<string, string> | undefined;
  /** The token that its Slack takes. @default one that nobody knows */
  readonly slackToken?: string | undefined;
  /** The token that the APIs of its incident tools take. @default one that nobody knows */
  readonly vendorsToken?: string | undefined;
  /** With which its Slack signs. @default one that nobody knows */
  readonly slackSigning?: string | undefined;
  /** What its clock shows at the start. It continues from there. @default the machine's time */
  readonly startsAt?: Date | undefined;
  /** Prints every line that a function writes. Failures are always printed. */
  readonly verbose?: boolean | undefined;
  readonly print?: ((line: string) => void) | undefined;
}

export interface LocalStack {
  /** `http://localhost:<port>`, without a trailing slash. */
  readonly url: string;
  /** Name of the DynamoDB engine. */
  readonly engine: string;
  readonly plan: Plan;
  /** The first table, without the counting proxy. Undefined if the template has none. */
  readonly table: Table | undefined;
  /** The time on the clock of its functions. */
  now(): Date;
  /** Ends everything that was started. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Runs a template on this machine, on loopback only. If something cannot start, stops everything
 * that did, and rejects.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const parts = disposables();
  try {
    return { ...(await start(options, parts)), stop: parts.stop };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function start(options: LocalStackOptions, { running }: Disposables): Promise<Omit<LocalStack, 'stop'>> {
  const { stackName, dataDir, print = () => {} } = options;
  const door = running(await frontDoor(options.port));
  if (dataDir !== undefined) running(await claimDataFolder(dataDir));
  const log = logCapture({ print, verbose: options.verbose ?? false });
  const guard = iamEnforcer(({ caller, partitions, action, message }) =>
    log.failed(shortName(stackName, caller), partitions ? `may not ${action} ${partitions.join(', ')}. ${message}` : message),
  );
  const engines = await startEngines(options, guard, running);
  const made = planOf(loadTemplate(options.template, { stackName, apiUrl: door.url, queuesUrl: engines.sqs.endpoint }));
  const plan = withExisting(made, options);
  guard.enforce(rolesInForce(plan));
  const parts = await startParts(plan, { options, engines, guard, log, running });

  const scheduler = running(
    startScheduler({ schedules: plan.schedules, stackName, clock: parts.clock, fire: fireInto(engines.queues, parts.functions, print) }),
  );
  // Schedules with a rate run once at the start: `sweep` must learn the sending rate before anyone
  // can ask for mail.
  await scheduler.catchUp();
  const stack: LocalStackHandle = { ...worldOf(plan, { stackName, door, engines, log }, parts), scheduler };
  door.open(gateway(plan.routes, parts.functions, parts.clock), control(controlRoutes(stack)));
  return { url: door.url, engine: engines.dynamodb.name, plan, table: stack.table, now: parts.clock.now };
}

/** Treats them as if the template had made them: they are created if they do not exist. */
const withExisting = (plan: Plan, { restored, secrets = new Map() }: LocalStackOptions): Plan => ({
  ...plan,
  tables: [...plan.tables, ...(restored ? [restored.table] : [])],
  secrets: [
    ...plan.secrets,
    ...[...(restored?.secrets ?? []), ...secrets].map(([arn, text]) => ({ arn, name: nameOfSecret(arn), content: { text } })),
  ],
});

type Parts = Pick<LocalStackHandle, 'functions' | 'clock' | 'faults' | 'doorkeeper' | 'ses' | 'secrets' | 'slack' | 'table' | 'vendors'> & {
  readonly mostReceived: ReadonlyMap<string, number>;
};

/** Creates what the template describes. Starts the functions, and what invokes them. */
async function startParts(
  plan: Plan,
  {
    options,
    engines,
    guard,
    log,
    running,
  }: { options: LocalStackOptions; engines: Engines; guard: IamEnforcer; log: LogCapture } & Pick<Disposables, 'running'>,
): Promise<Parts> {
  const { usage, queues, sqs } = engines;
  const clock = movableClock(options.startsAt);
  const faults = injectedFaults();
  const client = directClient(engines.dynamodb.endpoint);
  running({ stop: () => client.destroy() });
  await createTables(client, plan.tables);
  await createQueues(queues, plan);
  const count = (service: string) => (operation: string, caller: string) => usage.add({ service, operation, caller });
  const dynamodb = running(await startDynamoDbProxy(engines.dynamodb, plan.tables, { ledger: usage, doorkeeper: guard, faults }));
  const values = secretValues(plan.secrets, options.dataDir);
  const secrets = running(await startFakeSecrets({ secrets: plan.secrets, values, count: count('secretsmanager'), doorkeeper: guard }));
  const toTopic = (TopicArn: string, Message: string) => queues.sns('Publish', { TopicArn, Message });
  const ses = running(
    await startFakeSes({ ...plan, clock, toTopic, count: count('ses'), doorkeeper: guard, faults, dataDir: options.dataDir }),
  );
  const [first] = plan.tables;
  const table = first && openTable(first.name, client);
  const { dataDir, slackToken: token, slackSigning: signing } = options;
  const slack = running(await startFakeSlack({ channels: channelsNamed(table), token, signing, clock, faults, dataDir }));
  const vendors = running(await startFakeVendors(options.vendorsToken));
  const endpoints = {
    dynamodb: dynamodb.endpoint,
    sqs: sqs.endpoint,
    sns: sqs.endpoint,
    ses: ses.endpoint,
    secretsManager: secrets.endpoint,
    slackApi: slack.apiUrl,
    vendors: vendors.url,
    slackAnswers: slack.answersUrl,
  };
  const { assetsDir, stackName } = options;
  const functions: Functions = running(runFunctions({ plans: plan.functions, assetsDir, stackName, clock, journal: log, endpoints }));
  const mostReceived = startPollers(plan, { queues, functions, log, running, stackName });
  return { clock, faults, doorkeeper: guard, functions, ses, secrets, slack, vendors, mostReceived, table };
}

/** Returns the highest receive count seen so far, by the queue's ARN. */
function startPollers(
  plan: Plan,
  {
    queues,
    functions,
    log,
    running,
    stackName,
  }: Pick<Engines, 'queues'> & Pick<Disposables, 'running'> & { functions: Functions; log: LogCapture; stackName: string },
): ReadonlyMap<string, number> {
  const mostReceived = new Map<string, number>();
  const mayLoop = (name: string) => plan.functions.some((one) => one.mayLoop && shortName(stackName, one.name) === name);
  for (const mapping of plan.mappings.filter(({ enabled }) => enabled)) {
    const { queueArn, functionName } = mapping;
    const name = shortName(stackName, functionName.split(':').at(-1) ?? '');
    running(
      startPoller(mapping, { functionName: name, mayLoop: mayLoop(name) }, queues, functions, {
        onReceived: (times) => mostReceived.set(queueArn, Math.max(times, mostReceived.get(queueArn) ?? 0)),
        onReturned: (returned, all) => log.failed(name, `left ${returned} of ${all} messages in its queue`),
        onLooped: (many) => log.failed(name, `not run: ${looped(many)}`),
      }),
    );
  }
  return mostReceived;
}

const looped = (many: number) =>
  `${many === 1 ? 'a message comes' : `${many} messages come`} from a chain in which it ran ${mostRuns} times. AWS takes that for an endless loop, unless the function's RecursiveLoop is Allow.`;

const worldOf = (
  plan: Plan,
  { stackName, door, engines, log }: { stackName: string; door: FrontDoor; engines: Engines; log: LogCapture },
  parts: Parts,
): Omit<LocalStackHandle, 'scheduler'> => ({
  ...parts,
  stackName,
  url: door.url,
  usage: engines.usage,
  journal: log,
  inbox: inbox(parts.ses.mailbox, plan.configurationSets, (id) => `${door.url}/_local/pixel/${id}`),
  queues: () => queueDepths(engines.queues, plan.queues, { stackName, mostReceived: parts.mostReceived }),
  purge: (name) => purgeQueue(engines.queues, plan.queues, { stackName, name }),
  outstanding: () => outstandingMessages(engines.queues, plan),
});
