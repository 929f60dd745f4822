import { expect, it } from 'vitest';
import { wrapText } from '../../../core/mail/wrap-text.ts';

it('breaks between words at 76 columns', () => {
  const lines = wrapText('word '.repeat(40).trim()).split('\n');
  expect(lines.map(({ length }) => length)).toEqual([74, 74, 49]);
});

it('keeps an address whole, however long', () => {
  const url = `https://x.example/${'t'.repeat(100)}`;
  expect(wrapText(`Read ${url} now`)).toBe(`Read\n${url}\nnow`);
});

it('begins every line with the indent', () => {
  const lines = wrapText('word '.repeat(40).trim(), { first: '* ', indent: '  ' }).split('\n');
  expect(lines.map((line) => line.slice(0, 3))).toEqual(['* w', '  w', '  w']);
});
