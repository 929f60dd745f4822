import type { PublicId } from './external.ts';

const letters = 'bcdfghjkmnpqrstvwxz23456789';
/** Bytes from here on would make some letters more likely than others. */
const first = 256 - (256 % letters.length);
const length = 10;

/** `random` gives so many random bytes. */
export function newPublicId(random: (bytes: number) => Uint8Array): PublicId {
  let id = '';
  while (id.length < length)
    for (const byte of random(length)) if (byte < first && id.length < length) id += letters[byte % letters.length];
  return id;
}
