import * as z from 'zod';
import { mailboxOf, parseAddress } from './address.ts';
import { comparedName } from './legible.ts';

/**
 * Who wrote a text, so that they do not approve it: addresses, and names as documents have them.
 */
export const Writers = z.object({ addresses: z.array(z.string()), names: z.array(z.string()) });
export type Writers = z.infer<typeof Writers>;

/** What is known of a human being. */
export interface Known {
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

/**
 * Whether two may be one human being: a mailbox of both is the same but for a `+tag`, or a name of
 * one may be a name of the other. A mailbox is a name as well: `ruth.abara@` has two words, and
 * `rabara@` may be a login made of a name. Who may be the same counts as the same.
 */
export function mayBeOne(one: Known, other: Known): boolean {
  const mailboxes = new Set(one.addresses.flatMap(mailboxIn));
  if (other.addresses.flatMap(mailboxIn).some((mailbox) => mailboxes.has(mailbox))) return true;
  const names = namesOf(other);
  return namesOf(one).some((name) => names.some((another) => mayBeOneName(name, another)));
}

/** Whether somebody may have written the text. Names of authors may hold addresses. */
export const mayHaveWritten = (one: Known, { addresses, names }: Writers): boolean =>
  addresses.some((address) => mayBeOne(one, { addresses: [address], names: [] })) ||
  names.some((name) => mayBeOne(one, { addresses: addressesIn(name), names: [name.replace(inText, ' ')] }));

/** Those who did not write it, as they stand there: no two of them may be the same. */
export function ableAmong<T extends Known>(people: readonly T[], writers: Writers): readonly T[] {
  const able: T[] = [];
  for (const one of people) if (!mayHaveWritten(one, writers) && !able.some((other) => mayBeOne(one, other))) able.push(one);
  return able;
}

const inText = /[^\s<>()[\],;:]+@[^\s<>()[\],;:]+/g;
const addressesIn = (text: string): string[] => text.match(inText) ?? [];

/** A mailbox without its tag. Gmail's full stops do not count either. */
const mailboxIn = (text: string): string[] => {
  const address = parseAddress(text);
  return address ? [mailboxOf(address)] : [];
};

type Words = readonly string[];
interface Name {
  readonly words: Words;
  readonly isMailbox: boolean;
}

/** Without case, accents, what is invisible, digits, and letters that only look like Latin ones. */
const wordsOf = (name: string): Words => comparedName(name).match(/\p{L}+/gu) ?? [];

const namesOf = ({ addresses, names }: Known): Name[] =>
  [
    ...names.map((name) => ({ words: wordsOf(name), isMailbox: false })),
    ...addresses.flatMap(mailboxIn).map((mailbox) => ({ words: wordsOf(mailbox.slice(0, mailbox.lastIndexOf('@'))), isMailbox: true })),
  ].filter(({ words }) => words.length > 0);

function mayBeOneName(one: Name, other: Name): boolean {
  // Two mailboxes of one word in two domains are as often two duties: `legal@`.
  if (one.isMailbox && other.isMailbox && one.words.length === 1 && other.words.length === 1) return false;
  if (isAlike(one.words.join(''), other.words.join(''))) return true;
  const [few, many] = one.words.length <= other.words.length ? [one.words, other.words] : [other.words, one.words];
  return isPartOf(few, many) || (few.length === 1 && few.some((login) => isLoginOf(login, many)));
}

/** `Müller` is written `Mueller` as well, and `Sørensen` `Soerensen`. */
const isAlike = (one: string, other: string): boolean => spelled(one) === spelled(other);
const spelled = (word: string): string => word.replace(/([aou])e/g, '$1');

/** Of the scripts that have cases. A name in another may be written with one sign. */
const isInitial = (word: string): boolean => /^\p{Ll}$/u.test(word);

/**
 * Whether each of the fewer words is one of the others, in any order. An initial stands for every
 * word that it begins, and `Alex` for `Alexander`, but at least one whole word is the same.
 */
function isPartOf(few: Words, many: Words): boolean {
  if (!few.some((word) => !isInitial(word) && many.some((other) => isAlike(word, other)))) return false;
  const left = [...many];
  // Whole words first, so that no initial takes the place of one.
  return few.toSorted((a, b) => b.length - a.length).every((word) => take(left, word));
}

function take(left: string[], word: string): boolean {
  const whole = left.findIndex((one) => isAlike(one, word));
  const at = whole >= 0 ? whole : left.findIndex((one) => isShortOf(one, word) || isShortOf(word, one));
  if (at < 0) return false;
  left.splice(at, 1);
  return true;
}

const isShortOf = (short: string, long: string): boolean =>
  (isInitial(short) || /^\p{Ll}{3,}$/u.test(short)) && spelled(long).startsWith(spelled(short));

/** Logins of Ruth Abara: `ruthabara`, `rabara`, `rutha`, and each with the family name first. */
const isLoginOf = (login: string, words: Words): boolean =>
  words.some((first, i) =>
    words.some((last, j) => i !== j && [first + last, first.charAt(0) + last, first + last.charAt(0)].some((form) => isAlike(form, login))),
  );
