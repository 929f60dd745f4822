import type { EditionId } from '../../core/edition/edition.ts';
import type { SettleDeps } from '../../core/restore/settle-copy.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { dynamoEditionBrakes } from './edition-brakes.ts';
import { dynamoEditionStore } from './edition-store.ts';
import { readLanes } from './lane-store.ts';
import { dynamoPeopleList } from './profile-store.ts';
import { dynamoSlotRegistry } from './slot-registry.ts';
import type { Table } from './table.ts';
import { endCopy } from './table-copy.ts';
import { openPartition } from './table-shape.ts';

/** What the table holds of a restore that is being settled. */
export const dynamoCopySettling = (
  table: Table,
  now: () => Date,
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
  editions: {
    read: dynamoEditionStore(table, now).read,
    async open() {
      const ids: EditionId[] = [];
      for await (const { pk } of table.queryAll(openPartition('edition'), { index: true })) ids.push(String(pk).slice('ED#'.length));
      return ids;
    },
  },
  async owed() {
    let owed = 0;
    for await (const _ of table.queryAll(openPartition('outbox'), { index: true })) owed += 1;
    return owed;
  },
  recall: dynamoEditionBrakes(table).recall,
  endCopy: () => endCopy(table),
});
