import type { SlotRegistry } from '../../core/compose/ports.ts';
import type { Table } from './table.ts';
import { slotsPartition } from './table-shape.ts';

/** The slots of a stream that readers hold or have held. One query of few rows. */
export const dynamoSlotRegistry = (table: Table): SlotRegistry => ({
  async slots(stream) {
    const found: { slot: string; since: string }[] = [];
    for await (const { sk, since } of table.queryAll(slotsPartition(stream), { consistent: true })) {
      found.push({ slot: String(sk), since: String(since) });
    }
    return found;
  },
});
