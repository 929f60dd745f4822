import { createHash } from 'node:crypto';
import { PostmortemId } from './postmortem.ts';

/** Letters that are more than a plain letter with a mark. */
const letters: Readonly<Record<string, string>> = {
  ...{ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'oe', å: 'aa', œ: 'oe', ð: 'd', þ: 'th', ł: 'l', đ: 'd', ı: 'i' },
};
const longest = 64;
const hashLength = 6;

/**
 * The id for a postmortem that has a name instead, such as that of its file: its letters and digits
 * in lower case. What is too long is cut at a word. A cut name, and one with letters of another
 * script, ends in a short hash of the whole name, so that two names do not become one id. The same
 * name always gives the same id. Undefined if it has no letter and no digit.
 */
export function idFromName(name: string): PostmortemId | undefined {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/\P{ASCII}/gu, (letter) => letters[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const isWhole = !/[[\p{L}\p{N}]--\p{ASCII}]/v.test(plain);
  if (isWhole && slug.length <= longest) return PostmortemId.safeParse(slug).data;
  const hash = createHash('sha256').update(name.normalize('NFC')).digest('hex').slice(0, hashLength);
  return PostmortemId.safeParse([cutAtWord(slug, longest - hashLength - 1), hash].filter(Boolean).join('-')).data;
}

/** The id that an author wrote, in lower case, or one that is made of it. */
export const keptId = (written: string): PostmortemId | undefined =>
  PostmortemId.safeParse(written.trim().toLowerCase()).data ?? idFromName(written);

/** A slug of at most `most` characters, cut between words where there are several. */
export function cutAtWord(slug: string, most: number): string {
  if (slug.length <= most) return slug;
  const cut = slug.slice(0, most + 1);
  const boundary = cut.lastIndexOf('-');
  return cut.slice(0, boundary > 0 ? boundary : most);
}
