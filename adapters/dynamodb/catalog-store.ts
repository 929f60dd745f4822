import * as z from 'zod';
import { type Catalog, CatalogTeam, Service } from '../../core/catalog/catalog.ts';
import type { CatalogStore } from '../../core/catalog/ports.ts';
import { dayMs } from '../../core/shared/duration.ts';
import { Instant, toInstant } from '../../core/shared/instant.ts';
import { pack, unpack } from './packed.ts';
import type { Condition, Table } from './table.ts';
import { catalogHeadKey, catalogPartition, catalogPartKey, catalogParts, catalogPartsOf, expiryAttribute } from './table-shape.ts';

const Head = z.object({
  /** Counts up with each import. Parts of a version that is not the head's are read by nobody. */
  version: z.int().positive(),
  hash: z.string(),
  parts: z.int().positive(),
  services: z.int(),
  teams: z.int(),
  at: Instant,
  /** What its audit line says. An import of an earlier release has none. */
  line: z
    .object({ who: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) })
    .optional()
    .catch(undefined),
});
type Head = z.infer<typeof Head>;

/** Rows that a later release wrote are left out one by one, not all of them together. */
const Stored = z.object({ services: z.array(z.unknown()), teams: z.array(z.unknown()) });
const knownIn = <T>(rows: readonly unknown[], schema: z.ZodType<T>): T[] => rows.flatMap((row) => schema.safeParse(row).data ?? []);

/** DynamoDB refuses items over 400 KB. Parts stay well below that. */
const partSize = 350 * 1000;
/** How long a replaced version stays for who is reading it, and for somebody who wants it back. */
const keptDays = 7;
/** How often a reader finds that the catalogue was replaced while it read. */
const attempts = 3;

export const dynamoCatalogStore = (table: Table, now: () => Date): CatalogStore => {
  const readHead = async (): Promise<Head | undefined> => {
    const item = await table.read(catalogHeadKey);
    return item && Head.parse(item);
  };
  return {
    async head() {
      const head = await readHead();
      return head && { hash: head.hash, services: head.services, teams: head.teams, at: head.at };
    },
    async read() {
      for (let attempt = 1; ; attempt += 1) {
        const head = await readHead();
        if (!head) return undefined;
        const found = await readParts(table, head);
        if (found) return found;
        if (attempt === attempts) throw new Error('parts of the service catalogue are missing: import it again');
      }
    },
    async put(catalog, { readHash, line }) {
      const before = await readHead();
      if (before?.hash !== readHash) return 'changed meanwhile';
      const version = (before?.version ?? 0) + 1;
      const parts = await putParts(table, catalog, version);
      const { hash, services, teams } = catalog;
      const counts = { parts, services: services.length, teams: teams.length };
      const head: Head = { version, hash, ...counts, at: toInstant(now()), ...(line && { line }) };
      if (!(await table.put({ ...catalogHeadKey, ...head }, asItWasRead(before)))) return 'changed meanwhile';
      await expireOthers(table, head, now());
      return 'put';
    },
    async line() {
      const head = await readHead();
      if (!head?.line) return undefined;
      return { line: { ...head.line, at: head.at, act: 'catalogue imported' }, id: `catalogue-${head.version}` };
    },
  };
};

const asItWasRead = (head: Head | undefined): Condition =>
  head
    ? { expression: '#version = :version', names: { '#version': 'version' }, values: { ':version': head.version } }
    : { expression: 'attribute_not_exists(pk)' };

async function putParts(table: Table, { hash, services, teams }: Catalog, version: number): Promise<number> {
  const bytes = await pack({ services, teams });
  const parts = Math.ceil(bytes.length / partSize);
  for (let n = 0; n < parts; n += 1)
    await table.put({ ...catalogPartKey(version, hash, n), bytes: bytes.subarray(n * partSize, (n + 1) * partSize) });
  return parts;
}

/** Undefined if a part is missing. */
async function readParts(table: Table, { version, hash, parts }: Head): Promise<Catalog | undefined> {
  const items = await Promise.all(Array.from({ length: parts }, (_, n) => table.read(catalogPartKey(version, hash, n))));
  const bytes = items.flatMap((item) => (item?.bytes instanceof Uint8Array ? [item.bytes] : []));
  if (bytes.length < parts) return undefined;
  const stored = Stored.parse(await unpack(Buffer.concat(bytes)));
  return { services: knownIn(stored.services, Service), teams: knownIn(stored.teams, CatalogTeam), hash };
}

/**
 * Has every part go that belongs to no head: those of the versions before, and those that an import
 * left which died or came too late. None of them can become current, because a head is only put one
 * version up. A later version is in the making, so its parts stay.
 */
async function expireOthers(table: Table, { version, hash }: Head, now: Date): Promise<void> {
  const expiresAt = Math.floor((now.getTime() + keptDays * dayMs) / 1000);
  const others = table.queryAll(catalogPartition, { from: catalogParts, to: catalogPartsOf(version + 1, ''), limit: 4 });
  for await (const { pk, sk, ...item } of others) {
    if (typeof sk !== 'string' || sk.startsWith(catalogPartsOf(version, hash)) || expiryAttribute in item) continue;
    await table.update({ pk: String(pk), sk }, { set: { [expiryAttribute]: expiresAt } }, { expression: 'attribute_exists(pk)' });
  }
}
