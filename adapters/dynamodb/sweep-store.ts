import * as z from 'zod';
import { Range } from '../../core/delivery/range.ts';
import type { SweepDeps, SweepMemory } from '../../core/sweep/sweep.ts';
import type { SendQuota } from '../ses/ses-mailer.ts';
import type { Table } from './table.ts';
import { openPartition, quotaKey, sweepKey } from './table-shape.ts';

const memoryKey = sweepKey('MEMORY');
const Memory = z.object({
  emptyRuns: z.object({ bulk: z.int(), urgent: z.int(), customers: z.int() }),
  cursor: z.object({ edition: z.string(), prefix: z.string() }).optional(),
  lastOutbox: z.string().optional(),
});
const nothingYet: SweepMemory = { emptyRuns: { bulk: 0, urgent: 0, customers: 0 } };

export const dynamoSweepMemory = (table: Table): SweepDeps['memory'] => ({
  async read() {
    const item = await table.read(memoryKey);
    if (!item) return nothingYet;
    const { emptyRuns, cursor, lastOutbox } = Memory.parse(item);
    return { emptyRuns, ...(cursor && { cursor }), ...(lastOutbox && { lastOutbox }) };
  },
  async write(memory) {
    await table.put({ ...memoryKey, ...memory });
  },
});

/** The lists of open work, from the index: what was opened a moment ago may still be missing. */
export const dynamoOpenWork = (table: Table): SweepDeps['open'] => ({
  async editions(limit) {
    const { items } = await table.query(openPartition('edition'), { index: true, limit });
    return items.map(({ pk }) => String(pk).slice('ED#'.length));
  },
  async settling(now, limit) {
    const ranges: Range[] = [];
    for await (const { listed } of table.queryAll(openPartition('leaf'), { index: true, to: now.toISOString(), limit })) {
      ranges.push(Range.parse(listed));
      if (ranges.length >= limit) break;
    }
    return ranges;
  },
  async outboxes(before, limit) {
    const { items } = await table.query(openPartition('outbox'), { index: true, to: before.toISOString(), limit });
    return items.map(({ pk }) => String(pk).slice('PM#'.length));
  },
});

/** What SES allowed when it was last asked; workers read it with each chunk. `booked`: the pacer's count right before. */
export const writeQuota = (
  table: Table,
  quota: SendQuota & { readonly booked?: number; readonly reserve?: number },
  at: Date,
): Promise<boolean> => table.put({ ...quotaKey, ...quota, at: at.toISOString() });
