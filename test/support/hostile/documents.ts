import fc from 'fast-check';
import { fieldNames, innerNames } from '../../../core/postmortem/reading/field-names.ts';
import { dialects, fixture } from '../reading.ts';
import { anyText } from './any-text.ts';
import { poisons } from './poisons.ts';

const poison = fc.constantFrom(...poisons);
const noise = anyText(20);
/** A position in a text, from 0 to 1. It stays meaningful while fast-check shrinks the text. */
const place = fc.double({ min: 0, max: 1, noNaN: true });

type Wound = (text: string) => string;
const at = (text: string, where: number) => Math.floor(where * text.length);
const wound: fc.Arbitrary<Wound> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(place, poison).map(([where, what]): Wound => insert(where, what)) },
  { weight: 2, arbitrary: fc.tuple(place, noise).map(([where, what]): Wound => insert(where, what)) },
  { weight: 2, arbitrary: fc.tuple(place, fc.nat(60)).map(([where, length]): Wound => remove(where, length)) },
  { weight: 1, arbitrary: place.map((where): Wound => repeat(where)) },
  { weight: 1, arbitrary: fc.tuple(place, poison, fc.nat(300)).map(([where, what, times]): Wound => insert(where, what.repeat(times))) },
);
const insert =
  (where: number, what: string): Wound =>
  (text) =>
    text.slice(0, at(text, where)) + what + text.slice(at(text, where));
const remove =
  (where: number, length: number): Wound =>
  (text) =>
    text.slice(0, at(text, where)) + text.slice(at(text, where) + length);
const repeat =
  (where: number): Wound =>
  (text) =>
    text.slice(0, at(text, where)) + text.slice(at(text, where), at(text, where) + 300).repeat(2) + text.slice(at(text, where) + 300);

const realDocument = fc.constantFrom(...dialects).map(fixture);
const start = fc.oneof({ weight: 6, arbitrary: realDocument }, { weight: 2, arbitrary: fc.constantFrom('---\ntitle: A\n---\n', '') });

/** A Markdown document: a real one with hostile insertions, purely hostile text, or noise. */
export const hostileMarkdown: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(start, fc.array(wound, { maxLength: 12 })).map(([text, wounds]) => wounds.reduce((t, w) => w(t), text)),
  },
  { weight: 1, arbitrary: anyText(400) },
);

const names = [...Object.values(fieldNames), ...Object.values(innerNames).flatMap((inner) => Object.values(inner))].flat();
const name = fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: poison });
const honest = fc.constantFrom('checkout', 'sev-2', '2026-10-05', 'https://example.com/', 'done', 'Jo', '');
const notText = fc.constantFrom(null, true, false, 0, -1, 1e21, 2_147_483_647);

const { value, record } = fc.letrec<{ value: unknown; record: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    { weight: 5, arbitrary: honest },
    { weight: 5, arbitrary: fc.array(fc.oneof(poison, noise), { minLength: 1, maxLength: 4 }).map((texts) => texts.join('')) },
    { weight: 2, arbitrary: notText },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 2, arbitrary: tie('record') },
  ),
  record: fc.array(fc.tuple(name, tie('value')), { maxLength: 6 }).map((members): Record<string, unknown> => Object.fromEntries(members)),
}));

/**
 * JSON with our field names, each with a value that may not belong there. Sometimes it is not even
 * an object.
 */
export const hostileJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(name, value).map(([field, what]) => JSON.stringify({ title: 'A', [field]: what })) },
  { weight: 9, arbitrary: record.map((fields) => JSON.stringify(fields)) },
  { weight: 1, arbitrary: value.map((one) => JSON.stringify(one)) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: anyText(100) },
);
