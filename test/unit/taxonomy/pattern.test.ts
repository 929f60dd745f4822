import { describe, expect, it } from 'vitest';
import { compile } from '../../../core/taxonomy/compile.ts';
import { findTerms } from '../../../core/taxonomy/find-terms.ts';
import { readPattern } from '../../../core/taxonomy/pattern.ts';
import { wordsOf } from '../../../core/taxonomy/words-of.ts';

const finds = (pattern: string, text: string, instead: string[] = []): string[] => {
  const words = wordsOf(text);
  const taxonomy = compile([], { technologies: [{ id: 'it', says: [pattern], instead }] });
  return findTerms(words, taxonomy.sequences()).map(({ from, to }) => words.text.slice(words.from[from], words.to[to]));
};

describe('a pattern', () => {
  it.each([
    ['redis', 'Redis was slow', ['Redis']],
    ['redis', 'predis and redisson', []],
    ['disk full', 'The disk is full', []],
    ['disk …1 full', 'The disk is full', ['disk is full']],
    ['disk ...1 full', 'Two disks were full.', ['disks were full']],
    ['disk …1 full', 'The disk is not yet full', []],
    ['disk …1 full', 'The disk. Full stop', []],
    ['disk …1 full', '- the disk\n- full power', []],
    ['expir* cert|certificate', 'expiring certs, expired certificates', ['expiring certs', 'expired certificates']],
    ['split-brain', 'a split brain, a split-brain', ['split brain', 'split-brain']],
    ['=Go', 'Go, go, GO', ['Go']],
    ['node.js', 'Node.js 24', ['Node.js']],
    ['didnt start', "It didn't start, and it didn’t start", ["didn't start", 'didn’t start']],
    ['déjà', 'Deja vu', ['Deja']],
    ['a …2 b c', 'a b x b c', ['a b x b c']],
  ])('%s in “%s”', (pattern, text, found) => {
    expect(finds(pattern, text)).toEqual(found);
  });

  it('does not count inside words that mean something else', () => {
    expect(finds('cascad*', 'a cascading style sheet', ['cascading style'])).toEqual([]);
    expect(finds('cascad*', 'a cascading failure', ['cascading style'])).toEqual(['cascading']);
  });

  it.each([
    ['', 'has no word'],
    ['a …', 'has "…", which is no word'],
    ['…3 a', 'has a gap that does not stand between two words'],
    ['a …3', 'ends with a gap'],
    ['a …9 b', 'has a gap that is not 1 to 8 words'],
    ['ab*', 'has "ab*": a beginning has at least three letters'],
    ['(a+)+$', 'has "(a+)+$", which is no word'],
    ['a b c d e f g h i', 'has more than 8 words'],
    ['a …8 b …8 c …1 d', 'has gaps of more than 16 words together'],
    ['=Abc*', 'has "=Abc*": either = or *'],
    ['x'.repeat(301), 'is longer than 300 characters'],
  ])('“%s” is none', (pattern, problem) => {
    expect(readPattern(pattern)).toEqual({ problem });
  });
});
