import * as z from 'zod';
import type { DistributionStore } from '../../core/distribution/apply-distribution.ts';
import { readApplied } from '../../core/distribution/read-applied.ts';
import { Instant } from '../../core/shared/instant.ts';
import type { Table } from './table.ts';
import { distributionKey } from './table-shape.ts';

const Stored = z.object({ distribution: z.unknown().transform(readApplied), hash: z.string(), appliedAt: Instant });

export const dynamoDistributionStore = (table: Table): DistributionStore => ({
  async read() {
    const item = await table.read(distributionKey);
    return item && Stored.parse(item);
  },
  write: ({ distribution, hash }, before, at) =>
    table.put(
      { ...distributionKey, distribution, hash, appliedAt: at },
      before === undefined
        ? { expression: 'attribute_not_exists(pk)' }
        : { expression: '#hash = :before', names: { '#hash': 'hash' }, values: { ':before': before } },
    ),
});
