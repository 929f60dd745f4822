import * as z from 'zod';
import type { ReminderMemory } from '../../core/reminder/ports.ts';
import { Instant, PlainDate } from '../../core/shared/instant.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';
import type { Table } from './table.ts';
import { reminderMemoryKey } from './table-shape.ts';

const Stored = z.object({
  since: PlainDate,
  lastDay: PlainDate,
  waiting: z.record(SubscriberId, PlainDate).catch({}),
  // Not in rows of earlier releases: their mails count as told.
  promised: z.record(PlainDate, z.array(SubscriberId)).catch({}),
  askedAt: Instant.optional().catch(undefined),
  version: z.int().positive(),
});

export const dynamoReminderMemory = (table: Table): ReminderMemory => ({
  async read() {
    const item = await table.read(reminderMemoryKey);
    return item && Stored.parse(item);
  },
  advance: (progress, before) =>
    table.put(
      { ...progress, version: before + 1, ...reminderMemoryKey },
      before === 0
        ? { expression: 'attribute_not_exists(pk)' }
        : { expression: '#version = :before', names: { '#version': 'version' }, values: { ':before': before } },
    ),
});
