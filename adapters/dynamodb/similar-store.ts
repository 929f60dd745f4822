import type { SimilarStore } from '../../core/relevance/ports.ts';
import { Similar } from '../../core/relevance/similar.ts';
import type { Condition, Item, QueryOptions, Table } from './table.ts';
import { inLater, laterPartition, similarKey, similarPartition } from './table-shape.ts';

/**
 * One item for each pair, listed by the earlier one. One that cannot be read counts as not there.
 */
export const dynamoSimilar = (table: Table): SimilarStore => ({
  of: async (postmortem) => (await all(table, similarPartition(postmortem), { consistent: true })).flatMap(readable),
  later: async (earlier) => (await all(table, laterPartition(earlier), { index: true })).flatMap(({ listed }) => readable(listed)),
  async find(found) {
    await table.put(itemOf({ ...found, state: 'found', version: 1 }), { expression: 'attribute_not_exists(pk)' });
  },
  async forget({ postmortem, earlier, version }) {
    await table.remove(similarKey(postmortem, earlier), isOfVersion(version));
  },
  put: (similar) => table.put(itemOf({ ...similar, version: similar.version + 1 }), isOfVersion(similar.version)),
});

const isOfVersion = (version: number): Condition => ({
  expression: '#version = :version',
  names: { '#version': 'version' },
  values: { ':version': version },
});

const itemOf = (similar: Similar) => {
  const { postmortem, earlier, foundAt } = similar;
  return { ...similar, ...similarKey(postmortem, earlier), ...inLater(earlier, foundAt, postmortem), listed: similar };
};

async function all(table: Table, partition: string, options: QueryOptions): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of table.queryAll(partition, options)) items.push(item);
  return items;
}

function readable(item: unknown): Similar[] {
  const read = Similar.safeParse(item);
  return read.success ? [read.data] : [];
}
