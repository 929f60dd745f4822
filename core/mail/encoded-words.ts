const plainAscii = /^[\x20-\x7e]*$/;
const atoms = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/;
/** 64 characters with its frame: fits beside `Subject: ` in a line of 76, which is RFC 2047's limit. */
const bytesAWord = 39;

/** Unstructured text (a subject): itself where that is safe, else RFC 2047 words, separated by blanks at which a header folds. */
export const encodeText = (text: string): string => (isPlain(text) ? text : encodedWords(text));

/** A display name: atoms, a quoted string, or RFC 2047 words. */
export function encodePhrase(name: string): string {
  if (!isPlain(name)) return encodedWords(name);
  return atoms.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** ASCII, nothing that looks encoded, no word longer than a line, no blanks that folding would change. */
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
