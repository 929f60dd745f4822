import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { sdkRequestHandler } from '../aws/sdk-request-handler.ts';
import { type Key, openIndex, tableKeys } from './table-shape.ts';

export type Item = Record<string, unknown>;

/** A DynamoDB condition; `names` maps #placeholders, `values` maps :placeholders. */
export interface Condition {
  readonly expression: string;
  readonly names?: Record<string, string>;
  readonly values?: Record<string, unknown>;
}

export interface Change {
  readonly set?: Item;
  /** Adds to a number, or members to a set. */
  readonly add?: Record<string, number | Set<string>>;
  readonly remove?: readonly string[];
  /** Removes members from a set. */
  readonly delete?: Record<string, Set<string>>;
}

export interface QueryOptions {
  /** Query the index instead of the table. The index is eventually consistent. */
  readonly index?: boolean;
  /** Bounds of the sort key, both inclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly beginsWith?: string;
  readonly limit?: number;
  readonly descending?: boolean;
  /** `next` of the page before. */
  readonly after?: Item;
  readonly consistent?: boolean;
}

/**
 * The one table. Every write touches one item. A condition that fails is an answer; any other
 * failure throws.
 */
export interface Table {
  readonly name: string;
  /** Consistent. */
  read(key: Key): Promise<Item | undefined>;
  /**
   * Consistent, for any number of keys, in no particular order. Keys without an item are left out.
   * With `attributes`, only those and the keys are read.
   */
  readMany(keys: readonly Key[], attributes?: readonly string[]): Promise<Item[]>;
  /** Replaces the item. Returns false if the condition failed and nothing changed. */
  put(item: Key & Item, condition?: Condition): Promise<boolean>;
  /** Returns the item after the change. Undefined if the condition failed and nothing changed. */
  update(key: Key, change: Change, condition?: Condition): Promise<Item | undefined>;
  /** The same for a condition that often fails: then it answers the item as it is. */
  updateOrSee(key: Key, change: Change, condition: Condition): Promise<{ after: Item } | { seen: Item | undefined }>;
  remove(key: Key, condition?: Condition): Promise<boolean>;
  query(partition: string, options?: QueryOptions): Promise<{ items: Item[]; next?: Item }>;
  /** All pages of a query, one after the other. */
  queryAll(partition: string, options?: Omit<QueryOptions, 'after'>): AsyncGenerator<Item>;
}

/** DynamoDB answers at most 100 items per call. */
const batchSize = 100;

