import * as z from 'zod';
import type { FragmentWriter } from '../../core/compose/ports.ts';
import type { FragmentReader, StoredMailReader } from '../../core/delivery/ports.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { openEdition } from '../../core/edition/open-edition.ts';
import type { EditionHolder, EditionReader, EditionWriter } from '../../core/edition/ports.ts';
import { EditionFragments } from '../../core/mail/fragments.ts';
import { asContentHash, fragmentsHash, hashOfStored } from '../../core/mail/fragments-hash.ts';
import { UnknownEdition } from '../../core/shared/errors.ts';
import { dynamoEditionHolder } from './edition-flags.ts';
import { listedOf, placeOf, readEdition, writeEdition } from './edition-item.ts';
import { pack, unpackText } from './packed.ts';
import type { Condition, Table } from './table.ts';
import { editionKey, expiryFrom, openPartition, partKey } from './table-shape.ts';

const composedOnce: Condition = { expression: 'attribute_not_exists(pk)' };
const exists: Condition = { expression: 'attribute_exists(pk)' };
/**
 * Keeps a worker that read the edition before it was closed from opening it again, and one that
 * read it before a brake or a restriction from hiding those in the lists.
 */
const asRead = ({ completedAt, paused, recalled, superseded, withheld }: Edition): Condition => ({
  expression: [
    'attribute_exists(pk) AND paused = :paused AND recalled = :recalled',
    `attribute_${superseded ? '' : 'not_'}exists(superseded)`,
    `attribute_${withheld.length > 0 ? '' : 'not_'}exists(withheld)`,
    ...(completedAt ? [] : ['attribute_not_exists(completedAt)']),
  ].join(' AND '),
  values: { ':paused': paused, ':recalled': recalled },
});
const newerThanThere = (slot: string, version: number): Condition => ({
  expression: 'attribute_exists(pk) AND (attribute_not_exists(#tallies.#slot) OR #tallies.#slot.#version < :version)',
  names: { '#tallies': 'tallies', '#slot': slot, '#version': 'version' },
  values: { ':version': version },
});
/** DynamoDB refuses items over 400 KB. Parts stay well below that. */
const partSize = 350 * 1000;

const Listed = z.object({ listed: z.object({ edition: z.string(), stream: z.string() }) });

/**
 * Finds unfinished editions by the index and then reads them. They are few, unless something stays
 * paused for weeks.
 */
export const dynamoEditionReader = (table: Table): EditionReader => ({
  async read(id) {
    const item = await table.read(editionKey(id));
    return item && readEdition(item);
  },
  async listOpen(streams) {
    const ids: string[] = [];
    for await (const item of table.queryAll(openPartition('edition'), { index: true })) {
      const { listed } = Listed.parse(item);
      if (streams.some((stream) => stream === listed.stream)) ids.push(listed.edition);
    }
    const items = await table.readMany(ids.map(editionKey));
    return items.flatMap((item) => openEdition(readEdition(item)) ?? []);
  },
  async listOpenIds() {
    const ids: string[] = [];
    for await (const { pk } of table.queryAll(openPartition('edition'), { index: true })) ids.push(String(pk).slice('ED#'.length));
    return ids;
  },
});

/** `now` sets the time at which an edition is completed. */
export const dynamoEditionStore = (
  table: Table,
  now: () => Date,
): EditionReader & EditionWriter & EditionHolder & FragmentReader & StoredMailReader & FragmentWriter => {
  const expiry = () => expiryFrom(now());
  const store: EditionReader & EditionWriter & FragmentWriter = {
    ...dynamoEditionReader(table),
    async putContent(id, fragments) {
      const hash = asContentHash(fragmentsHash(fragments));
      const bytes = await pack(fragments);
      const parts = Math.ceil(bytes.length / partSize);
      for (let n = 0; n < parts; n += 1) {
        await table.put({ ...partKey(id, hash, n), bytes: bytes.subarray(n * partSize, (n + 1) * partSize), ...expiry() });
      }
      return { hash, parts };
    },
    create: (edition) => table.put({ ...editionKey(edition.id), ...writeEdition(edition), ...expiry() }, composedOnce),
    async begin(id, slots) {
      const after = await table.update(editionKey(id), { add: { begun: new Set(slots) } }, exists);
      if (after) await list(readEdition(after));
    },
    async setTally(id, slot, tally) {
      const after = await table.update(editionKey(id), { set: { [`tallies.${slot}`]: tally } }, newerThanThere(slot, tally.version));
      const edition = after ? readEdition(after) : await store.read(id);
      if (!edition) throw new UnknownEdition(id);
      await list(edition);
    },
  };

  /**
   * Keeps the listed copy in step with the tallies, and closes an edition when every slot has a
   * tally. From then on no brake holds it.
   */
  const list = async (edition: Edition): Promise<void> => {
    const isComplete = edition.slots.every((slot) => edition.tallies[slot]);
    const isClosedNow = isComplete && !edition.completedAt;
    const closed: Edition = isClosedNow ? { ...edition, paused: false, completedAt: now().toISOString() } : edition;
    const set = { ...placeOf(closed), completedAt: closed.completedAt, listed: listedOf(closed) };
    const change = { set: { ...set, ...(isClosedNow && { paused: false }) } };
    if (await table.update(editionKey(edition.id), change, asRead(edition))) return;
    const changed = await store.read(edition.id);
    if (changed) await list(changed);
  };
  return { ...store, ...dynamoEditionHolder(table), ...fragmentsKeptInMemory(table) };
};

const keptEditions = 3;

/** Fragments are the same for every reader, so a container reads those of an edition once. */
function fragmentsKeptInMemory(table: Table): FragmentReader & StoredMailReader {
  const kept = new Map<string, ReturnType<typeof readParts>>();
  const readStored: StoredMailReader['readStored'] = async (edition) => {
    const { content } = edition;
    if (!content) throw new Error(`edition ${edition.id} sends nothing`);
    const found = kept.get(content.hash) ?? readParts(table, edition.id, content);
    kept.delete(content.hash);
    kept.set(content.hash, found);
    for (const oldest of [...kept.keys()].slice(0, -keptEditions)) kept.delete(oldest);
    try {
      return await found;
    } catch (error) {
      kept.delete(content.hash);
      throw error;
    }
  };
  return { readStored, readFragments: async (edition) => (await readStored(edition)).fragments };
}

async function readParts(table: Table, id: string, { hash, parts }: { hash: string; parts: number }) {
  const items = await Promise.all(Array.from({ length: parts }, (_, n) => table.read(partKey(id, hash, n))));
  const bytes = items.map((item) => {
    if (!(item?.bytes instanceof Uint8Array)) throw new Error(`edition ${id}: a part of its content is missing`);
    return item.bytes;
  });
  const text = await unpackText(Buffer.concat(bytes));
  return { fragments: EditionFragments.parse(JSON.parse(text)), hash: hashOfStored(text) };
}
