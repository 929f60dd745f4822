import * as z from 'zod';
import type { Standing } from '../../core/compose/ports.ts';
import { listedPostmortem } from '../../core/content/listed-postmortem.ts';
import { outlivedReminders } from '../../core/edition/service-mail.ts';
import type { PostmortemStore, SourceReader } from '../../core/intake/ports.ts';
import type { Rebuilds } from '../../core/operator/rebuild-postmortem.ts';
import { holdIn } from '../../core/postmortem/hold.ts';
import type { Postmortem, PostmortemId } from '../../core/postmortem/postmortem.ts';
import { documentTypes } from '../../core/postmortem/reading/sent-document.ts';
import {
  isOutboxTask,
  type ListedPostmortem,
  type ListedRevision,
  MaterialChange,
  owedTasks,
  publications,
  StoredDocument,
  type StoredPostmortem,
} from '../../core/postmortem/stored-postmortem.ts';
import { allDone } from '../../core/shared/all-done.ts';
import { Instant } from '../../core/shared/instant.ts';
import { mergedPage } from './merged-page.ts';
import { monthsBetween } from './months-between.ts';
import { pack, unpack } from './packed.ts';
import type { Condition, Item, Table } from './table.ts';
import { inOpen, inPostmortems, openPartition, postmortemKey, postmortemsPartition, revisionKey, sourceKey } from './table-shape.ts';

const exists: Condition = { expression: 'attribute_exists(pk)' };
const nobodyStored: Condition = { expression: 'attribute_not_exists(pk)' };
const stillAt = (revision: number): Condition => ({
  expression: '#revision = :revision',
  names: { '#revision': 'revision' },
  values: { ':revision': revision },
});

const setOf = (value: unknown): string[] => (value instanceof Set ? [...value].map(String) : []);
/** DynamoDB has no empty sets. */
const asSet = (members: readonly string[]) => (members.length > 0 ? new Set(members) : undefined);

/**
 * A postmortem with tasks in its outbox is listed as open work, any other by the month of its last
 * change.
 */
const placeOf = (stored: StoredPostmortem) =>
  stored.owed.length > 0 ? inOpen('outbox', stored.updatedAt, stored.postmortem.id) : inPostmortems(stored.updatedAt, stored.postmortem.id);

const Material = z.record(z.string(), MaterialChange);

const toldOf = ({ editions, namedIn, material }: Item) => ({
  editions: setOf(editions),
  namedIn: setOf(namedIn),
  ...(material !== undefined && { material: Material.parse(material) }),
});

/** Undefined: the item has no `listed`, which every write of its document puts beside it. */
function standingOf(item: Item): Standing | undefined {
  const postmortem = readListed(item);
  const { hiddenIn } = item;
  return postmortem && { postmortem, revision: Number(item.revision), ...toldOf(item), ...(typeof hiddenIn === 'number' && { hiddenIn }) };
}

async function readStored(item: Item): Promise<StoredPostmortem> {
  const owed = setOf(item.outbox);
  return {
    postmortem: StoredDocument.parse(await unpack(item.document)),
    revision: Number(item.revision),
    hash: String(item.hash),
    updatedAt: String(item.updatedAt),
    ...(typeof item.by === 'string' && { by: item.by }),
    ...(typeof item.sentBy === 'string' && { sentBy: item.sentBy }),
    ...(item.held !== undefined && { held: holdIn(item.held) }),
    publication: publications.find((one) => one === item.publication),
    owed: [...owedTasks.filter((task) => owed.includes(task)), ...owed.filter((task) => !isOutboxTask(task))],
    ...toldOf(item),
    ...(item.awaitedIn !== undefined && { awaitedIn: setOf(item.awaitedIn) }),
    ...(typeof item.hiddenIn === 'number' && { hiddenIn: item.hiddenIn }),
  };
}

