import { AfterwordError } from '../shared/errors.ts';

/** A header would have taken text that may not stand in one. Nothing was built; the text itself is not repeated here. */
export class UnsafeHeader extends AfterwordError {
  override readonly name = 'UnsafeHeader';
  readonly header: string;
  constructor(header: string, why: string) {
    super(`${header}: ${why}`);
    this.header = header;
  }
}

/** Control characters, line separators, marks that reorder text, halves of surrogate pairs. */
const unsafe = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Answers the text, or throws: it is never silently mended, because whoever passes such text has skipped a check. */
export function checkedText(header: string, text: string): string {
  if (unsafe.test(text)) throw new UnsafeHeader(header, 'has a character that may not stand in a header');
  return text;
}

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const addrSpec = new RegExp(`^${atom}(?:\\.${atom})*@(?:${label}\\.)+${label}$`);

/** A bare ASCII address: no name, no quotes, no comments, no second address. The domain of an IDN is already `xn--`. */
export function checkedAddress(header: string, address: string): string {
  const fits = address.length <= 254 && address.lastIndexOf('@') <= 64;
  if (!fits || !addrSpec.test(address)) throw new UnsafeHeader(header, 'is not a plain ASCII address');
  return address;
}
