import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { EditionStore } from '../../core/compose/ports.ts';
import type { EditionLedger, FragmentReader } from '../../core/delivery/ports.ts';
import { countsOf, Edition, realmOf } from '../../core/edition/edition.ts';
import { wavesAhead } from '../../core/edition/waves.ts';
import type { EditionBrake } from '../../core/intake/ports.ts';
import { EditionFragments } from '../../core/mail/fragments.ts';
import { UnknownEdition } from '../../core/shared/errors.ts';
import { pack, unpack } from './packed.ts';
import type { Condition, Item, Table } from './table.ts';
import { editionKey, expiryFrom, inEditions, inOpen, inServiceEditions, partKey } from './table-shape.ts';

const composedOnce: Condition = { expression: 'attribute_not_exists(pk)' };
const exists: Condition = { expression: 'attribute_exists(pk)' };
/** Whoever read the edition before it was closed does not open it again. */
const stillOpen: Condition = { expression: 'attribute_exists(pk) AND attribute_not_exists(completedAt)' };
/** Holds for each postmortem the revision that last decided whether the edition may tell of it. */
const decidedBy = (postmortem: string) => `decided#${postmortem}`;
const mayDecide = (postmortem: string, revision: number, more = ''): Condition => ({
  expression: `attribute_exists(pk) AND contains(#names, :postmortem) AND (attribute_not_exists(#decided) OR #decided <= :revision)${more}`,
  names: { '#names': 'names', '#decided': decidedBy(postmortem) },
  values: { ':postmortem': postmortem, ':revision': revision },
});
const newerThanThere = (slot: string, version: number): Condition => ({
  expression: 'attribute_exists(pk) AND (attribute_not_exists(#tallies.#slot) OR #tallies.#slot.#version < :version)',
  names: { '#tallies': 'tallies', '#slot': slot, '#version': 'version' },
  values: { ':version': version },
});
/** DynamoDB refuses items over 400 KB; parts stay well below. */
const partSize = 350 * 1000;

const listedOf = (edition: Edition) => ({
  edition: edition.id,
  stream: edition.stream,
  scheduledFor: edition.scheduledFor,
  composedAt: edition.composedAt,
  subject: edition.subject,
  postmortems: edition.carries.length,
  paused: edition.paused,
  recalled: edition.recalled,
  counts: countsOf(edition),
  slots: Object.keys(edition.tallies),
  ...ahead(edition),
  ...(edition.completedAt && { completedAt: edition.completedAt }),
});
const ahead = (edition: Edition) => {
  const waves = edition.completedAt ? undefined : wavesAhead(edition);
  return waves && { ahead: waves };
};

/** Unfinished editions list as open work, finished ones by the month they were scheduled for; answers to single people in a list of their own. */
const placeOf = ({ id, stream, realm, scheduledFor, completedAt }: Edition) => {
  if (!completedAt) return inOpen('edition', scheduledFor, id);
  return stream === 'service' ? inServiceEditions(realmOf({ stream, realm }), scheduledFor, id) : inEditions(scheduledFor, id);
};

/** DynamoDB has no empty sets. */
const asSet = (members: readonly string[]) => (members.length > 0 ? new Set(members) : undefined);

const writeEdition = (edition: Edition): Item => ({
  ...edition,
  withheld: asSet(edition.withheld),
  begun: asSet(edition.begun ?? []),
  missed: asSet(edition.missed ?? []),
  ...placeOf(edition),
  listed: listedOf(edition),
});

export const readEdition = (item: Item): Edition => {
  const { withheld, begun, missed, ...rest } = item;
  return Stored.parse({
    ...rest,
    withheld: membersOf(withheld),
    ...(begun !== undefined && { begun: membersOf(begun) }),
    ...(missed !== undefined && { missed: membersOf(missed) }),
  });
};

/** What a later release adds to an edition is overlooked. */
const Stored = z.object(Edition.shape);

const membersOf = (value: unknown): unknown[] => (value instanceof Set ? [...value] : []);

