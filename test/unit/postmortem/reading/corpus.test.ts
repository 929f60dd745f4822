import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCorpus } from '../../../eval/corpus.ts';
import { type Misses, missesOf } from '../../../eval/known-misses.ts';
import { readerOf } from '../../../eval/readers.ts';
import { scoreOf } from '../../../eval/score.ts';

const known: Misses = JSON.parse(readFileSync(new URL('../../../eval/known-misses.json', import.meta.url), 'utf8'));
const reader = await readerOf();
const scores = readCorpus().map((document) => scoreOf(document, reader(document.name, document.text, document.label.zone)));

/**
 * What is missed today stands in known-misses.json, which `npm run eval:reading -- --keep` writes
 * again. It may only become shorter.
 */
describe('the labelled documents', () => {
  it('are read as well as before, and lose no word that they did not lose before', () => {
    const more = Object.entries(missesOf(scores)).flatMap(([name, misses]) =>
      misses.filter((miss) => !known[name]?.includes(miss)).map((miss) => `${name} ${miss}`),
    );

    expect(more).toEqual([]);
  });

  it('are refused with a reason or read, and nothing else', () => {
    const broken = scores.flatMap(({ document, checks }) =>
      checks.filter(({ got }) => got.startsWith('failed')).map(({ got }) => `${document.name} ${got}`),
    );

    expect(broken).toEqual([]);
  });
});