export const dynamoPostmortemStore = (table: Table): PostmortemStore => ({
  async readCurrent(id) {
    const item = await table.read(postmortemKey(id));
    return item && readStored(item);
  },
  async putRevision({ postmortem, revision, hash, updatedAt, by }, source) {
    await allDone([
      ...(source
        ? [pack(source).then((packed) => table.put({ ...sourceKey(postmortem.id, revision, hash), source: packed, updatedAt }))]
        : []),
      pack(postmortem).then((packed) => table.put({ ...revisionKey(postmortem.id, revision, hash), document: packed, updatedAt, by })),
    ]);
  },
  async putCurrent(stored, before) {
    const change = {
      document: await pack(stored.postmortem),
      revision: stored.revision,
      hash: stored.hash,
      updatedAt: stored.updatedAt,
      by: stored.by,
      sentBy: stored.sentBy,
      held: stored.held,
      publication: stored.publication,
      material: stored.material,
      hiddenIn: stored.hiddenIn,
      outbox: asSet(stored.owed),
      ...placeOf(stored),
      listed: listedPostmortem(stored),
    };
    const condition = before ? stillAt(before.revision) : nobodyStored;
    const remove = (['held', 'sentBy'] as const).filter((name) => change[name] === undefined);
    return (await table.update(postmortemKey(stored.postmortem.id), { set: change, remove }, condition)) !== undefined;
  },
  async clearOwed(stored, left = []) {
    const place = placeOf({ ...stored, owed: left });
    const change = left.length > 0 ? { set: { ...place, outbox: asSet(left) } } : { set: { ...place }, remove: ['outbox'] };
    await table.update(postmortemKey(stored.postmortem.id), change, stillAt(stored.revision));
  },
  async noteMissed(id, edition) {
    const it = new Set([edition]);
    await table.update(postmortemKey(id), { add: { namedIn: it }, delete: { editions: it } }, exists);
  },
});

export const dynamoRebuilds = (table: Table): Rebuilds => ({
  read: dynamoPostmortemStore(table).readCurrent,
  async owe(stored) {
    const set = { ...placeOf({ ...stored, owed: ['projections'] }), listed: listedPostmortem(stored) };
    const change = { set, add: { outbox: new Set(['projections']) } };
    return (await table.update(postmortemKey(stored.postmortem.id), change, stillAt(stored.revision))) !== undefined;
  },
});

/** Many at once. Consistent. Those that do not exist are left out. */
export const dynamoPostmortemsOf =
  (table: Table) =>
  async (ids: readonly PostmortemId[]): Promise<ReadonlyMap<PostmortemId, StoredPostmortem>> => {
    const items = await table.readMany(ids.map(postmortemKey));
    const found = await Promise.all(items.map(readStored));
    return new Map(found.map((stored) => [stored.postmortem.id, stored]));
  };

const Source = z.object({ type: z.enum(documentTypes), text: z.string() });

export const dynamoSourceReader = (table: Table): SourceReader => ({
  async readSource(id, revision, hash) {
    const item = await table.read(sourceKey(id, revision, hash));
    // A type of a later release: the text is written out of what is stored instead.
    return item && Source.safeParse(await unpack(item.source)).data;
  },
});

/** The latest revisions of a postmortem, latest first. Consistent. */
export const dynamoRevisions =
  (table: Table) =>
  async (id: string, limit: number): Promise<ListedRevision[]> => {
    const { pk } = postmortemKey(id);
    const { items } = await table.query(pk, { beginsWith: 'REV#', descending: true, limit, consistent: true });
    return Promise.all(
      items.map(async (item) => {
        const { title, severity, status, restricted } = StoredDocument.parse(await unpack(item.document));
        const by = typeof item.by === 'string' ? { by: item.by } : {};
        const revision = Number(String(item.sk).split('#')[1]);
        return { revision, updatedAt: String(item.updatedAt), ...by, title, severity, status, restricted };
      }),
    );
  };

/**
 * What `compose` needs of the postmortems: lists by change, and the editions that carried each one.
 */
