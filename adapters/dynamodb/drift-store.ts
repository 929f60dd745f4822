import { type DriftStore, StoredDrift } from '../../core/runbook/finding.ts';
import { pack, unpack } from './packed.ts';
import type { Table } from './table.ts';
import { driftKey } from './table-shape.ts';

/** The result of the last check for drift. One that this release cannot read counts as none. */
export const dynamoDriftStore = (table: Table): DriftStore => ({
  async read() {
    const item = await table.read(driftKey);
    return item && StoredDrift.safeParse(await unpack(item.drift)).data;
  },
  async put(drift) {
    await table.put({ ...driftKey, at: drift.at, drift: await pack(drift) });
  },
});
