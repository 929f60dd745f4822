import { describe, expect, it } from 'vitest';
import { canonicalHash } from '../../../core/shared/canonical-hash.ts';

describe('canonicalHash', () => {
  it('does not depend on the order of keys, at any depth', () => {
    expect(canonicalHash({ a: [{ x: 1, y: 2 }], b: 'two' })).toBe(canonicalHash({ b: 'two', a: [{ y: 2, x: 1 }] }));
  });

  it('takes an undefined member as absent, and null as a value', () => {
    expect(canonicalHash({ a: undefined, b: 1 })).toBe(canonicalHash({ b: 1 }));
    expect(canonicalHash({ a: null, b: 1 })).not.toBe(canonicalHash({ b: 1 }));
  });

  it('keeps the order of a list', () => {
    expect(canonicalHash([1, 2])).not.toBe(canonicalHash([2, 1]));
  });

  it('answers what is stored already: of a postmortem and of a distribution file', () => {
    const stored = { b: { label: 'P0', aliases: ['p0', 'Größe'] }, a: [true, null, 1.5], z: '“quoted”\n' };

    expect(canonicalHash(stored)).toBe('5445e920da54e8c223a5e9e3d4a30912489b38c2217b379f26ffb7f2226220fb');
  });
});
