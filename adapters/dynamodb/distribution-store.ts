import * as z from 'zod';
import type { DistributionStore } from '../../core/distribution/apply-distribution.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { CustomersCopy } from '../../core/distribution/for-customers.ts';
import { readApplied } from '../../core/distribution/read-applied.ts';
import { Instant } from '../../core/shared/instant.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';
import type { Condition, Table } from './table.ts';
import { customersDistributionKey, distributionKey } from './table-shape.ts';

const Stored = z.object({
  distribution: z.unknown().transform(readApplied),
  hash: z.string(),
  appliedAt: Instant,
  sids: z.record(z.string(), SubscriberId).optional().catch(undefined),
});

export const dynamoDistributionStore = (table: Table): DistributionStore => ({
  async read() {
    const item = await table.read(distributionKey);
    return item && Stored.parse(item);
  },
  write: ({ distribution, hash, sids }, before, at) =>
    table.put({ ...distributionKey, distribution, hash, appliedAt: at, sids }, whereHashIs(before)),
});

const whereHashIs = (before: string | undefined): Condition =>
  before === undefined
    ? { expression: 'attribute_not_exists(pk)' }
    : { expression: '#hash = :before', names: { '#hash': 'hash' }, values: { ':before': before } };

const Copy = z.object({ distribution: z.unknown().transform(readApplied), hash: z.string() });

/**
 * What customers' pages know of the file in force. `read` is consistent; undefined: nothing yet.
 */
export const dynamoCustomersCopy = (table: Table): CustomersCopy & { read(): Promise<Distribution | undefined> } => ({
  async read() {
    const item = await table.read(customersDistributionKey);
    return item && Copy.parse(item).distribution;
  },
  async readHash() {
    const item = await table.read(customersDistributionKey);
    // Whatever lies there otherwise is replaced.
    return typeof item?.hash === 'string' ? item.hash : undefined;
  },
  write: (distribution, hash, before) => table.put({ ...customersDistributionKey, distribution, hash }, whereHashIs(before)),
});
