import * as z from 'zod';
import { folded } from '../shared/text.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { mailboxOf, parseAddress } from '../subscriber/subscriber-id.ts';

/**
 * Who wrote a text, so that they do not approve it: addresses, and names as documents have them.
 */
export const Writers = z.object({ addresses: z.array(z.string()), names: z.array(z.string()) });
export type Writers = z.infer<typeof Writers>;

/** What is known of a human being. */
interface Known {
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

/** An entry of the file's approvers. */
export interface Approver extends Known {
  /** Of its first address. */
  readonly person: SubscriberId;
  /** Of all its addresses. */
  readonly sids: readonly SubscriberId[];
}

/**
 * Whether two may be one human being: a mailbox of both is the same but for a `+tag`, or a name of
 * one may be a name of the other. An address in which a name is written (`ruth.abara@`) is a name
 * as well. Who may be the same counts as the same.
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

const inText = /[^\s<>()[\],;:]+@[^\s<>()[\],;:]+/g;
const addressesIn = (text: string): string[] => text.match(inText) ?? [];

/** A mailbox without its tag. Gmail's full stops do not count either. */
const mailboxIn = (text: string): string[] => {
  const address = parseAddress(text);
  return address ? [mailboxOf(address)] : [];
};

type Words = readonly string[];
const wordsOf = (name: string): Words => folded(name).match(/\p{L}+/gu) ?? [];

/** A mailbox of one word is as often a duty as a person, and is no name. */
const namesOf = ({ addresses, names }: Known): Words[] => [
  ...names.map(wordsOf),
  ...addresses
    .flatMap(mailboxIn)
    .map((mailbox) => wordsOf(mailbox.slice(0, mailbox.lastIndexOf('@'))))
    .filter((words) => words.length > 1),
];

/** Of the scripts that have cases. A name in another may be written with one sign. */
const isInitial = (word: string): boolean => /^\p{Ll}$/u.test(word);

/**
 * Whether each word of the shorter name is one of the longer, in any order. An initial stands for
 * every word that it begins, but at least one whole word is the same.
 */
function mayBeOneName(one: Words, other: Words): boolean {
  const [few, many] = one.length <= other.length ? [one, other] : [other, one];
  if (!few.some((word) => !isInitial(word) && many.includes(word))) return false;
  const left = [...many];
  // Whole words first, so that no initial takes the place of one.
  return few.toSorted((a, b) => b.length - a.length).every((word) => take(left, word));
}

function take(left: string[], word: string): boolean {
  const whole = left.indexOf(word);
  const at = whole >= 0 ? whole : left.findIndex((one) => (isInitial(one) || isInitial(word)) && one[0] === word[0]);
  if (at < 0) return false;
  left.splice(at, 1);
  return true;
}
