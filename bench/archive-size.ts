/**
 * How large an archive's items are, with terms and causes, and what reading all of it costs, as
 * `relevance` and `web` do when it changed. npm run bench:archive -- [postmortems=5000]
 */
import { gzipSync } from 'node:zlib';
import { searchKey } from '../adapters/dynamodb/table-shape.ts';
import { engineeringEntry, engineeringRendition } from '../core/rendition/engineering-rendition.ts';
import { taxonomyOf } from '../core/taxonomy/taxonomy-of.ts';
import { termsOf } from '../core/taxonomy/terms-of.ts';
import { anIncident } from './compose/incidents.ts';
import { prices } from './prices.ts';

const [postmortems = 5000] = process.argv.slice(2).map(Number);
const twoYearsMs = 2 * 365 * 24 * 3600 * 1000;
const until = Date.parse('2026-11-23T08:00:00Z');

const entries = Array.from({ length: postmortems }, (_, n) => {
  const rendition = engineeringRendition(anIncident(n, new Date(until - twoYearsMs * (n / postmortems))));
  const terms = termsOf(rendition, taxonomyOf({})).map(({ id }) => id);
  return { ...engineeringEntry(rendition, 1, rendition.publishedAt ?? ''), terms };
});

/** `dayOf`: the day of an entry's publication. */
function row(dayOf: (publishedAt: string) => string, leave: readonly ('terms' | 'why')[] = []) {
  const items = Map.groupBy(entries, ({ id, publishedAt }) => searchKey('engineering', dayOf(publishedAt), id).sk);
  const without = (key: string, value: unknown) => (leave.some((one) => one === key) ? undefined : value);
  const bytes = [...items.values()].map((some) => gzipSync(JSON.stringify(some, without)).length);
  const all = bytes.reduce((sum, one) => sum + one, 0);
  const readUnits = Math.ceil(all / 4096);
  return {
    items: bytes.length,
    'KB in all': Math.round(all / 1024),
    'bytes each': Math.round(all / postmortems),
    'largest, KB of 400': Math.round(Math.max(...bytes) / 1024),
    'read units': readUnits,
    'USD, read 100 times': (100 * readUnits * prices['DynamoDB read unit'].usd).toFixed(4),
  };
}
console.table({
  'over two years, before terms and causes': row((at) => at, ['terms', 'why']),
  'over two years': row((at) => at),
  'all published in one month': row(() => '2026-11-01T00:00:00Z'),
});
