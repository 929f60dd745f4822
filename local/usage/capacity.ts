import * as z from 'zod';

const Capacity = z.object({ TableName: z.string().optional(), CapacityUnits: z.number().default(0) });
const Reported = z.object({ ConsumedCapacity: z.union([Capacity, z.array(Capacity)]).optional() });

const reads: ReadonlySet<string> = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);

export interface Units {
  readonly readUnits: number;
  readonly writeUnits: number;
}
export const noUnits: Units = { readUnits: 0, writeUnits: 0 };

/** The units in an answer, including those of indexes. */
export function reportedUnits(operation: string, answer: unknown): Units {
  const parsed = Reported.safeParse(answer);
  if (!parsed.success) return noUnits;
  const units = [parsed.data.ConsumedCapacity ?? []].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
  return reads.has(operation) ? { readUnits: units, writeUnits: 0 } : { readUnits: 0, writeUnits: units };
}

/** Operations that take `ReturnConsumedCapacity`. */
const countable: ReadonlySet<string> = new Set([...reads, 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);
export const isCountable = (operation: string) => countable.has(operation);

/** Operations whose condition may fail. */
export const isSingleWrite = (operation: string) => operation === 'PutItem' || operation === 'UpdateItem' || operation === 'DeleteItem';
