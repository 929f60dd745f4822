import type { SettleDeps } from '../../core/restore/settle-copy.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { dynamoEditionHolder } from './edition-flags.ts';
import { dynamoEditionReader } from './edition-store.ts';
import { readLanes } from './lane-store.ts';
import { dynamoPeopleList } from './profile-store.ts';
import { dynamoSlotRegistry } from './slot-registry.ts';
import type { Table } from './table.ts';
import { endCopy } from './table-copy.ts';
import { openPartition } from './table-shape.ts';

/** Reads and changes what the table holds of a restore that is being settled. */
export const dynamoCopySettling = (
  table: Table,
  identitySecret: () => Promise<string>,
): Pick<SettleDeps, 'lanes' | 'knowsPeople' | 'registry' | 'editions' | 'owed' | 'recall' | 'endCopy'> => ({
  lanes: () => readLanes(table),
  async knowsPeople() {
    const {
      people: [person],
    } = await dynamoPeopleList(table).list(1);
    const address = person && parseAddress(person.address);
    return !person || (address !== undefined && subscriberId(person.realm, address, await identitySecret()) === person.sid);
  },
  registry: dynamoSlotRegistry(table),
  editions: dynamoEditionReader(table),
  async owed() {
    let owed = 0;
    for await (const _ of table.queryAll(openPartition('outbox'), { index: true })) owed += 1;
    return owed;
  },
  recall: dynamoEditionHolder(table).recall,
  endCopy: () => endCopy(table),
});
