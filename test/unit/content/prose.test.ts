import { expect, it } from 'vitest';
import { printed, shortened } from '../../../core/content/prose.ts';

it.each([
  ['a\r\nBcc: x@example.com', 'a Bcc: x@example.com'],
  ['\u0002read\u0003', 'read'],
  ['a\u202eb\u2066c\u2028d\0e', 'abc d e'],
  ['  two   blanks\t', 'two blanks'],
  ['half \ud800 a pair', 'half \ufffd a pair'],
  ['👩‍💻 שלום', '👩‍💻 שלום'],
])('prints %j as %j', (text, line) => {
  expect(printed(text)).toBe(line);
  expect(printed(line)).toBe(line);
});

it('shortens at a word', () => {
  expect(shortened('one two three four', 12)).toBe('one two…');
});

it('shortens what has no words, and never in the middle of a pair', () => {
  expect(shortened('x'.repeat(20), 10)).toBe(`${'x'.repeat(9)}…`);
  expect(shortened('🙂'.repeat(10), 10).isWellFormed()).toBe(true);
});

it('leaves alone what fits', () => {
  expect(shortened('as it is.', 9)).toBe('as it is.');
});
