import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTable, type Table } from '../adapters/dynamodb/table.ts';
import { synthesise } from '../lib/synthesise.ts';
import { disposables } from '../local/disposables.ts';
import { createTables, directClient } from '../local/dynamodb/create-tables.ts';
import { startEngines } from '../local/engines.ts';
import { injectedFaults } from '../local/faults/faults.ts';
import { iamEnforcer } from '../local/iam/iam-enforcer.ts';
import { rolesInForce } from '../local/iam/roles-in-force.ts';
import { environmentOf } from '../local/lambda/environment.ts';
import type { FunctionPlan } from '../local/plan/functions.ts';
import { planOf } from '../local/plan/plan.ts';
import { nameOfSecret } from '../local/plan/secrets.ts';
import { createQueues } from '../local/queues/create-queues.ts';
import { startFakeSecrets } from '../local/secrets/server.ts';
import { secretValues } from '../local/secrets/values.ts';
import type { LocalSlack } from '../local/slack/token.ts';
import { loadTemplate } from '../local/template/load.ts';
import { startDynamoDbProxy } from '../local/usage/dynamodb-proxy.ts';
import type { UsageLedger } from '../local/usage/ledger.ts';

interface DeployedFunction {
  readonly plan: FunctionPlan;
  readonly folder: string;
  readonly environment: Record<string, string>;
}

/**
 * The table, the queues and one function of the template as it is deployed; nothing runs by itself.
 */
export interface Stage {
  readonly table: Table;
  readonly fn: DeployedFunction;
  /** Another one of the template, by its name without the stack's. */
  functionOf(name: string): DeployedFunction;
  /** What the function used; filling the table goes past it. */
  readonly usage: UsageLedger;
  /** The table's own address, where nothing is counted and everything is allowed. */
  readonly engine: string;
  stop(): Promise<void>;
}

/**
 * `name`: the function's, without the stack's. `secrets`: texts by the name that the template's
 * secret begins with; others are made up. `slack`: the app of a Slack, for whose commands it then
 * has `drafts`.
 */
export async function aStage(name: string, secrets: Readonly<Record<string, string>> = {}, slack?: LocalSlack): Promise<Stage> {
  const parts = disposables();
  const outDir = await mkdtemp(join(tmpdir(), 'afterword-bench-'));
  parts.running({ stop: () => rm(outDir, { recursive: true, force: true }) });
  const { template, assetsDir, stackName } = await synthesise('laptop', {
    distribution: 'samples/distribution.yaml',
    outDir,
    slack: slack?.setting,
  });
  const guard = iamEnforcer(({ message }) => {
    throw new Error(message);
  });
  const engines = await startEngines({ stackName }, guard, parts.running);
  const plan = planOf(loadTemplate(template, { stackName, apiUrl: 'http://localhost', queuesUrl: engines.sqs.endpoint }));
  guard.enforce(rolesInForce(plan));
  const client = directClient(engines.dynamodb.endpoint);
  parts.running({ stop: async () => client.destroy() });
  await createTables(client, plan.tables);
  await createQueues(engines.queues, plan);
  const proxy = parts.running(
    await startDynamoDbProxy(engines.dynamodb, plan.tables, { ledger: engines.usage, doorkeeper: guard, faults: injectedFaults() }),
  );
  const [table] = plan.tables;
  if (!table) throw new Error('the template has no table');
  const made = [...secretValues(plan.secrets, undefined)];
  const given = made.map(([arn, text]): [string, string] => [arn, Object.entries(secrets).find(([one]) => arn.includes(one))?.[1] ?? text]);
  const ofSlack = [...(slack?.secrets ?? [])].map(([arn, text]) => ({ arn, name: nameOfSecret(arn), content: { text } }));
  const values = new Map([...given, ...(slack?.secrets ?? [])]);
  const store = parts.running(
    await startFakeSecrets({ secrets: [...plan.secrets, ...ofSlack], values, count: () => {}, doorkeeper: guard }),
  );
  const nowhere = 'http://127.0.0.1:9';
  const endpoints = {
    dynamodb: proxy.endpoint,
    sqs: engines.sqs.endpoint,
    sns: nowhere,
    ses: nowhere,
    secretsManager: store.endpoint,
    slackApi: nowhere,
    slackAnswers: nowhere,
  };
  const functionOf = (wanted: string): DeployedFunction => {
    const fn = plan.functions.find((one) => one.name === `${stackName}-${wanted}`);
    if (!fn) throw new Error(`the template has no function ${wanted}`);
    return { plan: fn, folder: join(assetsDir, fn.asset), environment: environmentOf(fn, endpoints) };
  };
  return {
    table: openTable(table.name, client),
    fn: functionOf(name),
    functionOf,
    usage: engines.usage,
    engine: engines.dynamodb.endpoint,
    stop: parts.stop,
  };
}
