/**
 * A search of an archive's text: loading the words of all postmortems in a new container, what they
 * take of memory, one search, and the first search after one more postmortem was published. The
 * table is an embedded DynamoDB. npm run bench:search -- [postmortems=5000] [KB of text of each=6]
 */

import { readFile } from 'node:fs/promises';
import { dynamoManyRenditions } from '../adapters/dynamodb/rendition-store.ts';
import { dynamoSearchIndex } from '../adapters/dynamodb/search-index.ts';
import { searchPartition } from '../adapters/dynamodb/table-shape.ts';
import { parseDistribution } from '../core/distribution/parse-distribution.ts';
import type { Postmortem } from '../core/postmortem/postmortem.ts';
import { keptArchives } from '../lambdas/shared/kept-archives.ts';
import { keptTexts } from '../lambdas/web/searched-texts.ts';
import { takeAll } from './compose/archive.ts';
import { anIncident } from './compose/incidents.ts';
import { aStage } from './one-function.ts';

const [postmortems = 5000, textKb = 6] = process.argv.slice(2).map(Number);
const hourMs = 3600 * 1000;
const now = new Date('2026-11-30T12:00:00Z');
const stage = await aStage('web');
const parsed = parseDistribution(await readFile('samples/distribution.yaml', 'utf8'));
if ('flaws' in parsed) throw new Error('the sample distribution file is wrong');
const { distribution } = parsed;

const letters = 'bcdfghklmnprstvw';
/** Words of a made-up language, so that each document has words of its own, as real ones have. */
const word = (n: number): string => [...String(n * 7919)].map((digit, i) => `${letters[Number(digit)]}${'aeiou'[(n + i) % 5]}`).join('');
const withText = (n: number): Postmortem => {
  const incident = anIncident(n, new Date(now.getTime() - n * hourMs));
  const words = Array.from({ length: (textKb * 1024) / 9 }, (_, i) => word((n * 31 + i * i) % 40_000));
  return { ...incident, sections: [{ heading: 'Details', body: `${words.join(' ')} needle${n}` }] };
};
const filling = performance.now();
const publishedAt = ({ publishedAt: at = '' }: Postmortem) => new Date(at);
const index = dynamoSearchIndex(stage.table);
await takeAll(
  stage.table,
  Array.from({ length: postmortems }, (_, n) => withText(n)),
  distribution,
  publishedAt,
  index,
);

console.log(`table filled in ${((performance.now() - filling) / 1000).toFixed(0)} s`);

const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};
const timed = async <T>(work: () => Promise<T> | T): Promise<{ value: T; ms: number; cpuMs: number }> => {
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { value, ms: Math.round(performance.now() - from), cpuMs: Math.round((user + system) / 1000) };
};

const archives = keptArchives(index, () => now);
const texts = keptTexts(archives, dynamoManyRenditions(stage.table));
const empty = heap();
const list = await timed(() => archives.of('engineering'));
const withList = heap();
const load = await timed(() => texts.of('engineering'));
const withTexts = heap();
const items = await Array.fromAsync(stage.table.queryAll(searchPartition('engineering'), { consistent: true }));
const sizes = items.map(({ entries }) => (entries instanceof Uint8Array ? entries.length : 0));
const searches = ['needle4321', 'needle', 'replication lag', word(77).slice(0, 3), '"nowhere at all"'];
const rows: Record<string, Record<string, number | string>> = {
  'the list, cold': { ms: list.ms, 'of the processor, ms': list.cpuMs, 'MB of memory': Math.round(withList - empty) },
  'the texts, cold': { ms: load.ms, 'of the processor, ms': load.cpuMs, 'MB of memory': Math.round(withTexts - withList) },
};
for (const words of searches) {
  const all = await texts.of('engineering');
  const found = await timed(() => list.value.find({ words }, all));
  rows[`"${words}"`] = { ms: found.ms, 'of the processor, ms': found.cpuMs, found: found.value.length };
}
await takeAll(stage.table, [withText(postmortems)], distribution, publishedAt, index);
const again = await timed(() => texts.of('engineering'));
rows['the texts, after one publication'] = { ms: again.ms, 'of the processor, ms': again.cpuMs, found: again.value.size };
const characters = [...load.value.values()].reduce((sum, { parts }) => sum + parts.reduce((all, { text }) => all + text.length, 0), 0);
console.table(rows);
// A query reads half a unit for 4 KB, and twice that where it is consistent.
const archiveKb = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1024;
console.log(
  `${sizes.length} items of ${archiveKb.toFixed(0)} KB in all, the largest ${(Math.max(...sizes) / 1024).toFixed(1)} KB of 400; ` +
    `${Math.ceil(archiveKb / 4)} read units; ${((archiveKb * 1024) / postmortems).toFixed(0)} bytes each`,
);
console.log(`${load.value.size} postmortems, ${(characters / 1e6).toFixed(1)} million characters`);
await stage.stop();
process.exit(0);
