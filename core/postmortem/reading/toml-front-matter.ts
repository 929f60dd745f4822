import { parse, TomlDate, TomlError } from 'smol-toml';
import { unreadable } from './reading.ts';

/** Levels of lists and tables, and of dotted names such as `a.b.c`. */
const deepest = 20;

/**
 * Reads TOML, as some site generators write it between two lines of three plus signs. Every scalar
 * becomes text, as in YAML. Throws `Refused` with line and column. `before`: the lines of the
 * document above it.
 */
export function parseToml(toml: string, before: number): Readonly<Record<string, unknown>> {
  try {
    const members = Object.entries(parse(toml, { integersAsBigInt: true, maxDepth: deepest }));
    return Object.fromEntries(members.map(([key, value]) => [key, asText(value, 1)]));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    const remedy = 'Correct that line. A text needs quotation marks.';
    throw unreadable(`has front matter that is not TOML: ${what}`, remedy, { line: before + error.line, column: error.column });
  }
}

/** A date stays as it was written, but for its fraction of zeros and a blank in place of the T. */
function asText(value: unknown, depth: number): unknown {
  if (depth > deepest) throw unreadable('has front matter that is nested too deep', 'Write plain `name = "value"` lines.');
  if (value instanceof TomlDate) return value.toISOString().replace('.000', '');
  if (Array.isArray(value)) return value.map((member) => asText(member, depth + 1));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asText(member, depth + 1)]));
  return String(value);
}
