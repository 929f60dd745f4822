import { cut, folded } from '../shared/text.ts';

/** A part of a postmortem, by the name that its page gives it. `text` is untrusted Markdown. */
export interface SearchedPart {
  readonly place: string;
  readonly text: string;
}

/** The words of one revision, ready to be searched. */
export interface SearchedText {
  readonly revision: number;
  readonly parts: readonly FoldedPart[];
}
interface FoldedPart extends SearchedPart {
  readonly folded: string;
}

/** Where a search found its words, in plain text. */
export interface FoundPlace {
  readonly place: string;
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

/** Characters of one postmortem that are searched: bounds the memory of an archive of thousands. */
const mostSearched = 60_000;
const mostTerms = 20;

/** What is searched of one revision. Parts beyond the first 60,000 characters are left out. */
export function searchedText(revision: number, parts: readonly SearchedPart[]): SearchedText {
  let room = mostSearched;
  const kept = parts.flatMap(({ place, text }) => {
    const plain = cut(withoutEmphasis(text), room);
    room -= plain.length;
    return plain === '' ? [] : [{ place, text: plain, folded: folded(plain) }];
  });
  return { revision, parts: kept };
}

/** Emphasis would part a phrase. It is fast enough for thousands of documents. */
const withoutEmphasis = (markdown: string): string =>
  markdown.replace(/\*\*|`|\s+/g, (sign) => (sign === '`' || sign === '**' ? '' : ' ')).trim();

/** What a search shows of a text: links keep their words. */
const withoutLinks = (text: string): string => text.replace(/!?\[([^\][]{0,500})\]\([^()\s]{0,2000}\)/g, '$1');

/** The words and the "quoted phrases" of a search, folded. Signs around a word do not count. */
export const soughtIn = (words: string): string[] =>
  [...words.matchAll(/"([^"]+)"|\S+/g)]
    .map(([word, phrase]) => folded((phrase ?? word).trim()).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((term) => term !== '')
    .slice(0, mostTerms);

/** Whether a term occurs. The beginning of a word is enough from two characters on. */
export const occursIn = ({ parts }: SearchedText, term: string): boolean => parts.some((part) => positionIn(part.folded, term) >= 0);

/** These scripts put no blank between words, so a word may begin anywhere. */
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const letter = /[\p{L}\p{N}]/u;

function positionIn(text: string, term: string): number {
  const anywhere = unspaced.test(term);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const begins = anywhere || at === 0 || !letter.test(text.charAt(at - 1));
    const isWhole = term.length > 1 || !letter.test(text.charAt(at + term.length));
    if (begins && (isWhole || anywhere)) return at;
  }
  return -1;
}

const around = 90;

/**
 * The part of a text in which a search found what the list does not show. Undefined if `shown`, the
 * texts of the list, has all terms.
 */
export function foundPlace(words: string, shown: string, { parts }: SearchedText): FoundPlace | undefined {
  const visible = folded(shown);
  const hidden = soughtIn(words).filter((term) => positionIn(visible, term) < 0);
  const found = parts.map((part) => ({ part, terms: hidden.filter((term) => positionIn(part.folded, term) >= 0) }));
  const best = found.toSorted((a, b) => b.terms.length - a.terms.length)[0];
  const term = best?.terms[0];
  return best && term !== undefined ? glimpse(best.part, term) : undefined;
}

/** Folding changes lengths, so the place in the text as written is found again word by word. */
function glimpse({ place, text, folded: whole }: FoldedPart, term: string): FoundPlace {
  const at = positionIn(whole, term);
  const start = written(text, at);
  const end = written(text, at + term.length);
  const from = Math.max(0, start - around);
  const before = text.slice(from, start);
  const after = text.slice(end, end + around);
  return {
    place,
    before: withoutLinks(from > 0 ? `…${before.replace(/^\S*\s/, '')}` : before),
    match: text.slice(start, end),
    after: withoutLinks(end + around < text.length ? `${after.replace(/\s\S*$/, '')}…` : after),
  };
}

/** The position in a text at which its folded form has `length` characters. */
function written(text: string, length: number): number {
  let done = 0;
  let at = 0;
  for (const sign of text) {
    if (done >= length) break;
    done += folded(sign).length;
    at += sign.length;
  }
  return at;
}
