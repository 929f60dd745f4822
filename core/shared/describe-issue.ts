import type * as z from 'zod';
import { nearest } from './nearest.ts';

/** What is wrong, in plain words, and the values that would be right if the schema names them. */
export interface Description {
  readonly problem: string;
  readonly remedy?: string;
}

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a set of named values',
  record: 'a set of named values',
};
const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : value === null ? 'empty' : (kinds[typeof value] ?? 'something else');
const units: Record<string, string> = { string: 'characters', array: 'entries', set: 'entries' };

/**
 * Describes one issue of a zod schema. `value` is what was found at its path. Never repeats more
 * than 60 characters of what was sent.
 */
export function describeIssue(issue: z.core.$ZodIssue, value: unknown): Description {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return { problem: 'is missing' };
      if (issue.expected === 'int' && typeof value === 'number') return { problem: 'is not a whole number' };
      return { problem: `is ${kindOf(value)}, not ${kinds[issue.expected] ?? issue.expected}` };
    case 'invalid_value':
      return choice(value, issue.values.map(String));
    case 'invalid_union':
      if ('options' in issue && Array.isArray(issue.options)) return choice(value, issue.options.map(String));
      if (value === undefined) return { problem: 'is missing' };
      return { problem: issue.message.startsWith('Invalid') ? 'is in none of the forms known here' : `is not ${issue.message}` };
    case 'too_small':
      if (value === '' || (Array.isArray(value) && value.length === 0)) return { problem: 'is empty' };
      return { problem: units[issue.origin] ? `has fewer than ${issue.minimum} ${units[issue.origin]}` : `is less than ${issue.minimum}` };
    case 'too_big':
      return { problem: units[issue.origin] ? `has more than ${issue.maximum} ${units[issue.origin]}` : `is more than ${issue.maximum}` };
    case 'invalid_format':
      return issue.message.startsWith('Invalid') ? { problem: 'is not in the right form' } : { problem: `is not ${issue.message}` };
    case 'custom':
      return { problem: `is not ${issue.message}` };
    default:
      return { problem: issue.message };
  }
}

const isOfKindOrForm = ({ code }: z.core.$ZodIssue) => code === 'invalid_type' || code === 'invalid_format';
/**
 * Keeps only the first issue at a path where the value has the wrong kind or form. A text in place
 * of a list is then reported once, and not also as too long a text.
 */
export const withoutEchoes = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] => {
  const wrongKind = new Map(
    issues
      .filter(isOfKindOrForm)
      .toReversed()
      .map((issue) => [JSON.stringify(issue.path), issue]),
  );
  return issues.filter((issue) => (wrongKind.get(JSON.stringify(issue.path)) ?? issue) === issue);
};

/**
 * The known word that was probably meant. Names that differ in their number alone are different
 * names: sev5 is no misspelt sev1.
 */
function meantBy(written: string, known: readonly string[]): string | undefined {
  const meant = nearest(written, known);
  const isOtherNumber =
    meant !== undefined && /\d/.test(written) && wordOf(meant) === wordOf(written) && numberOf(meant) !== numberOf(written);
  return isOtherNumber ? undefined : meant;
}
const wordOf = (text: string) => text.toLowerCase().replace(/\d/g, '');
const numberOf = (text: string) => text.replace(/\D/g, '');

/** Describes a key that a schema does not know, with the one that was probably meant. */
export function unknownKey(key: string, known: readonly string[]): Required<Description> {
  const meant = meantBy(key, known);
  const remedy = known.length === 0 ? 'Leave it out.' : `Known here: ${known.join(', ')}.`;
  return { problem: 'is an unknown key', remedy: meant ? `Did you mean ${meant}? ${remedy}` : remedy };
}

function choice(value: unknown, known: readonly string[]): Description {
  const remedy = known.length === 1 ? `Write ${known.join('')}.` : `Write one of ${known.join(', ')}.`;
  if (value === undefined) return { problem: 'is missing', remedy };
  if (typeof value !== 'string' && typeof value !== 'number') return { problem: `is ${kindOf(value)}, not one of the known words`, remedy };
  const meant = meantBy(String(value), known);
  return {
    problem: `${JSON.stringify(String(value).slice(0, 60))} is unknown`,
    remedy: meant ? `Did you mean ${meant}? ${remedy}` : remedy,
  };
}
