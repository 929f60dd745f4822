import { describe, expect, it } from 'vitest';
import { nameOf } from '../../../core/taxonomy/compile.ts';
import { ourTerms } from '../../../core/taxonomy/our-terms.ts';
import { readPattern } from '../../../core/taxonomy/pattern.ts';

const technologies = new Set(ourTerms.flatMap(({ id, kind }) => (kind === 'technology' ? [id] : [])));

describe('our terms', () => {
  it('have patterns that can be read', () => {
    const broken = ourTerms.flatMap(({ id, says, instead = [] }) =>
      [...says, ...instead].flatMap((pattern) => {
        const read = readPattern(pattern);
        return 'problem' in read ? [`${id}: ${pattern} ${read.problem}`] : [];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('have one id each, which can stand in a topic', () => {
    const ids = ourTerms.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it('have names of tags that mean one of them alone', () => {
    const names = ourTerms.flatMap(({ id, label, tags = [] }) => [...new Set([id, label, ...tags].map(nameOf))]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('belong with technologies that are there', () => {
    expect(ourTerms.flatMap(({ with: belongs = [] }) => belongs).filter((id) => !technologies.has(id))).toEqual([]);
  });

  it('are as many as the documents say', () => {
    expect(technologies.size).toBeGreaterThan(200);
    expect(ourTerms.length - technologies.size).toBeGreaterThan(60);
  });
});
