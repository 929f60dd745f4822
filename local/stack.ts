import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { openTable, type Table } from '../adapters/dynamodb/table.ts';
import { movableClock } from './clock.ts';
import { control } from './control/control.ts';
import { inboxRoutes } from './control/inbox-routes.ts';
import { workRoutes } from './control/work-routes.ts';
import type { World } from './control/world.ts';
import { createTables, directClient } from './dynamodb/create-tables.ts';
import { type EngineChoice, startDynamoDb } from './dynamodb/engine.ts';
import { gateway } from './gateway/gateway.ts';
import { closeServer, listenOnLoopback } from './http/listen.ts';
import { runFunctions } from './lambda/functions.ts';
import { startPoller } from './lambda/poller.ts';
import { journal } from './logs/journal.ts';
import { pageRoutes } from './page/page-routes.ts';
import { type Plan, planOf } from './plan/plan.ts';
import { createQueues } from './queues/create-queues.ts';
import { queueDepths } from './queues/depths.ts';
import { startQueues } from './queues/engine.ts';
import { fireInto } from './scheduler/fire.ts';
import { startScheduler } from './scheduler/scheduler.ts';
import { startFakeSecrets } from './secrets/server.ts';
import { secretValues } from './secrets/values.ts';
import { inbox } from './ses/inbox.ts';
import { startFakeSes } from './ses/server.ts';
import { loadTemplate } from './template/load.ts';
import { shortName } from './template/place.ts';
import { startDynamoDbProxy } from './usage/dynamodb-proxy.ts';
import { usageLedger } from './usage/ledger.ts';
import { startSqsProxy } from './usage/sqs-proxy.ts';

export interface LocalStackOptions {
  /** The synthesised CloudFormation template. */
  readonly template: unknown;
  /** The folder that the functions' asset paths are relative to. */
  readonly assetsDir: string;
  readonly stackName: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Keeps table and secrets here; without it nothing outlives the stack. Queues never do. */
  readonly dataDir?: string | undefined;
  /** @default dynoxide where it is installed, else dynalite */
  readonly engine?: EngineChoice | undefined;
  /** A DynamoDB that runs already. */
  readonly dynamoDbEndpoint?: string | undefined;
  /** Prints every line that a function writes; failures are printed always. */
  readonly verbose?: boolean | undefined;
  readonly print?: ((line: string) => void) | undefined;
}

export interface LocalStack {
  /** `http://localhost:<port>`, without a trailing slash. */
  readonly url: string;
  readonly engine: string;
  readonly plan: Plan;
  /** The table, past the proxy that counts. Undefined where the template has none. */
  readonly table: Table | undefined;
  /** Ends everything that was started. Twice is once. */
  stop(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Closers = (() => void | Promise<void>)[];

/** Runs a template on this machine, on loopback only. When something cannot start, all that did is stopped and the promise rejects. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const closers: Closers = [];
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= closeAll(closers);
    return stopping;
  };
  try {
    return { ...(await start(options, closers)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Last started, first stopped. */
async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.toReversed()) await close();
}

async function start(options: LocalStackOptions, closers: Closers): Promise<Omit<LocalStack, 'stop'>> {
  const { stackName, dataDir, print = () => {} } = options;
  const running = <T extends { stop(): void | Promise<void> }>(part: T): T => {
    closers.push(() => part.stop());
    return part;
  };
  const front = await listen(options.port, closers);
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });

  const usage = usageLedger((caller) => shortName(stackName, caller));
  const clock = movableClock();
  const [engine, queues] = await Promise.all([
    startDynamoDb({ endpoint: options.dynamoDbEndpoint, dataDir, engine: options.engine }).then(running),
    startQueues().then(running),
  ]);
  const sqs = running(await startSqsProxy(() => queues.endpoint, usage));
  const place = { stackName, apiUrl: front.url, queuesUrl: sqs.endpoint };
  const plan = planOf(loadTemplate(options.template, place));
  const dynamodb = running(await startDynamoDbProxy(engine, plan.tables, usage));

  const client = directClient(engine.endpoint);
  closers.push(() => client.destroy());
  await createTables(client, plan.tables);
  await createQueues(queues, plan);
  const count = (service: string) => (operation: string, caller: string) => usage.add({ service, operation, caller });
  const values = secretValues(plan.secrets, dataDir);
  const secrets = running(await startFakeSecrets({ secrets: plan.secrets, values, count: count('secretsmanager') }));
  const ses = running(
    await startFakeSes({
      ...plan,
      clock,
      count: count('ses'),
      toTopic: (TopicArn, Message) => queues.sns('Publish', { TopicArn, Message }),
    }),
  );

  const log = journal({ print, verbose: options.verbose ?? false });
  const functions = running(
    runFunctions({
      plans: plan.functions,
      assetsDir: options.assetsDir,
      stackName,
      clock,
      journal: log,
      endpoints: {
        dynamodb: dynamodb.endpoint,
        sqs: sqs.endpoint,
        sns: queues.endpoint,
        ses: ses.endpoint,
        secretsManager: secrets.endpoint,
      },
    }),
  );
  for (const mapping of plan.mappings.filter(({ enabled }) => enabled)) running(startPoller(mapping, queues, functions));
  const scheduler = running(startScheduler({ schedules: plan.schedules, stackName, clock, fire: fireInto(queues, functions, print) }));
  const [firstTable] = plan.tables;
  const world: World = {
    stackName,
    functions,
    scheduler,
    clock,
    ses,
    usage,
    journal: log,
    inbox: inbox(ses.mailbox, plan.configurationSets, (id) => `${front.url}/_local/pixel/${id}`),
    table: firstTable && openTable(firstTable.name, client),
    queues: () => queueDepths(queues, plan.queues, stackName),
    outstanding: async () => outstanding(await queueDepths(queues, plan.queues, ''), plan),
  };
  front.serve(gateway(plan.routes, functions, clock), control([...inboxRoutes(world), ...workRoutes(world), ...pageRoutes(world)]));
  return { url: front.url, engine: engine.name, plan, table: world.table };
}

/** Messages that a function is still going to get: what lies in a queue without a reader stays there. */
function outstanding(depths: readonly { name: string; visible: number; inFlight: number; delayed: number }[], { mappings }: Plan): number {
  const read = new Set(mappings.map(({ queueArn }) => queueArn.split(':').at(-1)));
  return depths.filter(({ name }) => read.has(name)).reduce((sum, { visible, inFlight, delayed }) => sum + visible + inFlight + delayed, 0);
}

/** The one port that people know. Until `serve` is called, everything answers 503. */
async function listen(port: number, closers: Closers) {
  let handlers: { api: Handler; local: Handler } | undefined;
  const health = (response: ServerResponse) => {
    const ready = handlers !== undefined;
    response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ ready }));
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/_local/health' || handlers === undefined) return health(response);
    const handle = path === '/_local' || path.startsWith('/_local/') ? handlers.local : handlers.api;
    handle(request, response).catch(() => response.destroy());
  });
  const actual = await listenOnLoopback(server, port);
  closers.push(() => closeServer(server));
  return {
    url: `http://localhost:${actual}`,
    serve: (api: Handler, local: Handler) => {
      handlers = { api, local };
    },
  };
}
