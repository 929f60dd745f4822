/**
 * How long a postmortem takes to read: honest ones of 250 KB, the heaviest that are not refused,
 * and labelled documents that were cut, joined and shuffled. In time of the processor, so that a
 * busy machine changes little. npm run bench:reading -- [mutations=10000]
 */
import fc from 'fast-check';
import { severityAliases } from '../core/postmortem/reading/classification-words.ts';
import { readJson } from '../core/postmortem/reading/read-json.ts';
import { readMarkdown } from '../core/postmortem/reading/read-markdown.ts';
import { Refused } from '../core/shared/errors.ts';
import { heavyAttacks } from '../test/support/hostile/attacks.ts';
import { mutatedDocument } from '../test/support/hostile/mutations.ts';
import { dearDocuments, longDocuments } from './reading/long-documents.ts';

const [mutations = 10_000] = process.argv.slice(2).map(Number);
const given = { aliases: severityAliases({}), now: new Date('2026-11-30T12:00:00Z'), zone: 'Europe/Berlin' };

interface Timed {
  readonly became: string;
  readonly ms: number;
}

function timed(text: string, read: typeof readMarkdown | typeof readJson = readMarkdown): Timed {
  const begun = process.cpuUsage();
  let became = 'read';
  try {
    read(text, given);
  } catch (error) {
    became = error instanceof Refused ? `refused: ${error.flaws[0]?.field} ${error.flaws[0]?.problem}` : `FAILED: ${error}`;
  }
  const { user, system } = process.cpuUsage(begun);
  return { became, ms: (user + system) / 1000 };
}

const tell = (name: string, { became, ms }: Timed) => console.log(`${ms.toFixed(0).padStart(6)} ms  ${name}: ${became.slice(0, 90)}`);
const best = (runs: readonly Timed[]): Timed => runs.toSorted((a, b) => a.ms - b.ms)[Math.floor(runs.length / 2)] as Timed;

console.log('honest, median of nine');
for (const { name, text } of longDocuments)
  tell(`${name}, ${Math.round(Buffer.byteLength(text) / 1000)} KB`, best(Array.from({ length: 9 }, () => timed(text))));

console.log('\nat the limits, once');
for (const { name, text } of dearDocuments) tell(name, timed(text));
const attacks = heavyAttacks.map(({ name, type, body }) => ({
  name,
  ...timed(body, type === 'application/json' ? readJson : readMarkdown),
}));
for (const attack of attacks.toSorted((a, b) => b.ms - a.ms).slice(0, 5)) tell(`attack: ${attack.name}`, attack);

console.log(`\n${mutations} documents that were cut, joined, shuffled`);
const runs = fc.sample(mutatedDocument, { numRuns: mutations, seed: 1 }).map((text) => ({ text, ...timed(text) }));
const slowest = runs.toSorted((a, b) => b.ms - a.ms);
const count = (kind: string) => runs.filter(({ became }) => became.startsWith(kind)).length;
console.log(`read ${count('read')}, refused ${count('refused')}, failed ${count('FAILED')}`);
console.log(
  `median ${slowest[Math.floor(slowest.length / 2)]?.ms.toFixed(1)} ms, slowest ${slowest[0]?.ms.toFixed(0)} ms (${slowest[0]?.text.length} characters)`,
);
const reasons = Map.groupBy(
  runs.filter(({ became }) => became !== 'read'),
  ({ became }) => became.replace(/"[^"]*"/g, '…').slice(0, 80),
);
for (const [reason, those] of [...reasons].toSorted((a, b) => b[1].length - a[1].length).slice(0, 12))
  console.log(`${String(those.length).padStart(6)}  ${reason}`);
