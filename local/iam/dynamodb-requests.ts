import * as z from 'zod';
import type { TablePlan } from '../plan/tables.ts';
import { arn } from '../template/local-aws.ts';
import type { AuthorizationRequest } from './authorization-request.ts';

const attributes = z.record(z.string(), z.unknown());
const Call = z.object({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  Key: attributes.optional(),
  Item: attributes.optional(),
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: attributes.default({}),
});
const BatchGet = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(attributes) })) });
const Write = z.object({ PutRequest: z.object({ Item: attributes }).optional(), DeleteRequest: z.object({ Key: attributes }).optional() });
const BatchWrite = z.object({ RequestItems: z.record(z.string(), z.array(Write)) });

/**
 * A partition that cannot be found in the call. No pattern except `*` matches it, so what is not
 * understood is denied.
 */
const unknownPartition = '';
const textOf = (value: unknown): string => {
  const [text] = Object.values(attributes.safeParse(value).data ?? {});
  return typeof text === 'string' ? text : unknownPartition;
};
const partitionKey = (keys: TablePlan['KeySchema'] | undefined) => keys?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';

/**
 * What a call wants to do, and in which partitions. All keys of a batch in one table are one
 * request: one statement must allow them together.
 */
export function dynamoDbRequests(operation: string, body: unknown, tables: readonly TablePlan[]): AuthorizationRequest[] {
  const action = `dynamodb:${operation}`;
  const inTable = (name: string, items: readonly z.infer<typeof attributes>[]): AuthorizationRequest => {
    const key = partitionKey(tables.find((table) => table.name === name)?.KeySchema);
    return { action, resource: tableArn(name), context: { 'dynamodb:leadingkeys': [...new Set(items.map((item) => textOf(item[key])))] } };
  };
  switch (operation) {
    case 'BatchGetItem': {
      const requests = Object.entries(BatchGet.parse(body).RequestItems);
      return requests.map(([name, { Keys }]) => inTable(name, Keys));
    }
    case 'BatchWriteItem': {
      const requests = Object.entries(BatchWrite.parse(body).RequestItems);
      return requests.map(([name, writes]) =>
        inTable(
          name,
          writes.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key ?? {}),
        ),
      );
    }
    case 'Query':
      return [queryAsk(action, Call.parse(body), tables)];
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem': {
      const { TableName = '', Key, Item } = Call.parse(body);
      return [inTable(TableName, [Key ?? Item ?? {}])];
    }
    default: {
      const { TableName, IndexName } = Call.parse(body);
      return [{ action, resource: TableName === undefined ? '*' : tableArn(TableName, IndexName) }];
    }
  }
}

const tableArn = (table: string, index?: string) =>
  arn('dynamodb', index === undefined ? `table/${table}` : `table/${table}/index/${index}`);

/** For a query of an index, the leading key is the partition of the index, not of the table. */
function queryAsk(action: string, call: z.infer<typeof Call>, tables: readonly TablePlan[]): AuthorizationRequest {
  const { TableName = '', IndexName, KeyConditionExpression = '', ExpressionAttributeNames: names } = call;
  const table = tables.find(({ name }) => name === TableName);
  const indexKeys = table?.GlobalSecondaryIndexes.find((index) => index.IndexName === IndexName)?.KeySchema;
  const key = partitionKey(IndexName === undefined ? table?.KeySchema : indexKeys);
  const equalities = [...KeyConditionExpression.matchAll(/(#?[\w.-]+)\s*=\s*(:\w+)/g)];
  const value = equalities.find(([, name = '']) => (names[name] ?? name) === key)?.[2] ?? '';
  const partition = textOf(call.ExpressionAttributeValues[value]);
  return { action, resource: tableArn(TableName, IndexName), context: { 'dynamodb:leadingkeys': [partition] } };
}
