import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadPostmortem } from '../../core/postmortem/reading/reading.ts';
import { lostWords } from './lost-words.ts';
import type { Outcome, Reader } from './readers.ts';

type Values = Readonly<Record<string, string>>;

/**
 * Reads every Markdown file of a folder with both readers and prints where a value is gone or
 * another now, and where one is new.
 */
export function compareFolder(folder: string, before: Reader, now: Reader): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(md|markdown|json)$/.test(file));
  const counts = { gone: 0, other: 0, new: 0, moved: 0 };
  const words = { before: 0, now: 0 };
  for (const file of files.toSorted()) {
    const text = readFileSync(join(folder, file), 'utf8');
    const [old, ours] = [before(file, text, 'UTC'), now(file, text, 'UTC')];
    words.before += lostIn(file, text, old);
    words.now += lostIn(file, text, ours);
    const [was, is] = [valuesOf(old), valuesOf(ours)];
    for (const field of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const [a, b] = [was[field], is[field]];
      if (a === b) continue;
      const kind = kindOf(a, b, Object.values(is).join('\n'));
      counts[kind] += 1;
      if (kind === 'moved') continue;
      console.log(`${file} ${field} ${kind}\n  before: ${a?.slice(0, 300) ?? ''}\n  now:    ${b?.slice(0, 300) ?? ''}`);
    }
  }
  console.log(
    `\n${files.length} files: ${counts.gone} values gone, ${counts.other} others, ${counts.new} new, ${counts.moved} arranged otherwise`,
  );
  console.log(`words lost: ${words.before} before, ${words.now} now`);
}

type Kind = 'gone' | 'other' | 'new' | 'moved';

/**
 * `moved`: a longer text or list that differs, but has all its words still, here or in another
 * field.
 */
function kindOf(before: string | undefined, now: string | undefined, stored: string): Kind {
  if (before === undefined) return 'new';
  const words = new Set(wordsIn(stored));
  if (/^[[{]|.{200}/s.test(before) && wordsIn(before).every((word) => words.has(word))) return 'moved';
  return now === undefined ? 'gone' : 'other';
}
const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const lostIn = (name: string, text: string, outcome: Outcome): number =>
  outcome.kind === 'read' ? lostWords({ name, text }, outcome.read.postmortem).length : 0;

function valuesOf(outcome: Outcome): Values {
  if (outcome.kind !== 'read')
    return { outcome: outcome.kind === 'refused' ? `refused ${JSON.stringify(outcome.flaws)}` : `failed ${outcome.error}` };
  const { postmortem }: ReadPostmortem = outcome.read;
  const empty = new Set(['', '[]', 'undefined', '"unclassified"']);
  const shown = Object.entries({ outcome: 'read', ...postmortem }).map(
    ([field, value]) => [field, withDays(field, JSON.stringify(value) ?? '')] as const,
  );
  return Object.fromEntries(shown.filter(([, value]) => !empty.has(value)));
}

/** A day and its invented midnight count as the same. */
const withDays = (field: string, value: string): string => (/At$/.test(field) ? value.replace('T00:00:00Z', '') : value);
