import type { ZoneRegistry } from '../../core/subscriber/noting-zones.ts';
import type { Table } from './table.ts';
import { zoneKey, zonesPartition } from './table-shape.ts';

/** One row a zone. A container asks for each zone once. */
export const dynamoZoneRegistry = (table: Table): ZoneRegistry => {
  const noted = new Set<string>();
  return {
    async note(zone) {
      if (noted.has(zone)) return;
      await table.put({ ...zoneKey(zone) }, { expression: 'attribute_not_exists(pk)' });
      noted.add(zone);
    },
    async list() {
      const found: string[] = [];
      for await (const { sk } of table.queryAll(zonesPartition, { consistent: true })) found.push(String(sk));
      return found;
    },
  };
};
