import type { Hash } from '../../core/approval/approval-request.ts';
import { printArtefact, readArtefact } from '../../core/notice/artefact.ts';
import { type External, readExternal } from '../../core/notice/external.ts';
import { listedOf } from '../../core/notice/listed.ts';
import { ListedExternal } from '../../core/notice/listed-external.ts';
import type { Artefacts, ExternalLists, ExternalStore } from '../../core/notice/ports.ts';
import type { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { monthsBetween } from './months-between.ts';
import { pack, unpack } from './packed.ts';
import type { Condition, Item, Table } from './table.ts';
import { artefactPartKey, expiryFrom, externalKey, externalsPartition, inExternals, inOpen, openPartition } from './table-shape.ts';

const asItWasRead = ({ version }: External): Condition =>
  version === 0
    ? { expression: 'attribute_not_exists(pk)' }
    : { expression: '#version = :version', names: { '#version': 'version' }, values: { ':version': version } };

export const dynamoExternals = (table: Table, now: () => Date): ExternalStore => ({
  async read(postmortem) {
    const item = await table.read(externalKey(postmortem));
    return item && (readExternal(item) ?? 'unknown');
  },
  put(row, dueAt) {
    const { postmortem } = row;
    const place = dueAt ? inOpen('notice', new Date(dueAt).toISOString(), postmortem) : inExternals(toInstant(now()), postmortem);
    const next = { ...row, version: row.version + 1 };
    return table.put({ ...next, ...externalKey(postmortem), ...place, listed: listedOf(row, dueAt) }, asItWasRead(row));
  },
});

const readListed = (item: Item): ListedExternal[] => [ListedExternal.safeParse(item.listed).data ?? []].flat();

export const dynamoExternalLists = (table: Table): ExternalLists => ({
  async open(limit) {
    const { items } = await table.query(openPartition('notice'), { index: true, limit });
    return items.flatMap(readListed);
  },
  async asked() {
    const found: ListedExternal[] = [];
    for await (const item of table.queryAll(openPartition('notice'), { index: true }))
      found.push(...readListed(item).filter(({ state }) => state === 'open'));
    return found;
  },
  async due(now, limit) {
    const { items } = await table.query(openPartition('notice'), { index: true, to: now.toISOString(), limit });
    return items.flatMap(readListed);
  },
  async isDue(postmortem, now) {
    const { gsi1pk, gsi1sk } = (await table.read(externalKey(postmortem))) ?? {};
    return gsi1pk === openPartition('notice') && typeof gsi1sk === 'string' && gsi1sk < now.toISOString();
  },
  async resting(since, now) {
    const from = since.toISOString().slice(0, 19);
    const found: ListedExternal[] = [];
    for (const month of monthsBetween(since, now))
      for await (const item of table.queryAll(externalsPartition(month), { index: true, from })) found.push(...readListed(item));
    return found.toReversed();
  },
});

/** DynamoDB refuses items over 400 KB. Parts stay well below that. */
const partSize = 350 * 1000;

/**
 * What somebody approved is written over by itself alone: the hash in its key is that of its text.
 * Asked again it stands as long as one that is new. Parts that do not make it any more, because
 * some of them expired or another release packed them, are all put anew.
 */
export const dynamoArtefacts = (table: Table, now: () => Date): Artefacts => ({
  async put(postmortem, artefact) {
    const { text, ...hashes } = printArtefact(artefact);
    const stored = await readPacked(table, postmortem, hashes.artefact);
    const bytes = stored && (await artefactIn(stored, hashes.artefact)) ? stored : await pack(text);
    const parts = Math.ceil(bytes.length / partSize);
    for (let n = 0; n < parts; n += 1) {
      const part = bytes.subarray(n * partSize, (n + 1) * partSize);
      await table.put({ ...artefactPartKey(postmortem, hashes.artefact, n), parts, bytes: part, ...expiryFrom(now()) });
    }
    return hashes;
  },
  async read(postmortem, artefact) {
    const bytes = await readPacked(table, postmortem, artefact);
    return bytes && artefactIn(bytes, artefact);
  },
});

/** Undefined if a part is missing. */
async function readPacked(table: Table, postmortem: PostmortemId, artefact: Hash): Promise<Uint8Array | undefined> {
  const first = await table.read(artefactPartKey(postmortem, artefact, 0));
  if (!first) return undefined;
  const rest = Array.from({ length: Number(first.parts) - 1 }, (_, n) => table.read(artefactPartKey(postmortem, artefact, n + 1)));
  const bytes: Uint8Array[] = [];
  for (const item of [first, ...(await Promise.all(rest))]) {
    if (!(item?.bytes instanceof Uint8Array)) return undefined;
    bytes.push(item.bytes);
  }
  return Buffer.concat(bytes);
}

async function artefactIn(bytes: Uint8Array, hash: Hash) {
  const text = await unpack(bytes).catch(() => undefined);
  return typeof text === 'string' ? readArtefact(text, hash) : undefined;
}
