import type { RelevanceStore } from '../../core/relevance/ports.ts';
import { StoredRelevance } from '../../core/relevance/relevance.ts';
import { dayMs } from '../../core/shared/duration.ts';
import type { Table } from './table.ts';
import { expiryAttribute, relevanceKey } from './table-shape.ts';

const keptMs = 400 * dayMs;

/** One item for each postmortem. One that cannot be read counts as not there. */
export const dynamoRelevance = (table: Table): RelevanceStore => ({
  async read(postmortem) {
    return readable(await table.read(relevanceKey(postmortem)))[0];
  },
  async readMany(postmortems) {
    const items = await table.readMany(postmortems.map(relevanceKey));
    return new Map(items.flatMap(readable).map((one) => [one.postmortem, one]));
  },
  async put(relevance) {
    const expiry = { [expiryAttribute]: Math.ceil((Date.parse(relevance.at) + keptMs) / 1000) };
    const item = { ...relevance, ...relevanceKey(relevance.postmortem), ...expiry };
    if (await table.put(item, { expression: 'attribute_not_exists(pk)' })) return 'first';
    // Of two runs for one revision the one that began later has read the later catalogue.
    const isLatest = {
      expression: '#revision < :revision OR (#revision = :revision AND #at <= :at)',
      names: { '#revision': 'revision', '#at': 'at' },
      values: { ':revision': relevance.revision, ':at': relevance.at },
    };
    return (await table.put(item, isLatest)) ? 'again' : 'superseded';
  },
});

function readable(item: unknown) {
  const read = StoredRelevance.safeParse(item);
  return read.success ? [read.data] : [];
}
