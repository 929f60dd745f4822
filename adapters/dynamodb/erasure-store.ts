import { Erasure } from '../../core/rights/erasure.ts';
import type { ErasureStore, ForgottenList, PersonRemover } from '../../core/rights/ports.ts';
import { realms } from '../../core/stream/stream.ts';
import type { Who } from '../../core/subscriber/ports.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';
import { profileOf } from './profile-store.ts';
import type { Condition, Table } from './table.ts';
import { erasureKey, inOpen, openPartition, profileKey, slotsPartition, subscriptionKey, suppressionKey } from './table-shape.ts';

const StoredErasure = Erasure.strip();
const unchanged = (attribute: string, value: number): Condition => ({
  expression: '#version = :version',
  names: { '#version': attribute },
  values: { ':version': value },
});
const isNew: Condition = { expression: 'attribute_not_exists(pk)' };

export const dynamoErasureStore = (table: Table): ErasureStore => ({
  async read({ realm, sid }) {
    const item = await table.read(erasureKey(realm, sid));
    return item && StoredErasure.parse(item);
  },
  write(erasure, before) {
    const { realm, sid, dueAt } = erasure;
    const item = { ...erasureKey(realm, sid), ...erasure, ...inOpen('erasure', dueAt, `${realm}#${sid}`) };
    return table.put(item, before === 0 ? isNew : unchanged('version', before));
  },
  end: ({ realm, sid, version }) => table.remove(erasureKey(realm, sid), unchanged('version', version)),
  async due(now, limit) {
    // Within one second, instants do not sort as text if only some of them carry a fraction. So
    // everything due in this second is included.
    const to = `${now.toISOString().slice(0, 19)}~`;
    const { items } = await table.query(openPartition('erasure'), { index: true, to, limit });
    return items.flatMap(({ pk }) => whoIn(String(pk)));
  },
});

function whoIn(pk: string): Who[] {
  const [, realm, sid] = pk.split('#');
  const known = realms.find((one) => one === realm);
  return known && SubscriberId.safeParse(sid).success ? [{ realm: known, sid: String(sid) }] : [];
}

export const dynamoPersonRemover = (table: Table): PersonRemover => ({
  async readProfiles(people) {
    return (await table.readMany(people.map(({ realm, sid }) => profileKey(realm, sid)))).map(profileOf);
  },
  async slotsOf(stream) {
    const slots: string[] = [];
    for await (const { sk } of table.queryAll(slotsPartition(stream), { consistent: true })) slots.push(String(sk));
    return slots;
  },
  async removeSubscription(stream, slot, sid) {
    await table.remove(subscriptionKey(stream, slot, sid));
  },
  removeProfile: ({ realm, sid }, revision) => table.remove(profileKey(realm, sid), unchanged('revision', revision)),
});

export const dynamoForgottenList = (table: Table): ForgottenList => ({
  async add(hash, at) {
    await table.update(
      suppressionKey(hash),
      { set: { at } },
      {
        expression: 'attribute_not_exists(#at) OR #at < :new',
        names: { '#at': 'at' },
        values: { ':new': at },
      },
    );
  },
  async move(hash, at) {
    await table.update(suppressionKey(hash), { set: { movedAt: at } });
  },
  async refuse(hash, why) {
    const counts = '(attribute_not_exists(liftedAt) OR liftedAt < :since)';
    const outweighs = '(attribute_not_exists(refused) OR (:reason = :complaint AND refused.reason <> :complaint))';
    const values = { ':since': why.at, ':reason': why.reason, ':complaint': 'complaint' };
    await table.update(suppressionKey(hash), { set: { refused: why } }, { expression: `${counts} AND ${outweighs}`, values });
  },
  async lift(hash, at) {
    const isThere = { expression: 'attribute_exists(refused) OR attribute_exists(movedAt)' };
    await table.update(suppressionKey(hash), { set: { liftedAt: at }, remove: ['refused', 'movedAt'] }, isThere);
  },
});
