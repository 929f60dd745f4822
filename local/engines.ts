import type { Disposables } from './disposables.ts';
import type { DynamoDbEngine, EngineChoice } from './dynamodb/engine.ts';
import { startDynamoDb } from './dynamodb/start.ts';
import type { IamEnforcer } from './iam/iam-enforcer.ts';
import { type QueueEngine, startQueues } from './queues/engine.ts';
import { shortName } from './template/local-aws.ts';
import { type UsageLedger, usageLedger } from './usage/ledger.ts';
import { type CountingProxy, startSqsProxy } from './usage/sqs-proxy.ts';

/**
 * What must run before the template is read: references in the template need the address of the
 * queues.
 */
export interface Engines {
  readonly dynamodb: DynamoDbEngine;
  readonly queues: QueueEngine;
  readonly sqs: CountingProxy;
  readonly usage: UsageLedger;
}

export interface EngineOptions {
  readonly stackName: string;
  readonly dataDir?: string | undefined;
  readonly engine?: EngineChoice | undefined;
  readonly dynamoDbEndpoint?: string | undefined;
}

export async function startEngines(options: EngineOptions, iam: IamEnforcer, running: Disposables['running']): Promise<Engines> {
  const { stackName, dataDir, engine, dynamoDbEndpoint: endpoint } = options;
  const usage = usageLedger((caller) => shortName(stackName, caller));
  const [dynamodb, queues] = await Promise.all([startDynamoDb({ endpoint, dataDir, engine }).then(running), startQueues().then(running)]);
  return { dynamodb, queues, usage, sqs: running(await startSqsProxy(queues, usage, iam)) };
}
