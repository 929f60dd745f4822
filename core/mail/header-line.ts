import { AfterwordError } from '../shared/errors.ts';

const usualLine = 78;
const longestLine = 998;

/**
 * One header line ending in CRLF, folded at blanks to 78 columns where possible. Throws if a line
 * would exceed RFC 5322's limit of 998.
 */
export function foldHeader(name: string, value: string): string {
  const lines: string[] = [];
  let line = `${name}:`;
  let words = 0;
  for (const word of value.split(' ')) {
    if (words > 0 && line.length + 1 + word.length > usualLine) {
      lines.push(line);
      line = '';
    }
    line += ` ${word}`;
    words += 1;
  }
  lines.push(line);
  if (lines.some(({ length }) => length > longestLine)) throw new UnsafeHeader(name, 'is too long');
  return `${lines.join('\r\n')}\r\n`;
}

/**
 * Text that is not allowed in a header was about to go into one. Nothing was built. The message
 * does not repeat the text.
 */
export class UnsafeHeader extends AfterwordError {
  override readonly name = 'UnsafeHeader';
  readonly header: string;
  constructor(header: string, why: string) {
    super(`${header}: ${why}`);
    this.header = header;
  }
}

/** Control characters, line separators, marks that reorder text, lone surrogates. */
const unsafe = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/**
 * Returns the text or throws. It never repairs the text silently, because a caller that passes such
 * text has skipped a check.
 */
export function checkedText(header: string, text: string): string {
  if (unsafe.test(text)) throw new UnsafeHeader(header, 'has a character that may not stand in a header');
  return text;
}

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const addrSpec = new RegExp(`^${atom}(?:\\.${atom})*@(?:${label}\\.)+${label}$`);

/**
 * A bare ASCII address: no name, no quotes, no comments, no second address. An IDN's domain is
 * already `xn--`.
 */
export function checkedAddress(header: string, address: string): string {
  const fits = address.length <= 254 && address.lastIndexOf('@') <= 64;
  if (!fits || !addrSpec.test(address)) throw new UnsafeHeader(header, 'is not a plain ASCII address');
  return address;
}

const plainAscii = /^[\x20-\x7e]*$/;
const atoms = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/;
/**
 * A word of 64 characters with its frame. Fits beside `Subject: ` in a line of 76, which is RFC
 * 2047's limit.
 */
const bytesAWord = 39;

/**
 * Unstructured text (a subject): as it is if that is safe, else RFC 2047 words, separated by blanks
 * at which a header folds.
 */
export const encodeText = (text: string): string => (isPlain(text) ? text : encodedWords(text));

/** A display name: atoms, a quoted string, or RFC 2047 words. */
export function encodePhrase(name: string): string {
  if (!isPlain(name)) return encodedWords(name);
  return atoms.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * ASCII, nothing that looks encoded, no word longer than a line, no blanks that folding would
 * change.
 */
const isPlain = (text: string): boolean => plainAscii.test(text) && !text.includes('=?') && !/\S{70}|^ | $| {2}/.test(text);

function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word) + Buffer.byteLength(character) > bytesAWord) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
}
