/**
 * How well postmortems are read, measured on labelled documents. npm run eval:reading --
 * [--verbose] [--against <commit>] [--form <folder>] [--data <folder of unlabelled Markdown files>]
 * [--keep] `--verbose`: each miss. `--against`: the reader of another commit beside ours. `--data`:
 * real files without labels, field by field against the other commit. `--keep`: writes what is
 * missed now into known-misses.json, which the tests hold.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareFolder } from './compare-folder.ts';
import { type LabelledDocument, readCorpus } from './corpus.ts';
import { missesOf } from './known-misses.ts';
import { type Reader, readerOf, withReaderOf } from './readers.ts';
import { type Score, scoredFields, scoreOf } from './score.ts';

const { values: options } = parseArgs({
  options: {
    verbose: { type: 'boolean', default: false },
    against: { type: 'string' },
    form: { type: 'string' },
    data: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});

const corpus = readCorpus().filter(({ form }) => options.form === undefined || form.includes(options.form));
const ours = await readerOf();
const scoreWith = (reader: Reader): Score[] => corpus.map((document) => scoreOf(document, read(reader, document)));
const read = (reader: Reader, { name, text, label }: LabelledDocument) => reader(name, text, label.zone);

if (options.data !== undefined) {
  const folder = options.data;
  await withReaderOf(options.against ?? 'HEAD', async (before) => compareFolder(folder, before, ours));
} else {
  const now = scoreWith(ours);
  const before = options.against === undefined ? undefined : await withReaderOf(options.against, async (reader) => scoreWith(reader));
  console.log(`${corpus.length} documents, ${new Set(corpus.map(({ form }) => form)).size} folders\n`);
  printByField(now, before);
  printByForm(now, before);
  if (options.verbose) now.forEach(printMisses);
  if (options.keep) writeFileSync(new URL('known-misses.json', import.meta.url), `${JSON.stringify(missesOf(now), undefined, 1)}\n`);
}

function printByField(now: readonly Score[], before: readonly Score[] | undefined): void {
  const line = (name: string, one: string, other: string | undefined) =>
    console.log(name.padEnd(30), (other ?? '').padStart(20), one.padStart(20));
  line('field', 'now', before && 'before');
  for (const field of scoredFields) {
    const share = (scores: readonly Score[]) => rate(scores.flatMap(({ checks }) => checks.filter((check) => check.field === field)));
    line(field, share(now), before && share(before));
  }
  const all = (scores: readonly Score[]) => rate(scores.flatMap(({ checks }) => checks));
  const perfect = (scores: readonly Score[]) => rate(scores.map(({ checks }) => ({ right: checks.every(({ right }) => right) })));
  const lost = (scores: readonly Score[]) =>
    `${scores.reduce((sum, score) => sum + score.lost.length, 0)} in ${scores.filter((score) => score.lost.length > 0).length}`;
  const silent = (scores: readonly Score[]) => `${scores.reduce((sum, score) => sum + score.silent.length, 0)}`;
  line('all fields', all(now), before && all(before));
  line('documents without a miss', perfect(now), before && perfect(before));
  line('words lost, in documents', lost(now), before && lost(before));
  line('dates, severities missed silently', silent(now), before && silent(before));
}

function rate(checks: readonly { readonly right: boolean }[]): string {
  const right = checks.filter((check) => check.right).length;
  return checks.length === 0 ? '-' : `${((100 * right) / checks.length).toFixed(1)} % ${`(${right}/${checks.length})`.padStart(11)}`;
}

function printByForm(now: readonly Score[], before: readonly Score[] | undefined): void {
  console.log('');
  for (const form of new Set(corpus.map((document) => document.form))) {
    const of = (scores: readonly Score[]) => rate(scores.filter(({ document }) => document.form === form).flatMap(({ checks }) => checks));
    console.log(form.padEnd(30), (before === undefined ? '' : of(before)).padStart(20), of(now).padStart(20));
  }
}

function printMisses({ document, checks, lost, silent, warnings }: Score): void {
  const wrong = checks.filter(({ right }) => !right);
  if (wrong.length === 0 && lost.length === 0 && silent.length === 0) return;
  console.log(`\n${document.name}`);
  for (const { field, expected, got } of wrong) console.log(`  ${field}: expected ${expected}, got ${got}`);
  if (lost.length > 0) console.log(`  lost: ${lost.join(' ')}`);
  if (silent.length > 0) console.log(`  silent: ${silent.join(', ')}`);
  if (wrong.length > 0) for (const warning of warnings) console.log(`  warning: ${warning}`);
}