export const dynamoPostmortemIndex = (table: Table) => ({
  /**
   * Lists everything changed since an instant, including postmortems with tasks in the outbox.
   * Reads the index, which is eventually consistent. The outbox is read first: a postmortem whose
   * tasks finish in the meantime moves to its month and is found there.
   */
  async changedSince(since: Date, now: Date): Promise<ListedPostmortem[]> {
    const found = new Map<string, ListedPostmortem>();
    for (const partition of [openPartition('outbox'), ...monthsBetween(since, now).map(postmortemsPartition)]) {
      for await (const item of table.queryAll(partition, { index: true, from: since.toISOString() })) {
        const listed = readListed(item);
        if (listed) found.set(listed.id, listed);
      }
    }
    return [...found.values()];
  },
  /** Consistent. */
  read: dynamoPostmortemStore(table).readCurrent,
  async readRevision(id: string, revision: number, hash: string): Promise<Postmortem | undefined> {
    const item = await table.read(revisionKey(id, revision, hash));
    return item && StoredDocument.parse(await unpack(item.document));
  },
  /** Consistent. Postmortems that do not exist are left out. */
  async listedOf(ids: readonly PostmortemId[]): Promise<ReadonlyMap<PostmortemId, ListedPostmortem>> {
    const items = await table.readMany(ids.map(postmortemKey), ['listed']);
    return new Map(items.flatMap((item) => readListed(item) ?? []).map((listed) => [listed.id, listed]));
  },
  /** Consistent. Postmortems that do not exist or came as history are left out. */
  async editionsOf(ids: readonly string[]): Promise<ReadonlyMap<string, Pick<StoredPostmortem, 'editions' | 'namedIn' | 'material'>>> {
    const items = await table.readMany(ids.map(postmortemKey), ['editions', 'namedIn', 'material', 'publication']);
    const told = items.filter(({ publication }) => publication !== 'history');
    return new Map(told.map((item) => [String(item.pk).slice(postmortemKey('').pk.length), toldOf(item)]));
  },
  async recordEdition(id: string, edition: string, how: 'carried' | 'named' | 'awaited'): Promise<Standing | undefined> {
    const attribute = { carried: 'editions', named: 'namedIn', awaited: 'awaitedIn' }[how];
    const isMissed: Condition = { expression: 'attribute_exists(pk) AND NOT contains(namedIn, :edition)', values: { ':edition': edition } };
    const recorded = await table.update(
      postmortemKey(id),
      { add: { [attribute]: new Set([edition]) } },
      how === 'carried' ? isMissed : exists,
    );
    const outlived = outlivedReminders(edition, setOf(recorded?.namedIn));
    if (outlived.length > 0) await table.update(postmortemKey(id), { delete: { namedIn: new Set(outlived) } }, exists);
    return recorded && standingOf(recorded);
  },
});

const listedFields = { id: true, title: true, severity: true, status: true, restricted: true, publishedAt: true } as const;
const amount = z.int().nonnegative().optional().catch(undefined);
const Listed = StoredDocument.pick(listedFields).extend({
  minutesToMitigate: amount,
  minutesToDetect: amount,
  minutesOfHarm: amount,
  customersAffected: amount,
  isFelt: z.literal(false).optional().catch(undefined),
  materialAt: z.record(z.string(), Instant).optional(),
  whose: z
    .object({ by: z.string().optional(), team: z.string().optional(), authors: z.array(z.string()) })
    .optional()
    .catch(undefined),
});
function readListed(item: Item): ListedPostmortem | undefined {
  const { listed } = item;
  if (typeof listed !== 'object' || listed === null) return undefined;
  const { revision, updatedAt, ...rest } = { revision: 0, updatedAt: '', ...listed };
  const { publishedAt, minutesToMitigate, minutesToDetect, minutesOfHarm, customersAffected, isFelt, materialAt, whose, ...kept } =
    Listed.parse(rest);
  return {
    ...kept,
    revision: Number(revision),
    updatedAt: String(updatedAt),
    ...(publishedAt && { publishedAt }),
    ...(minutesToMitigate !== undefined && { minutesToMitigate }),
    ...(minutesToDetect !== undefined && { minutesToDetect }),
    ...(minutesOfHarm !== undefined && { minutesOfHarm }),
    ...(customersAffected !== undefined && { customersAffected }),
    ...(isFelt === false && { isFelt }),
    ...(materialAt && { materialAt }),
    ...(whose && { whose }),
  };
}

/**
 * Returns one page of `GET /postmortems?since=`, oldest change first. A postmortem that changes
 * during paging appears again at its new place; none is left out.
 */
export const dynamoPostmortemList =
  (table: Table) =>
  async (since: Date, now: Date, limit: number, cursor?: string): Promise<{ postmortems: ListedPostmortem[]; cursor?: string }> => {
    const goesOn = cursor !== undefined && cursor > since.toISOString();
    const begin = goesOn ? new Date(cursor.slice(0, cursor.indexOf('#'))) : since;
    const { items, ...next } = await mergedPage(table, {
      open: openPartition('outbox'),
      rest: monthsBetween(begin, now).map(postmortemsPartition),
      ...(goesOn ? { cursor } : { from: since.toISOString() }),
      limit,
    });
    return {
      postmortems: items
        .map(readListed)
        .filter((listed) => listed !== undefined)
        .map(asProducersSee),
      ...next,
    };
  };

/** Producers see no audiences, of no postmortem whose it is, and no figures but one. */
const asProducersSee = ({
  materialAt: _,
  whose: _w,
  minutesToDetect: _d,
  minutesOfHarm: _h,
  customersAffected: _c,
  ...listed
}: ListedPostmortem): ListedPostmortem => listed;
