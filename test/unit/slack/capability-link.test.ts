import { expect, it } from 'vitest';
import { isCapabilityLink, linkAddress, linkHash, newCapabilityLink } from '../../../core/slack/capability-link.ts';

it('a capability link has 160 bits, stands in an address as it is, and is stored by its hash alone', () => {
  const link = newCapabilityLink(new Uint8Array(20).fill(255));
  expect(link).toBe('__________________________8');
  expect(isCapabilityLink(link)).toBe(true);
  expect(linkAddress('https://news.example.com', link)).toBe(`https://news.example.com/s/${link}`);
  expect(linkHash(link)).toMatch(/^[0-9a-f]{64}$/);
  expect(linkHash(link)).not.toBe(linkHash(`${link.slice(0, -1)}9`));
  expect(() => newCapabilityLink(new Uint8Array(16))).toThrow('20 random bytes');
});

it.each(['', 'x', 'a'.repeat(26), 'a'.repeat(28), `${'a'.repeat(26)}.`, `${'a'.repeat(26)}\n`, `${'a'.repeat(27)}\n`])(
  '%j is none',
  (text) => {
    expect(isCapabilityLink(text)).toBe(false);
  },
);
