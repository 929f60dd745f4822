import { readEdition } from '../../../adapters/dynamodb/edition-item.ts';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import { unpackRange } from '../../../adapters/dynamodb/range-codec.ts';
import type { Item, Table } from '../../../adapters/dynamodb/table.ts';
import { editionKey, evidenceKey, rangePartitions, streamPartition } from '../../../adapters/dynamodb/table-shape.ts';
import type { Leaf, Split } from '../../../core/delivery/range.ts';
import type { Edition, EditionId } from '../../../core/edition/edition.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import type { Slot, SubscriberId } from '../../../core/subscriber/subscriber.ts';

export interface LeafRow {
  readonly slot: Slot;
  /** The first bits of the ids in it. Empty: everyone. */
  readonly prefix: string;
  readonly leaf: Leaf;
}

/** Everything that the table says about one edition. */
export interface EditionFacts {
  readonly edition: Edition;
  readonly fragments: EditionFragments | undefined;
  /** The subscribers who were in the index at the cut-off. */
  readonly audience: ReadonlySet<SubscriberId>;
  readonly leaves: readonly LeafRow[];
  readonly splits: readonly { readonly prefix: string; readonly split: Split }[];
  /** Items of evidence by subscriber, as they are stored. */
  readonly evidence: ReadonlyMap<SubscriberId, Item>;
}

const digits = [...'0123456789abcdef'];

/**
 * Reads what is stored, and not what a query of the product would show. Undefined if there is no
 * such edition.
 */
export async function readEditionFacts(table: Table, id: EditionId): Promise<EditionFacts | undefined> {
  const meta = await table.read(editionKey(id));
  if (!meta) return undefined;
  const edition = readEdition(meta);
  const rows: { slot: Slot; item: Item }[] = [];
  for (const slot of edition.slots)
    for (const partition of rangePartitions(id, slot)) for await (const item of table.queryAll(partition)) rows.push({ slot, item });
  const ranges = rows.map(({ slot, item }) => ({ slot, prefix: item.sk === '-' ? '' : String(item.sk), row: unpackRange(item) }));
  const evidence = new Map<SubscriberId, Item>();
  for (const d of digits)
    for await (const item of table.queryAll(evidenceKey(id, d).pk, { consistent: true })) evidence.set(String(item.sk), item);
  return {
    edition,
    fragments: edition.content && (await dynamoEditionStore(table, () => new Date()).readFragments(edition)),
    audience: await audienceOf(table, edition),
    leaves: ranges.flatMap(({ slot, prefix, row }) => (row.shape === 'leaf' ? [{ slot, prefix, leaf: row }] : [])),
    splits: ranges.flatMap(({ prefix, row }) => (row.shape === 'split' ? [{ prefix, split: row }] : [])),
    evidence,
  };
}

async function audienceOf(table: Table, edition: Edition): Promise<Set<SubscriberId>> {
  if (edition.audience.kind === 'list') return new Set(edition.audience.subscribers);
  const found = new Set<SubscriberId>();
  const { stream } = edition;
  if (stream === 'service') return found;
  for (const slot of edition.slots)
    for (const d of digits)
      for await (const row of table.queryAll(streamPartition(stream, slot, d), { consistent: true }))
        if (Date.parse(String(row.since)) <= Date.parse(edition.cutoff)) found.add(String(row.sk));
  return found;
}

/** Whether an event proved that SES accepted some attempt of the delivery. */
export const isProven = (item: Item | undefined): boolean => Object.keys(item ?? {}).some((name) => /^a\d+$/.test(name));