/** The one thing that others may change of an edition. */
export const dynamoEditionBrake = (table: Table): EditionBrake => ({
  async withhold(id, postmortem, revision) {
    const set = { [decidedBy(postmortem)]: revision };
    const it = new Set([postmortem]);
    const underWay = mayDecide(postmortem, revision, ' AND attribute_not_exists(completedAt)');
    if (await table.update(editionKey(id), { set, add: { withheld: it, missed: it } }, underWay)) return;
    await table.update(editionKey(id), { set, add: { withheld: it } }, mayDecide(postmortem, revision));
  },
  async release(id, postmortem, revision) {
    const it = new Set([postmortem]);
    const change = { set: { [decidedBy(postmortem)]: revision }, delete: { withheld: it, missed: it } };
    await table.update(editionKey(id), change, mayDecide(postmortem, revision));
  },
});

/** `now` stamps an edition's completion. */
export const dynamoEditionStore = (table: Table, now: () => Date): EditionStore & EditionLedger & EditionBrake & FragmentReader => {
  const expiry = () => expiryFrom(now());
  const readMeta = async (id: string) => {
    const item = await table.read(editionKey(id));
    return item && readEdition(item);
  };
  const store: EditionStore & EditionLedger & EditionBrake = {
    read: readMeta,
    async putContent(id, fragments) {
      const hash = createHash('sha256').update(JSON.stringify(fragments)).digest('hex').slice(0, 32);
      const bytes = await pack(fragments);
      const parts = Math.ceil(bytes.length / partSize);
      for (let n = 0; n < parts; n += 1) {
        await table.put({ ...partKey(id, hash, n), bytes: bytes.subarray(n * partSize, (n + 1) * partSize), ...expiry() });
      }
      return { hash, parts };
    },
    create: (edition) => table.put({ ...editionKey(edition.id), ...writeEdition(edition), ...expiry() }, composedOnce),
    ...dynamoEditionBrake(table),
    async begin(id, slots) {
      const after = await table.update(editionKey(id), { add: { begun: new Set(slots) } }, exists);
      if (after) await list(readEdition(after));
    },
    async setTally(id, slot, tally) {
      const after = await table.update(editionKey(id), { set: { [`tallies.${slot}`]: tally } }, newerThanThere(slot, tally.version));
      const edition = after ? readEdition(after) : await readMeta(id);
      if (!edition) throw new UnknownEdition(id);
      await list(edition);
    },
  };

  /** Keeps what lists show in step with the tallies, and closes an edition whose every slot has one: from then on no brake holds it. */
  const list = async (edition: Edition): Promise<void> => {
    const isComplete = edition.slots.every((slot) => edition.tallies[slot]);
    const isClosedNow = isComplete && !edition.completedAt;
    const closed: Edition = isClosedNow ? { ...edition, paused: false, completedAt: now().toISOString() } : edition;
    const set = { ...placeOf(closed), completedAt: closed.completedAt, listed: listedOf(closed) };
    const change = { set: { ...set, ...(isClosedNow && { paused: false }) } };
    await table.update(editionKey(edition.id), change, closed.completedAt ? exists : stillOpen);
  };
  return { ...store, ...fragmentsKeptInMemory(table) };
};

const keptEditions = 3;

/** Fragments are the same for every reader, so a container reads those of an edition once. */
function fragmentsKeptInMemory(table: Table): Pick<FragmentReader, 'readFragments'> {
  const kept = new Map<string, Promise<EditionFragments>>();
  return {
    async readFragments(edition) {
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
    },
  };
}

async function readParts(table: Table, id: string, { hash, parts }: { hash: string; parts: number }): Promise<EditionFragments> {
  const items = await Promise.all(Array.from({ length: parts }, (_, n) => table.read(partKey(id, hash, n))));
  const bytes = items.map((item) => {
    if (!(item?.bytes instanceof Uint8Array)) throw new Error(`edition ${id}: a part of its content is missing`);
    return item.bytes;
  });
  return EditionFragments.parse(await unpack(Buffer.concat(bytes)));
}
