import { type DeliveryEvent, type Evidence, eitherId, kinds, withEvent } from '../../core/delivery/evidence.ts';
import type { EvidenceReader, Proof } from '../../core/delivery/ports.ts';
import type { EditionId } from '../../core/edition/edition.ts';
import type { SubscriberId } from '../../core/subscriber/subscriber.ts';
import type { Condition, Item, Table } from './table.ts';
import { evidenceKey, expiryFrom } from './table-shape.ts';

const tries = 10;

const evidenceOf = (value: unknown): Evidence => {
  const known: Record<string, string> = {};
  if (typeof value === 'object' && value !== null) for (const [kind, at] of Object.entries(value)) known[kind] = String(at);
  return known;
};

const unchanged = (item: Item | undefined): Condition =>
  item
    ? { expression: '#version = :version', names: { '#version': 'version' }, values: { ':version': item.version } }
    : { expression: 'attribute_not_exists(pk)' };

/** What is known of a person's mail, all attempts taken together; undefined where somebody asked for it and nothing came. */
export function evidenceIn(item: Item): Evidence | undefined {
  const attempts = Object.entries(item).filter(([name]) => /^a\d+$/.test(name));
  const events = attempts.flatMap(([, told]) => Object.entries(evidenceOf(told)));
  const known = events.flatMap(([kind, at]) => kinds.filter((one) => one === kind).map((one) => ({ kind: one, at })));
  return attempts.length > 0 ? known.reduce<Evidence>(withEvent, {}) : undefined;
}

/** The proof in an item, of the latest attempt that has one. */
function proofIn(item: Item | undefined): Proof | undefined {
  const attempts = Object.keys(item ?? {}).flatMap((name) => (/^a\d+$/.test(name) ? [Number(name.slice(1))] : []));
  if (attempts.length === 0) return undefined;
  const attempt = Math.max(...attempts);
  return { attempt, messageId: String(item?.[`m${attempt}`] ?? '') };
}

/**
 * What events said of a delivery, one item a person and edition, by attempt. The same event twice changes nothing. Every write is conditional
 * on the version read, so that of an event and of somebody who asks for it one always sees the other.
 */
export const dynamoEvidenceStore = (table: Table, now: () => Date) => {
  /** Runs `change` on the item until its write wins; undefined: there is nothing to write. */
  const write = async (
    edition: EditionId,
    sid: SubscriberId,
    change: (item: Item | undefined) => Item | undefined,
  ): Promise<Item | undefined> => {
    const key = evidenceKey(edition, sid);
    for (let i = 0; i < tries; i += 1) {
      const item = await table.read(key);
      const set = change(item);
      if (!set) return item;
      const version = Number(item?.version ?? 0) + 1;
      const after = await table.update(key, { set: { ...set, version, ...expiryFrom(now()) } }, unchanged(item));
      if (after) return after;
    }
    throw new Error(`evidence of ${edition}: too many writers at once`);
  };

  const asker: EvidenceReader = {
    async ask(edition, subscribers) {
      const proofs = new Map<SubscriberId, Proof>();
      for (const sid of subscribers) {
        const item = await write(edition, sid, (found) => (proofIn(found) || found?.asked ? undefined : { asked: true }));
        const proof = proofIn(item);
        if (proof) proofs.set(sid, proof);
      }
      return proofs;
    },
  };
  return {
    ...asker,
    /** `isAwaited`: somebody had asked for it before it came, and has to be told. */
    async add(event: DeliveryEvent): Promise<{ isAwaited: boolean }> {
      const attempt = `a${event.attempt}`;
      const item = await write(event.edition, event.subscriber, (found) => {
        const [before, idBefore] = [evidenceOf(found?.[attempt]), String(found?.[`m${event.attempt}`] ?? '')];
        const [after, id] = [withEvent(before, event), eitherId(idBefore, event.messageId)];
        if (id === idBefore && JSON.stringify(before) === JSON.stringify(after)) return undefined;
        return { [attempt]: after, ...(id && { [`m${event.attempt}`]: id }) };
      });
      return { isAwaited: item?.asked === true };
    },
  };
};
