import { createServer, type IncomingMessage } from 'node:http';
import * as z from 'zod';
import type { DynamoDbEngine } from '../dynamodb/engine.ts';
import type { Injected } from '../faults/faults.ts';
import { readBody } from '../http/body.ts';
import { callerOf, operationOf } from '../http/caller.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import { dynamoDbRequests } from '../iam/dynamodb-requests.ts';
import type { IamEnforcer } from '../iam/iam-enforcer.ts';
import type { TablePlan } from '../plan/tables.ts';
import { countedCalls } from './counted-calls.ts';
import type { Forwarded } from './forward.ts';
import type { UsageLedger } from './ledger.ts';
import type { CountingProxy } from './sqs-proxy.ts';
import { tableFaultDecisionFor } from './table-fault-decision.ts';

interface Watch {
  readonly ledger: UsageLedger;
  readonly doorkeeper: IamEnforcer;
  readonly faults: Injected;
}

/**
 * A proxy between the functions and the table. It checks permissions, counts usage, and injects the
 * faults in force.
 */
export async function startDynamoDbProxy(
  engine: DynamoDbEngine,
  tables: readonly TablePlan[],
  { ledger, doorkeeper, faults }: Watch,
): Promise<CountingProxy> {
  const carryOut = countedCalls(engine, tables, ledger);

  const answerTo = async (incoming: IncomingMessage, body: Buffer): Promise<Forwarded | 'cut'> => {
    const operation = operationOf(incoming);
    const call: unknown = JSON.parse(body.toString());
    const denial = doorkeeper.authorise(callerOf(incoming), () => dynamoDbRequests(operation, call, tables));
    if (denial !== undefined) return failure(400, 'com.amazon.coral.service#AccessDeniedException', denial.message);
    const fate = tableFaultDecisionFor(faults.dynamodb, () => faults.draw(inWords(operation, call, tables)));
    const answer = fate.carriedOut ? await carryOut(incoming, call) : undefined;
    if (fate.reply === 'cut') return 'cut';
    if (fate.reply === 'throttled')
      return failure(400, `${own}#ThrottlingException`, 'Throughput exceeds the current capacity of your table.');
    return fate.reply === 'error' || answer === undefined
      ? failure(500, `${own}#InternalServerError`, 'A fault of the local stack.')
      : answer;
  };

  const server = createServer(async (incoming, outgoing) => {
    const body = (await readBody(incoming)) ?? Buffer.alloc(0);
    const answer = await answerTo(incoming, body).catch((error: unknown) => failure(500, 'InternalServerError', String(error)));
    if (answer === 'cut') {
      outgoing.socket?.resetAndDestroy();
      return;
    }
    // The checksum is that of the engine's own bytes, so it is removed.
    const { 'x-amz-crc32': _, connection: __, 'transfer-encoding': ___, ...headers } = answer.headers;
    outgoing.writeHead(answer.status, { ...headers, 'content-length': answer.body.length }).end(answer.body);
  });
  const port = await listenOnLoopback(server, 0);
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => closeServer(server) };
}

const own = 'com.amazonaws.dynamodb.v20120810';
const failure = (status: number, type: string, message: string): Forwarded => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  // DynamoDB uses either spelling, depending on the kind of error.
  body: Buffer.from(JSON.stringify({ __type: type, message, Message: message })),
});

const Subject = z
  .object({
    TableName: z.unknown(),
    Key: z.unknown(),
    Item: z.record(z.string(), z.unknown()),
    RequestItems: z.unknown(),
    ExpressionAttributeValues: z.unknown(),
  })
  .partial();

/**
 * Describes a call by its subject, and not by what it writes. The description is the same in every
 * run, as far as the keys are.
 */
function inWords(operation: string, call: unknown, tables: readonly TablePlan[]): string {
  const { TableName, Key, Item, RequestItems, ExpressionAttributeValues } = Subject.parse(call);
  const schema = tables.find(({ name }) => name === TableName)?.KeySchema ?? [];
  const keys = Key ?? (Item && schema.map(({ AttributeName }) => Item[AttributeName]));
  return `${operation} ${JSON.stringify(keys ?? RequestItems ?? ExpressionAttributeValues)}`;
}
