import { expect, it } from 'vitest';
import { linksIn, unsubscribePath } from '../../local/drill/drilled-stack.ts';
import { sentTwice } from '../../local/drill/sent-twice.ts';

const mail = (edition: string, subscriber: string) => ({ edition, subscriber, to: `${subscriber}@example.com` });

it('a drill names each person and edition that two logs have together', () => {
  const old = [mail('w47', 'ana'), mail('w47', 'ben'), mail('w48', 'ana')];
  expect(sentTwice([...old, mail('w49', 'ana'), mail('w48', 'ben')])).toEqual([]);
  expect(sentTwice([...old, mail('w47', 'ana'), mail('w47', 'ana'), mail('w48', 'ana')])).toEqual([
    'w47 to ana@example.com',
    'w48 to ana@example.com',
  ]);
});

it('a drill follows the links that led to the old stack, each once, and no others', () => {
  const url = 'http://localhost:4004';
  const text = `Read <${url}/r/abc> or ${url}/p/x . Again: ${url}/r/abc and https://elsewhere.example.com/r/abc, http://localhost:40041/r/abc`;
  expect(linksIn({ text }, url)).toEqual(['/r/abc', '/p/x']);
});

it('a drill leaves by the header that mail programs use', () => {
  expect(unsubscribePath({ headers: { 'List-Unsubscribe': '<http://localhost:4004/u/abc>, <mailto:x@example.com>' } })).toBe('/u/abc');
  expect(() => unsubscribePath({ headers: {} })).toThrow(/List-Unsubscribe/);
});
