import { DirectoryRefusal } from './refusal.ts';

/** One comparison of a filter: an attribute, and what it equals. */
export interface Comparison {
  readonly path: AttributePath;
  readonly value: string | boolean;
}

/** `emails[type eq "work"].value`: everything but the value is in lower case. */
export interface AttributePath {
  readonly attribute: string;
  /** What stands in brackets. */
  readonly where?: readonly Comparison[];
  readonly sub?: string;
}

/** Entra compares with the texts "True" and "False", too. Anything else is not true. */
export const isTrue = (value: Comparison['value']): boolean => String(value).toLowerCase() === 'true';

/** The longest filter or path that is read, and the most comparisons in one. */
const longestFilter = 1000;
const mostComparisons = 10;

const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
const pathText = String.raw`(?:urn:[\w:.-]+:)?[A-Za-z$][\w$-]*(?:\.[\w$-]+)?(?:\[[^"\]]*(?:${quoted}[^"\]]*)*\](?:\.[\w$-]+)?)?`;
const comparison = new RegExp(String.raw`\s*(${pathText})\s+eq\s+(${quoted}|true|false)\s*(and\s|$)`, 'iy');

const schemas = /^urn:ietf:params:scim:schemas:(?:core:2\.0:(?:user|group)|extension:enterprise:2\.0:user)(?::|$)/i;
/** A path, or a name of an attribute, without the schema that may stand before it. */
export const withoutSchema = (text: string): string => text.replace(schemas, '');

/**
 * Reads a filter: comparisons with `eq`, joined by `and`. Directories send no others, and all that
 * is read is read in one pass without recursion. Throws a refusal for anything else.
 */
export function parseFilter(text: string): Comparison[] {
  if (text.length > longestFilter) throw invalid(`has more than ${longestFilter} characters`);
  const found: Comparison[] = [];
  comparison.lastIndex = 0;
  for (;;) {
    const match = comparison.exec(text);
    if (!match || found.length >= mostComparisons) throw invalid('is not understood');
    const [, path = '', value = '', joint] = match;
    found.push({ path: parsePath(path), value: valueIn(value) });
    if (joint === '') return found;
  }
}

const wholePath = /^([A-Za-z$][\w$-]*)(?:\.([\w$-]+))?(?:\[(.*)\](?:\.([\w$-]+))?)?$/s;

/** Reads the path of an attribute. Throws a refusal if it is none. */
export function parsePath(text: string): AttributePath {
  const [, attribute, sub, where, after] = wholePath.exec(text.length > longestFilter ? '' : withoutSchema(text.trim())) ?? [];
  if (attribute === undefined || (sub !== undefined && where !== undefined)) {
    throw new DirectoryRefusal(400, `The path ${shown(text)} is none.`, 'Send one such as emails[type eq "work"].value.', 'invalidPath');
  }
  const last = (after ?? sub)?.toLowerCase();
  return {
    attribute: attribute.toLowerCase(),
    // What is in brackets is a filter, in which no brackets stand.
    ...(where !== undefined && { where: parseFilter(where.includes('[') ? '' : where) }),
    ...(last !== undefined && { sub: last }),
  };
}

function valueIn(text: string): string | boolean {
  if (!text.startsWith('"')) return text.toLowerCase() === 'true';
  try {
    return String(JSON.parse(text));
  } catch {
    throw invalid(`has ${shown(text)} in it, which is no text`);
  }
}

const shown = (text: string) => JSON.stringify(text.slice(0, 80));

const invalid = (problem: string) =>
  new DirectoryRefusal(
    400,
    `The filter ${problem}.`,
    'Send comparisons such as userName eq "ada@example.com", joined by and.',
    'invalidFilter',
  );