/** Opens the table. Credentials, region and endpoint come from the environment, as on Lambda. */
export const openTable = (name: string, client = new DynamoDBClient({ requestHandler: sdkRequestHandler() })): Table => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

  const readBatch = async (keys: readonly Key[], projection: object): Promise<Item[]> => {
    const items: Item[] = [];
    let wanted: readonly Item[] = keys.map(({ pk, sk }) => ({ pk, sk }));
    for (let round = 0; wanted.length > 0; round += 1) {
      if (round > 0) await pause(Math.min(25 * 2 ** round, 1000));
      if (round > 8) throw new Error(`the table left ${wanted.length} keys unread in ${round} rounds`);
      const answer = await documents.send(
        new BatchGetCommand({ RequestItems: { [name]: { Keys: [...wanted], ConsistentRead: true, ...projection } } }),
      );
      items.push(...(answer.Responses?.[name] ?? []));
      wanted = answer.UnprocessedKeys?.[name]?.Keys ?? [];
    }
    return items;
  };

  const query: Table['query'] = async (partition, options = {}) => {
    const answer = await documents.send(new QueryCommand(queryInput(name, partition, options)));
    return { items: answer.Items ?? [], ...(answer.LastEvaluatedKey && { next: answer.LastEvaluatedKey }) };
  };

  const read: Table['read'] = async (key) => {
    const answer = await documents.send(new GetCommand({ TableName: name, Key: only(key), ConsistentRead: true }));
    return answer.Item;
  };

  return {
    name,
    read,
    query,
    async *queryAll(partition, options = {}) {
      let after: Item | undefined;
      do {
        const page = await query(partition, { ...options, ...(after && { after }) });
        yield* page.items;
        after = page.next;
      } while (after);
    },
    async readMany(keys, attributes) {
      const items: Item[] = [];
      const projection = attributes ? projectionOf([tableKeys.partition, tableKeys.sort, ...attributes]) : {};
      for (let i = 0; i < keys.length; i += batchSize) items.push(...(await readBatch(keys.slice(i, i + batchSize), projection)));
      return items;
    },
    put: (item, condition) =>
      kept(() => documents.send(new PutCommand({ TableName: name, Item: item, ...conditionInput(condition) })).then(() => true), false),
    update: (key, change, condition) =>
      kept(async () => {
        const answer = await documents.send(new UpdateCommand({ TableName: name, Key: only(key), ...updateInput(change, condition) }));
        return answer.Attributes;
      }, undefined),
    async updateOrSee(key, change, condition) {
      const input = { TableName: name, Key: only(key), ...updateInput(change, condition) };
      try {
        const answer = await documents.send(new UpdateCommand({ ...input, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
        return { after: answer.Attributes ?? {} };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // No item there is rare, and an engine that sends none along is not DynamoDB.
        return { seen: error.Item ? unmarshall(error.Item) : await read(key) };
      }
    },
    remove: (key, condition) =>
      kept(
        () => documents.send(new DeleteCommand({ TableName: name, Key: only(key), ...conditionInput(condition) })).then(() => true),
        false,
      ),
  };
};

/** Uses a placeholder for every name, because some are reserved words in DynamoDB. */
const projectionOf = (attributes: readonly string[]) => ({
  ProjectionExpression: attributes.map((_, n) => `#p${n}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((attribute, n) => [`#p${n}`, attribute])),
});

const only = ({ pk, sk }: Key) => ({ pk, sk });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function kept<T>(write: () => Promise<T>, lost: T): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return lost;
    throw error;
  }
}

const conditionInput = (condition?: Condition) =>
  condition && {
    ConditionExpression: condition.expression,
    ...(condition.names && { ExpressionAttributeNames: condition.names }),
    ...(condition.values && { ExpressionAttributeValues: condition.values }),
  };

/** Uses placeholders for attribute names, because many of ours are reserved words in DynamoDB. */
function updateInput(change: Change, condition?: Condition) {
  const names: Record<string, string> = { ...condition?.names };
  const values: Record<string, unknown> = { ...condition?.values };
  let n = 0;
  const place = (path: string, value?: unknown): [string, string] => {
    n += 1;
    const parts = path.split('.').map((part, i) => {
      names[`#u${n}_${i}`] = part;
      return `#u${n}_${i}`;
    });
    if (value !== undefined) values[`:u${n}`] = value;
    return [parts.join('.'), `:u${n}`];
  };
  const clause = (word: string, pieces: string[]) => (pieces.length > 0 ? [`${word} ${pieces.join(', ')}`] : []);
  const pairs = (record: Record<string, unknown> = {}) => Object.entries(record).filter(([, value]) => value !== undefined);

  const expression = [
    ...clause(
      'SET',
      pairs(change.set).map(([path, value]) => place(path, value).join(' = ')),
    ),
    ...clause(
      'ADD',
      pairs(change.add).map(([path, value]) => place(path, value).join(' ')),
    ),
    ...clause(
      'DELETE',
      pairs(change.delete).map(([path, value]) => place(path, value).join(' ')),
    ),
    ...clause(
      'REMOVE',
      (change.remove ?? []).map((path) => place(path)[0]),
    ),
  ].join(' ');
  return {
    UpdateExpression: expression,
    ...(condition && { ConditionExpression: condition.expression }),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    ReturnValues: 'ALL_NEW' as const,
  };
}

function queryInput(table: string, partition: string, options: QueryOptions): QueryCommandInput {
  const [pk, sk] = options.index ? [openIndex.partition, openIndex.sort] : [tableKeys.partition, tableKeys.sort];
  const sorts = {
    ...(options.from !== undefined && { ':from': options.from }),
    ...(options.to !== undefined && { ':to': options.to }),
    ...(options.beginsWith !== undefined && { ':begin': options.beginsWith }),
  };
  return {
    TableName: table,
    ...(options.index && { IndexName: openIndex.name }),
    KeyConditionExpression: `#pk = :pk${sortCondition(options)}`,
    ExpressionAttributeNames: { '#pk': pk, ...(Object.keys(sorts).length > 0 && { '#sk': sk }) },
    ExpressionAttributeValues: { ':pk': partition, ...sorts },
    ScanIndexForward: !options.descending,
    ...(options.limit !== undefined && { Limit: options.limit }),
    ...(options.after && { ExclusiveStartKey: options.after }),
    ...(options.consistent && !options.index && { ConsistentRead: true }),
  };
}

/** `from` and `to` bound both ends. `beginsWith` is used without them. */
function sortCondition({ from, to, beginsWith }: QueryOptions): string {
  if (beginsWith !== undefined) return ' AND begins_with(#sk, :begin)';
  if (from !== undefined && to !== undefined) return ' AND #sk BETWEEN :from AND :to';
  if (from !== undefined) return ' AND #sk >= :from';
  return to === undefined ? '' : ' AND #sk <= :to';
}
