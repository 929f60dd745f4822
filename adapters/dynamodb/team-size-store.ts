import { type TeamSizeStore, TeamSizes } from '../../core/readership/team-sizes.ts';
import { pack, unpack } from './packed.ts';
import type { Table } from './table.ts';
import { teamSizesKey } from './table-shape.ts';

/** One item. Sizes that this release cannot read count as not counted yet. */
export const dynamoTeamSizes = (table: Table): TeamSizeStore => ({
  async read() {
    const item = await table.read(teamSizesKey);
    return item && TeamSizes.safeParse({ at: item.at, staff: item.staff, teams: await unpack(item.teams) }).data;
  },
  async put({ at, staff, teams }) {
    await table.put({ ...teamSizesKey, at, staff, teams: await pack(teams) });
  },
});
