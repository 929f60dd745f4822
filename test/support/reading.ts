import { readdirSync, readFileSync } from 'node:fs';
import { severityAliases } from '../../core/postmortem/reading/classification-words.ts';
import { readJson } from '../../core/postmortem/reading/read-json.ts';
import { readMarkdown } from '../../core/postmortem/reading/read-markdown.ts';
import { type Flaw, Refused } from '../../core/shared/errors.ts';

export const given = { aliases: severityAliases({}), now: new Date('2026-10-06T12:00:00Z') };

const folder = new URL('./fixtures/postmortems/', import.meta.url);
/** Filled-in documents of templates and tools, each with the expected result beside it. */
export const dialects: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));

export const fixture = (name: string): string => readFileSync(new URL(`${name}.md`, folder), 'utf8');
export const golden = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
export const fromMarkdown = (text: string, more: { id?: string; zone?: string; now?: Date } = {}) =>
  readMarkdown(text, { ...given, ...more });
export const fromJson = (value: unknown, more: { id?: string; zone?: string; now?: Date } = {}) =>
  readJson(typeof value === 'string' ? value : JSON.stringify(value), { ...given, ...more });

/** The kind of the refusal and the fields it names. Fails if nothing is refused. */
export function refusal(read: () => unknown): { kind: string; fields: string[]; flaws: readonly Flaw[] } {
  try {
    read();
  } catch (error) {
    if (error instanceof Refused) return { kind: error.kind, fields: error.flaws.map(({ field }) => field), flaws: error.flaws };
    throw error;
  }
  throw new Error('nothing was refused');
}
