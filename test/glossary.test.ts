import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const glossary = readFileSync(`${root}/docs/glossary.md`, 'utf8');
const [words = '', replaced = ''] = glossary.split('## Words that were replaced');

/** `| old | now |`, without the table's head. */
const pairs = [...replaced.matchAll(/^\| (\w+) \| (\w+) \|$/gm)]
  .map(([, old = '', now = '']) => ({ old, now }))
  .filter(({ old }) => old !== 'old');

const sources = globSync('{bin,lib,lambdas,adapters,emails,core,local}/**/*.{ts,tsx}', { cwd: root });
const typesIn = (code: string) =>
  [...code.matchAll(/^export (?:abstract )?(?:interface|type|class|enum) (\w+)/gm)].map(([, name = '']) => name);
const exported = new Map(sources.flatMap((file) => typesIn(readFileSync(`${root}/${file}`, 'utf8')).map((name) => [name, file])));

describe('the glossary', () => {
  it('lists words once each, with a sentence', () => {
    const rows = [...words.matchAll(/^\| (\*\*.+?) \| (.+) \|$/gm)];
    const named = rows.flatMap(([, cell = '']) => [...cell.matchAll(/\*\*(.+?)\*\*/g)].map(([, word]) => word));

    expect(named.length).toBeGreaterThan(40);
    expect(new Set(named).size).toBe(named.length);
    expect(rows.filter(([, , meaning = '']) => !/^[A-Z`].*\.$/.test(meaning)).map(([row]) => row)).toEqual([]);
  });

  it('lists no replaced word that an exported type still has', () => {
    expect(pairs.length).toBeGreaterThan(15);
    expect(pairs.filter(({ old }) => exported.has(old)).map(({ old }) => `${old} in ${exported.get(old)}`)).toEqual([]);
  });

  it('lists what replaced a word as it stands in the code', () => {
    expect(pairs.filter(({ now }) => !exported.has(now))).toEqual([]);
  });
});
