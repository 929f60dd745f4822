import * as z from 'zod';
import type { OpenEdition, OpenEditions } from '../../core/preferences/ports.ts';
import { StreamName } from '../../core/stream/stream.ts';
import type { Slot } from '../../core/subscriber/subscriber.ts';
import { readEdition } from './edition-store.ts';
import type { Table } from './table.ts';
import { editionKey, openPartition } from './table-shape.ts';

const Listed = z.object({ listed: z.object({ edition: z.string(), stream: z.string() }) });

/** Unfinished editions by the index, then what is known of them: a handful, as long as nothing is paused for weeks. */
export const dynamoOpenEditions = (table: Table): OpenEditions => ({
  async of(streams) {
    const ids: string[] = [];
    for await (const item of table.queryAll(openPartition('edition'), { index: true })) {
      const { listed } = Listed.parse(item);
      if (streams.some((stream) => stream === listed.stream)) ids.push(listed.edition);
    }
    const items = await table.readMany(ids.map(editionKey));
    return items.flatMap((item): OpenEdition[] => {
      const edition = readEdition(item);
      const stream = StreamName.safeParse(edition.stream);
      const { id, scheduledFor, cutoff, composedAt, slots, waves, paused, recalled, completedAt } = edition;
      if (!stream.success || completedAt) return [];
      const atOnce: Record<Slot, string> = Object.fromEntries(slots.map((slot) => [slot, composedAt]));
      return [{ id, stream: stream.data, scheduledFor, cutoff, waves: waves ?? atOnce, isHeld: paused || recalled }];
    });
  },
});
