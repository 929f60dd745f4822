import * as z from 'zod';
import { type DeliveryEvent, type Evidence, eitherId, openLabels, withEvent } from '../../core/delivery/evidence.ts';
import type { EvidenceReader, Proof } from '../../core/delivery/ports.ts';
import type { EditionId } from '../../core/edition/edition.ts';
import { evidenceOf, judgeView, noViews, type PageView, type PageViews } from '../../core/feedback/page-views.ts';
import { Instant, toInstant } from '../../core/shared/instant.ts';
import type { SubscriberId } from '../../core/subscriber/subscriber.ts';
import type { Condition, Item, Table } from './table.ts';
import { evidenceKey, expiryFrom } from './table-shape.ts';

const tries = 10;

const eventsIn = (value: unknown): Evidence => {
  const known: Record<string, string> = {};
  if (typeof value === 'object' && value !== null) for (const [kind, at] of Object.entries(value)) known[kind] = String(at);
  return known;
};

const unchanged = (item: Item | undefined): Condition =>
  item
    ? { expression: '#version = :version', names: { '#version': 'version' }, values: { ':version': item.version } }
    : { expression: 'attribute_not_exists(pk)' };

const StoredLooks = z.object({
  first: z.partialRecord(z.enum(openLabels), Instant),
  lately: z.record(z.string(), z.number()),
  isRobot: z.boolean(),
  robotAt: Instant.optional(),
});
const looksIn = (item: Item | undefined): PageViews => (item?.looks === undefined ? noViews : StoredLooks.parse(item.looks));

/**
 * The evidence of a person's mail: all attempts and page views taken together. Undefined if the
 * evidence was asked for and none has come.
 */
export function evidenceIn(item: Item): Evidence | undefined {
  const attempts = Object.entries(item).filter(([name]) => /^a\d+$/.test(name));
  return evidenceOf(
    attempts.flatMap(([, events]) => Object.entries(eventsIn(events))),
    looksIn(item),
  );
}

/** The proof in an item, from the latest attempt that has one. */
function proofIn(item: Item | undefined): Proof | undefined {
  const attempts = Object.keys(item ?? {}).flatMap((name) => (/^a\d+$/.test(name) ? [Number(name.slice(1))] : []));
  if (attempts.length === 0) return undefined;
  const attempt = Math.max(...attempts);
  return { attempt, messageId: String(item?.[`m${attempt}`] ?? '') };
}

/**
 * Keeps what events say about a delivery: one item per person and edition, split by attempt. Adding
 * the same event twice changes nothing. Every write is conditional on the version that was read. So
 * if an event and a question about it come at the same time, one of them always sees the other.
 */
export const dynamoEvidenceStore = (table: Table, now: () => Date) => {
  /**
   * Runs `change` on the item until its write wins. Undefined from `change`: there is nothing to
   * write.
   */
  const write = async (
    edition: EditionId,
    sid: SubscriberId,
    change: (item: Item | undefined) => Item | undefined | Promise<Item | undefined>,
  ): Promise<Item | undefined> => {
    const key = evidenceKey(edition, sid);
    for (let i = 0; i < tries; i += 1) {
      const item = await table.read(key);
      const set = await change(item);
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
    /**
     * Records a view of a page that one of this person's mails links to. Once the viewer is known
     * to be a robot, nothing more is written. `onPerson` runs before the view of a person is
     * written, so that whoever finds out later that it was a robot's finds what it left. Answers
     * the pages whose views this one shows to be a robot's.
     */
    async look(
      edition: EditionId,
      subscriber: SubscriberId,
      seen: PageView,
      onPerson: () => Promise<void> = async () => {},
    ): Promise<readonly string[]> {
      let found: readonly string[] = [];
      await write(edition, subscriber, async (item) => {
        const before = looksIn(item);
        const { looks, isPersons, robots } = judgeView(before, seen, toInstant(now()));
        found = robots;
        if (isPersons) await onPerson();
        return looks === before ? undefined : { looks };
      });
      return found;
    },
    /** `isAwaited`: the evidence was asked for before it came, so the asker has to be notified. */
    async add(event: DeliveryEvent): Promise<{ isAwaited: boolean }> {
      const attempt = `a${event.attempt}`;
      const item = await write(event.edition, event.subscriber, (found) => {
        const [before, idBefore] = [eventsIn(found?.[attempt]), String(found?.[`m${event.attempt}`] ?? '')];
        const [after, id] = [withEvent(before, event), eitherId(idBefore, event.messageId)];
        if (id === idBefore && JSON.stringify(before) === JSON.stringify(after)) return undefined;
        return { [attempt]: after, ...(id && { [`m${event.attempt}`]: id }) };
      });
      return { isAwaited: item?.asked === true };
    },
  };
};
