import { describe, expect, it } from 'vitest';
import { excerpt, plainText } from '../../../core/postmortem/plain-text.ts';

describe('plainText', () => {
  it('keeps the text of links and code, and raw HTML as it was written', () => {
    expect(plainText('A [link](https://example.com) and `code` and <b>bold</b> *now*.')).toBe('A link and code and <b>bold</b> now.');
  });

  it('keeps blocks and list items apart', () => {
    expect(plainText('One\n\n- a\n- b\n\n```\nc\n```')).toBe('One\n\n- a\n- b\n\nc');
  });

  it('lets no control character through, however it is written', () => {
    expect(plainText('a\u0002b\u0003c &#2;read&#x3; \u202ed &#x202e;e')).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
    );
  });
});

describe('excerpt', () => {
  it('gives a short text whole, on one line', () => {
    expect(excerpt('One.\n\nTwo.', 100)).toBe('One. Two.');
  });

  it('ends with a sentence where one fits', () => {
    expect(excerpt('First sentence here. Second sentence is longer.', 30)).toBe('First sentence here.');
  });

  it('else ends with a word and an ellipsis, within the limit', () => {
    const cut = excerpt('no sentence ends anywhere in these words', 20);
    expect(cut).toBe('no sentence ends…');
  });

  it('cuts one long word, and never an emoji in two', () => {
    expect(excerpt('a'.repeat(50), 10)).toBe(`${'a'.repeat(9)}…`);
    expect(excerpt('😀'.repeat(50), 10)).toBe(`${'😀'.repeat(4)}…`);
  });

  it('finds the text behind a very long link', () => {
    expect(excerpt(`[a](https://example.com/${'x'.repeat(3000)}) b`, 20)).toBe('a b');
  });
});

describe('an excerpt of what is no running text', () => {
  it('says the entries of a list one after the other', () => {
    expect(excerpt('Two causes:\n\n- a full disk\n- nobody looked\n', 100)).toBe('Two causes: a full disk; nobody looked');
    expect(excerpt('1. It broke.\n2. It stayed broken.', 100)).toBe('It broke. It stayed broken.');
  });

  it('leaves code and tables out, unless there is nothing else', () => {
    expect(excerpt('The query was slow.\n\n```sql\nSELECT 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n', 100)).toBe('The query was slow.');
    expect(excerpt('```sql\nSELECT 1\n```', 100)).toBe('SELECT 1');
  });

  it('leaves pictures out, unless there is nothing else', () => {
    expect(excerpt('HPA scaled to zero.\n\n![graph](https://example.com/a.png)', 100)).toBe('HPA scaled to zero.');
    expect(excerpt('It [![CPU](a.png)](https://example.com) fell, see [the ![x](b.png) board](https://example.com).', 100)).toBe(
      'It fell, see the x board.',
    );
    expect(excerpt('![Requests a second fell to none](a.png)', 100)).toBe('Requests a second fell to none');
  });
});
