import { type HeldMailStore, StoredHeldMail } from '../../core/connector/held-mail.ts';
import { pack, unpack } from './packed.ts';
import type { Table } from './table.ts';
import { heldMailKey } from './table-shape.ts';

/**
 * What the last mail about held incidents told. One that this release cannot read counts as none.
 */
export const dynamoHeldMail = (table: Table): HeldMailStore => ({
  async read() {
    const item = await table.read(heldMailKey);
    return item && StoredHeldMail.safeParse(await unpack(item.mail)).data;
  },
  async put(mail) {
    await table.put({ ...heldMailKey, day: mail.day, mail: await pack(mail) });
  },
});
