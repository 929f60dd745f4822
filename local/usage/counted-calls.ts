import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import type { DynamoDbEngine } from '../dynamodb/engine.ts';
import { callerOf, operationOf } from '../http/caller.ts';
import type { TablePlan } from '../plan/tables.ts';
import { isCountable, isSingleWrite, noUnits, reportedUnits, type Units } from './capacity.ts';
import { type Forwarded, forward } from './forward.ts';
import { indexWriteUnits } from './index-writes.ts';
import { Item, itemSize, writeUnits } from './item-size.ts';
import type { UsageLedger } from './ledger.ts';

const Call = z.looseObject({
  TableName: z.string().optional(),
  Key: z.unknown().optional(),
  Item: z.unknown().optional(),
  ReturnConsumedCapacity: z.string().optional(),
});
type Call = z.infer<typeof Call>;
const Failure = z.object({ __type: z.string() });
const Found = z.object({ Item: Item.optional() });

/**
 * Passes a call to the engine and counts its units, including what indexes and failed conditions
 * cost.
 */
export function countedCalls(engine: DynamoDbEngine, tables: readonly TablePlan[], ledger: UsageLedger) {
  const tableOf = (call: Call) => tables.find(({ name }) => name === call.TableName);
  const current = (call: Call, incoming: IncomingMessage) => currentItem(engine.endpoint, call, tableOf(call), incoming);

  return async (incoming: IncomingMessage, content: unknown): Promise<Forwarded> => {
    const operation = operationOf(incoming);
    if (!isCountable(operation)) {
      ledger.add({ service: 'dynamodb', operation, caller: callerOf(incoming) });
      return forward(engine.endpoint, incoming, Buffer.from(JSON.stringify(content)));
    }
    const call = Call.parse(content);
    const computes = !engine.reportsIndexWrites && isSingleWrite(operation);
    const before = computes ? await current(call, incoming) : undefined;
    const answer = await forward(engine.endpoint, incoming, Buffer.from(JSON.stringify({ ...call, ReturnConsumedCapacity: 'INDEXES' })));
    const told: unknown = JSON.parse(answer.body.toString());
    const units = await unitsOf(operation, answer, told, async () => (await current(call, incoming)) ?? {});
    const table = computes && answer.status === 200 ? tableOf(call) : undefined;
    const inIndexes = table === undefined ? 0 : indexWriteUnits(table, before, await current(call, incoming));
    ledger.add({ service: 'dynamodb', operation, caller: callerOf(incoming), ...units, writeUnits: units.writeUnits + inIndexes });
    return call.ReturnConsumedCapacity === undefined ? withoutCapacity(answer, told) : answer;
  };
}

async function unitsOf(operation: string, answer: Forwarded, content: unknown, existing: () => Promise<Item>): Promise<Units> {
  if (answer.status === 200) return reportedUnits(operation, content);
  const failure = Failure.safeParse(content);
  const lostCondition = failure.success && failure.data.__type.endsWith('#ConditionalCheckFailedException');
  if (!lostCondition || !isSingleWrite(operation)) return noUnits;
  return { readUnits: 0, writeUnits: writeUnits(itemSize(await existing())) };
}

/** The current state of the item that a single write is about. */
async function currentItem(
  endpoint: string,
  call: Call,
  table: TablePlan | undefined,
  incoming: IncomingMessage,
): Promise<Item | undefined> {
  const item = Item.safeParse(call.Key ?? call.Item);
  if (table === undefined || !item.success) return undefined;
  const Key = Object.fromEntries(table.KeySchema.map(({ AttributeName }) => [AttributeName, item.data[AttributeName]]));
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'x-amz-date': String(incoming.headers['x-amz-date'] ?? ''),
      authorization: incoming.headers.authorization?.replace(/Credential=[^/]+\//, 'Credential=local/') ?? '',
    },
    body: JSON.stringify({ TableName: table.name, Key, ConsistentRead: true }),
  });
  const found = Found.safeParse(await response.json());
  return found.success ? found.data.Item : undefined;
}

const withoutCapacity = (answer: Forwarded, content: unknown): Forwarded => {
  const { ConsumedCapacity: _, ...rest } = z.looseObject({ ConsumedCapacity: z.unknown().optional() }).parse(content);
  return { ...answer, body: Buffer.from(JSON.stringify(rest)) };
};
