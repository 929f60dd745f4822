import * as z from 'zod';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import type { ArchiveSince, SearchIndexReader, SearchIndexWriter } from '../../core/search/ports.ts';
import { SearchEntry } from '../../core/search/search-entry.ts';
import type { Instant } from '../../core/shared/instant.ts';
import type { Audience } from '../../core/stream/audience.ts';
import { pack, unpack } from './packed.ts';
import type { Item, Table } from './table.ts';
import { searchKey, searchPartition, searchStampKey } from './table-shape.ts';

const tries = 10;
const Entries = z.array(SearchEntry);
/** An entry as it is kept beside a new one, with what this release does not know. */
const Others = z.array(z.looseObject({ id: PostmortemId, revision: z.int() }));

const othersIn = async (item: Item | undefined) => (item ? Others.parse(await unpack(item.entries)) : []);

/**
 * Spreads the entries of a month over sixteen items, so that an archive of thousands published on
 * one day fits too.
 */
export const dynamoSearchIndex = (table: Table): SearchIndexWriter & SearchIndexReader => ({
  async put(audience, entry, at) {
    await putEntry(table, audience, entry, at);
    await stampAnew(table, audience);
  },
  async hide(audience, entry, at) {
    const months = new Set([at.slice(0, 7)]);
    for await (const item of table.queryAll(searchPartition(audience), { consistent: true })) {
      const month = String(item.sk).slice(0, 7);
      const mayHold = searchKey(audience, month, entry.id).sk === item.sk;
      if (mayHold && (await othersIn(item)).some(({ id }) => id === entry.id)) months.add(month);
    }
    for (const month of months) await putEntry(table, audience, entry, `${month}-01T00:00:00Z`);
    await stampAnew(table, audience);
  },
  async stamp(audience) {
    return Number((await table.read(searchStampKey(audience)))?.version ?? 0);
  },
  async readAll(audience) {
    const all: Promise<unknown>[] = [];
    for await (const item of table.queryAll(searchPartition(audience), { consistent: true })) all.push(unpack(item.entries));
    return (await Promise.all(all)).flatMap((entries) => Entries.parse(entries));
  },
});

/** Entries of an audience's archive by the month of their publication, the latest month first. */
export const dynamoArchiveSince = (table: Table): ArchiveSince =>
  async function archiveSince(audience, since, most) {
    const found: SearchEntry[] = [];
    const from = since.slice(0, 7);
    for await (const item of table.queryAll(searchPartition(audience), { consistent: true, descending: true })) {
      if (String(item.sk) < from) break;
      found.push(...Entries.parse(await unpack(item.entries)));
      if (found.length > most) return { entries: found.slice(0, most), isWhole: false };
    }
    return { entries: found, isWhole: true };
  };

/**
 * Runs after the entry is written, and also if the entry was already there: the process that wrote
 * it may have crashed before this step.
 */
async function stampAnew(table: Table, audience: Audience): Promise<void> {
  await table.update(searchStampKey(audience), { add: { version: 1 } });
}

async function putEntry(table: Table, audience: Audience, entry: SearchEntry, at: Instant): Promise<void> {
  const key = searchKey(audience, at, entry.id);
  for (let i = 0; i < tries; i += 1) {
    const item = await table.read(key);
    const before = await othersIn(item);
    if (before.some(({ id, revision }) => id === entry.id && revision >= entry.revision)) return;
    const entries = [...before.filter(({ id }) => id !== entry.id), entry];
    const version = Number(item?.version ?? 0);
    const isStill = item
      ? { expression: '#version = :version', names: { '#version': 'version' }, values: { ':version': version } }
      : { expression: 'attribute_not_exists(pk)' };
    if (await table.put({ ...key, entries: await pack(entries), version: version + 1 }, isStill)) return;
  }
  throw new Error('others kept changing the same month of the archive');
}
