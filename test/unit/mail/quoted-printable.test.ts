import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { quotedPrintable } from '../../../core/mail/quoted-printable.ts';

const decoded = async (body: string) => {
  const head = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';
  return (await simpleParser(Buffer.from(head + body, 'latin1'), { keepDeliveryStatus: true })).text;
};
const texts = {
  'words with umlauts and emoji': 'Ünïcode — 🙂',
  'a long line': 'word '.repeat(100).trim(),
  'a word that never ends': 'x'.repeat(500),
  'only characters that have to be encoded': '🙂é='.repeat(60),
  'lines of many lengths': Array.from({ length: 90 }, (_, n) => 'a'.repeat(n)).join('\n'),
  'blanks at the ends of lines': 'a \nb\t\nc  \nd',
  'equals signs and escapes': 'a=b =41 =\n=3D',
  'a control character': 'a\rb\u0007c',
};

it.each(Object.entries(texts))('is read back as it was: %s', async (_, text) => {
  expect(await decoded(quotedPrintable(text))).toBe(text);
});

it.each(Object.entries(texts))('is ASCII in lines of at most 76 columns, each ended by CRLF: %s', (_, text) => {
  const lines = quotedPrintable(text).split('\r\n');
  expect(lines.pop()).toBe('');
  for (const line of lines) {
    expect(line).toMatch(/^[\t\x20-\x7e]{0,76}$/);
    expect(line).not.toMatch(/[ \t]$/);
  }
});

/** Parts of seven characters or fewer, cut at every seventh place from `first` on. */
const partsOf = (text: string, first: number): string[] => {
  const cuts = Array.from({ length: Math.ceil(text.length / 7) + 1 }, (_, n) => first + 7 * n).filter((at) =>
    text.slice(0, at).isWellFormed(),
  );
  return [0, ...cuts].map((at, n) => text.slice(at, cuts[n] ?? text.length));
};

it.each(Object.entries(texts))('may be joined anywhere: %s', async (_, text) => {
  for (const first of [0, 1, 2, 3, 4, 5, 6]) {
    const parts = partsOf(text, first);
    expect(parts.join('')).toBe(text);
    expect(await decoded(parts.map(quotedPrintable).join(''))).toBe(text);
  }
});

describe('no line', () => {
  const lines = (text: string) => quotedPrintable(text).split('\r\n');

  it('ends the mail, however it is cut', () => {
    for (let n = 70; n < 80; n += 1) for (const line of lines(`.\n${'a'.repeat(n)}.${'b'.repeat(75)}.`)) expect(line).not.toMatch(/^\./);
  });

  it('is taken for a boundary', () => {
    for (let n = 70; n < 80; n += 1) for (const line of lines(`--b\n${'a'.repeat(n)}--b--`)) expect(line).not.toMatch(/^-/);
  });

  it('begins a mail in a mailbox file', () => {
    for (const line of lines('From here\nFrom there')) expect(line).not.toMatch(/^From /);
  });
});

it('ends every line of the text with CRLF, whatever it ended with before', () => {
  expect(quotedPrintable('a\nb\r\nc\n')).toBe('a\r\nb\r\nc\r\n');
});

it('says nothing about nothing', () => {
  expect(quotedPrintable('')).toBe('');
});
