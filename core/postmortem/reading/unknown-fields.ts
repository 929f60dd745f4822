import { isNear, nearest } from '../../shared/nearest.ts';
import { cut } from '../../shared/text.ts';
import { cleanText, withoutUnseen } from '../hidden-characters.ts';
import { furtherFields } from '../postmortem.ts';
import { isTechnical, squeezeName } from './field-names.ts';
import type { Reading, UnknownField } from './reading.ts';
import { isRecord, namesIn } from './sent-fields.ts';

const mostTold = 20;
const longestName = 60;
const longestValue = 1000;

/** Tells of the unknown keys in one warning. */
export function tellUnknownFields({ unknown, flaws, warnings }: Reading): void {
  // A misspelt "restricted" would send the document to everybody. It is the one field for which a
  // warning would come too late.
  const slips = unknown.filter(({ as }) => isNear(as.slice(as.lastIndexOf('.') + 1), 'restricted', 2));
  flaws.push(
    ...slips.map(({ as }) => ({
      field: as,
      problem: 'is not a field; is "restricted" meant?',
      remedy: 'Write restricted: true or false.',
    })),
  );
  const said = unknown.filter(({ value }) => written(value) !== '');
  if (said.length === 0) return;
  const names = said.slice(0, mostTold).map(told).join(', ');
  warnings.push(`Not understood and kept as text under "${furtherFields}": ${names}${said.length > mostTold ? ' and more' : ''}.`);
}

const told = (field: UnknownField): string => {
  const meant = guess(field);
  return meant ? `${nameOf(field)} (did you mean ${meant}?)` : nameOf(field);
};

/**
 * Guesses only small typing mistakes: among this many names, any word is a little like one of them.
 */
function guess({ as, shape }: UnknownField): string | undefined {
  const written = squeezeName(as.slice(as.lastIndexOf('.') + 1));
  const names = namesIn(shape);
  const meant = nearest(written, names.map(squeezeName));
  if (meant === undefined || !isNear(written, meant, meant.length < 7 ? 1 : 2)) return undefined;
  return names.find((name) => squeezeName(name) === meant);
}

/**
 * Keeps the values of keys that no field takes as the last section, because an author may have said
 * something in them, and the lines of the body that were taken as facts.
 */
export function furtherSection({ unknown, noted }: Reading, further: readonly string[]): { heading: string; body: string }[] {
  const fields = [...noted, ...unknown]
    .map(({ as, value, shape }) => ({ name: nameOf({ as, shape }), text: written(value) }))
    .filter(({ text }) => text !== '')
    .map(({ name, text }) => `- **${name}:** ${text}`);
  const lines = [...fields, ...further.map((line) => `- ${line}`)];
  return lines.length === 0 ? [] : [{ heading: furtherFields, body: lines.join('\n') }];
}

/** The name alone, but for the entries of a list, which have the same names. */
const nameOf = ({ as, shape }: Pick<UnknownField, 'as' | 'shape'>): string =>
  readable(shape === '' && !as.endsWith('.') ? as.slice(as.lastIndexOf('.') + 1) : as);
const readable = (key: string): string => oneLine(cut(withoutUnseen(key).replace(/[*_[\]<>`\\]/g, ' '), longestName));
const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim().toWellFormed();

const written = (value: unknown): string => oneLine(cut(inWords(value), longestValue));
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).filter(Boolean).join(', ');
  if (!isRecord(value)) return value === null || value === undefined ? '' : String(value);
  const members = Object.entries(value).filter(
    ([name, member]) => !isTechnical(name) && !aside.has(squeezeName(name)) && inWords(member) !== '',
  );
  const [only, ...others] = members;
  if (only && others.length === 0 && naming.has(only[0])) return inWords(only[1]);
  return members.map(([name, member]) => `${name}: ${inWords(member)}`).join('; ');
}
const naming = new Set(['name', 'display_name', 'displayName', 'title', 'label', 'login', 'value']);
/** What tools say about every person and every choice. */
const aside = new Set(['createdat', 'updatedat', 'type', 'email', 'emailaddress', 'shortform', 'siteadmin', 'state', 'username']);
