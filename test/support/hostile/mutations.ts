import fc from 'fast-check';
import { readCorpus } from '../../eval/corpus.ts';

/** Longer ones are screenshots, and take the time of a thousand others. */
const texts = readCorpus()
  .map(({ name, text }) => ({ name, text }))
  .filter(({ name, text }) => name.endsWith('.md') && text.length < 20_000)
  .map(({ text }) => text);

const anyText = fc.constantFrom(...texts);
/** A position in a text, from 0 to 1. It stays meaningful while fast-check shrinks the text. */
const place = fc.double({ min: 0, max: 1, noNaN: true });

/** Not at the very end: an empty document tries nothing. */
const within = fc.integer({ min: 100, max: 900 }).map((part) => part / 1000);

type Mutation = (text: string) => string;
const lined =
  (change: (lines: string[]) => string[]): Mutation =>
  (text) =>
    change(text.split('\n')).join('\n');
const at = (length: number, where: number) => Math.min(length - 1, Math.floor(where * length));

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  // Cut somewhere, as a copy of half a page is.
  within.map(
    (where): Mutation =>
      (text) =>
        text.slice(0, at(text.length, where)),
  ),
  within.map(
    (where): Mutation =>
      (text) =>
        text.slice(at(text.length, where)),
  ),
  // Another document behind it, often in another language.
  anyText.map(
    (other): Mutation =>
      (text) =>
        `${text}\n\n${other}`,
  ),
  // Lines of another document among its own.
  fc
    .tuple(anyText, place, place, place)
    .map(
      ([other, from, to, where]): Mutation =>
        lined((lines) => lines.toSpliced(at(lines.length, where), 0, ...other.split('\n').slice(at(40, from), at(40, to)))),
    ),
  // Lines in another order.
  fc.tuple(place, place).map(
    ([from, to]): Mutation =>
      lined((lines) => {
        const [moved = ''] = lines.splice(at(lines.length, from), 1);
        return lines.toSpliced(at(lines.length + 1, to), 0, moved);
      }),
  ),
  // Headings twice, or one level off.
  fc.constant<Mutation>(lined((lines) => lines.flatMap((line) => (line.startsWith('#') ? [line, line] : [line])))),
  fc.constant<Mutation>((text) => text.replace(/^(#+) /gm, '#$1 ')),
  // A line again and again.
  fc
    .tuple(place, fc.nat(30))
    .map(
      ([where, times]): Mutation =>
        lined((lines) => lines.toSpliced(at(lines.length, where), 0, ...Array<string>(times).fill(lines[at(lines.length, where)] ?? ''))),
    ),
  // Quoted, indented, in a list, without empty lines, with other ends of lines.
  fc.constantFrom('> ', '    ', '- ', '* [ ] ', '| ').map((mark): Mutation => lined((lines) => lines.map((line) => mark + line))),
  fc.constant<Mutation>((text) => text.replace(/\n{2,}/g, '\n')),
  fc.constant<Mutation>((text) => text.replace(/\n/g, '\r\n')),
  fc.constant<Mutation>((text) => text.replace(/[*_|#]/g, '')),
);

/** A labelled document, changed as people change documents by accident. */
export const mutatedDocument: fc.Arbitrary<string> = fc
  .tuple(anyText, fc.array(mutation, { minLength: 1, maxLength: 5 }))
  .map(([text, mutations]) => mutations.reduce((changed, mutate) => mutate(changed), text).slice(0, 60_000));
