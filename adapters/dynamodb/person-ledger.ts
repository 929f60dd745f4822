import * as z from 'zod';
import type { Range } from '../../core/delivery/range.ts';
import { Tally } from '../../core/edition/edition.ts';
import { shownSubject } from '../../core/edition/shown-subject.ts';
import type { ActAbout, ActsReader, FoundLeaf, LedgerEdition, LedgerEraser, PersonLedger } from '../../core/rights/ports.ts';
import { Instant, toInstant } from '../../core/shared/instant.ts';
import { type Realm, realms, streamsOf } from '../../core/stream/stream.ts';
import { Slot, type SubscriberId } from '../../core/subscriber/subscriber.ts';
import { readEdition } from './edition-item.ts';
import { evidenceIn } from './evidence-store.ts';
import { mergedPage } from './merged-page.ts';
import { monthsBetween } from './months-between.ts';
import { unpackRange } from './range-codec.ts';
import { dynamoRangeLedger } from './range-ledger.ts';
import type { Item, Table } from './table.ts';
import {
  auditPartition,
  editionKey,
  editionsPartition,
  evidenceKey,
  type Key,
  openPartition,
  rangeKey,
  serviceEditionsPartition,
} from './table-shape.ts';

const Listed = z.object({
  gsi1sk: z.string(),
  listed: z.object({
    edition: z.string(),
    stream: z.string(),
    subject: z.string(),
    composedAt: Instant,
    /** The slots that have a tally. Lists of the first releases had the tallies instead. */
    slots: z.array(Slot).optional(),
    tallies: z.record(Slot, Tally).default({}),
    completedAt: Instant.optional(),
  }),
});

const listedEdition = (item: Item): LedgerEdition => {
  const { gsi1sk: cursor, listed } = Listed.parse(item);
  const { edition, stream, subject, composedAt, tallies, slots = Object.keys(tallies), completedAt } = listed;
  return { edition, stream, subject, composedAt, slots, isComplete: completedAt !== undefined, cursor };
};

/**
 * Reads what the ledger keeps of one person. Lists come from the index and may lag by a second.
 * `realm`: the realm of the people in question. Only what belongs to it is read; for customers that
 * is only what is no longer being sent. Absent: both realms.
 */
export const dynamoPersonLedger = (table: Table, now: () => Date, realm?: Realm): PersonLedger => ({
  async editions(since, limit, cursor, which = 'all') {
    const page = { from: since, cursor, limit };
    const theirs = realm ? [realm] : realms;
    const rest = monthsBetween(new Date(since), now()).map((month) => theirs.map((one) => editionsPartition(month, one)));
    if (realm === 'customers') {
      const { items } = await mergedPage(table, { ...page, open: serviceEditionsPartition('customers'), rest });
      return items.map(listedEdition);
    }
    const beside = which === 'news' ? [] : theirs.map(serviceEditionsPartition);
    const keeps = (item: Item) => realm === undefined || !isForCustomers(listedEdition(item).edition);
    const { items } = await mergedPage(table, { ...page, open: openPartition('edition'), beside, rest, keeps });
    return items.map(listedEdition);
  },
  async edition(id) {
    const item = await table.read(editionKey(id));
    if (!item) return undefined;
    const edition = readEdition(item);
    const { stream, composedAt, scheduledFor, slots, completedAt } = edition;
    const subject = shownSubject(edition);
    return { edition: id, stream, subject, composedAt, slots, isComplete: completedAt !== undefined, cursor: `${scheduledFor}#${id}` };
  },
  leaves: (edition, slots, sid) => findLeaves(table, edition, slots, sid),
  async evidence(edition, sid) {
    const item = await table.read(evidenceKey(edition, sid));
    return item && evidenceIn(item);
  },
});

const isForCustomers = (edition: string) =>
  ['service-customers', ...streamsOf('customers')].some((stream) => edition.startsWith(`${stream}_`));

/**
 * Ranges are read from the top, a few levels at a time. Most slots are a single leaf, so asking for
 * forty ranges in each would be expensive.
 */
const levelsAtATime = 4;
const deepest = 128;

/** Goes down in all slots together. One request holds four levels of twenty-five slots. */
async function findLeaves(table: Table, edition: string, slots: readonly Slot[], sid: SubscriberId): Promise<FoundLeaf[]> {
  const bits = [...sid].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
  const leaves: FoundLeaf[] = [];
  let wanted = slots;
  for (let from = 0; from <= deepest && wanted.length > 0; from += levelsAtATime) {
    const prefixes = Array.from({ length: levelsAtATime }, (_, n) => bits.slice(0, from + n)).filter(({ length }) => length <= deepest);
    const range = (slot: Slot, prefix: string): Range => ({ edition, slot, prefix });
    const asked = wanted.flatMap((slot) => prefixes.map((prefix) => range(slot, prefix)));
    const items = await table.readMany(asked.map(keyOf));
    const rows = new Map(items.map((item) => [nameOf(item), unpackRange(item)]));
    const rowOf = (one: Range) => rows.get(nameOf(keyOf(one)));
    for (const one of asked) {
      const row = rowOf(one);
      if (row?.shape === 'leaf') leaves.push({ range: one, leaf: row });
    }
    // Nothing lies below a leaf or below a gap.
    wanted = wanted.filter((slot) => prefixes.every((prefix) => rowOf(range(slot, prefix))?.shape === 'split'));
  }
  return leaves;
}

const keyOf = ({ edition, slot, prefix }: Range) => rangeKey(edition, slot, prefix);
const nameOf = ({ pk, sk }: Item | Key) => `${pk} ${sk}`;

export const dynamoLedgerEraser = (table: Table, now: () => Date): LedgerEraser => ({
  replace: dynamoRangeLedger(table, now).replace,
  async removeEvidence(edition, sid) {
    await table.remove(evidenceKey(edition, sid));
  },
  async removeServiceEdition(edition, slots) {
    for (const slot of slots) await table.remove(rangeKey(edition, slot, ''));
    const meta = editionKey(edition);
    for await (const { sk } of table.queryAll(meta.pk, { consistent: true })) {
      if (sk !== meta.sk) await table.remove({ pk: meta.pk, sk: String(sk) });
    }
    await table.remove(meta);
  },
});

const Act = z.object({ sk: z.string(), act: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) });

/** `realm`: the realm of the people in question. Absent: both realms. */
export const dynamoActsReader = (table: Table, now: () => Date, realm?: Realm): ActsReader => ({
  async about(sid, since) {
    const acts: ActAbout[] = [];
    const months = monthsBetween(new Date(since), now());
    const partitions = months.flatMap((month) => (realm ? [realm] : realms).map((one) => auditPartition(month, one)));
    for (const partition of partitions) {
      for await (const item of table.queryAll(partition)) {
        const { sk, act, facts } = Act.parse(item);
        const { subscribers, ...rest } = facts;
        // An import writes one line for everybody it subscribed. The other people in it are left
        // out here.
        const isTheirs =
          facts.subscriber === sid ||
          String(subscribers ?? '')
            .split(' ')
            .includes(sid);
        if (isTheirs) acts.push({ at: toInstant(new Date(sk.split('#')[0] ?? '')), act, facts: { ...rest, subscriber: sid } });
      }
    }
    return acts;
  },
});
