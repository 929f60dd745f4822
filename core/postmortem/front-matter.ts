import { parseDocument } from 'yaml';
import { refuseUnreadable } from './readable.ts';
import { unreadable } from './reading.ts';
import { isRecord } from './sent-fields.ts';

const longest = 64 * 1024;
/** An alias may repeat a value a few times; a bomb repeats it a billion times. */
const mostAliases = 50;

export interface MarkdownParts {
  readonly frontMatter: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/**
 * Parts a text into front matter and body. Every scalar stays the string that was written, dates and numbers too.
 * Throws `Refused` with line and column where the front matter is not YAML, not closed, or another language's.
 */
export function partMarkdown(text: string): MarkdownParts {
  const lines = text.split('\n');
  const first = lines[0]?.trimEnd() ?? '';
  if (/^(---\s*[a-z{]|\+\+\+$|;;;$)/i.test(first)) {
    throw unreadable(`begins with "${first.slice(0, 20)}"`, 'Front matter is YAML between two lines of three hyphens.', {
      line: 1,
      column: 1,
    });
  }
  if (first !== '---') return { frontMatter: {}, body: text };
  const end = lines.findIndex((line, i) => i > 0 && line.trimEnd() === '---');
  if (end > 0) return { frontMatter: parseYaml(lines.slice(1, end).join('\n')), body: lines.slice(end + 1).join('\n') };
  if (!/^[\w$-]+\s*:/.test(lines.slice(1).find((line) => line.trim() !== '') ?? '')) return { frontMatter: {}, body: text };
  throw unreadable('has front matter that is not closed', 'Put a line of three hyphens after it.', { line: 1, column: 1 });
}

function parseYaml(yaml: string): Readonly<Record<string, unknown>> {
  if (yaml.length > longest) throw unreadable('has front matter of more than 64 KB', 'Move text into the body.', { line: 1 });
  refuseDeepYaml(yaml);
  const value = parseScalarsAsText(yaml);
  refuseUnreadable(value);
  if (value === null || value === '') return {};
  if (!isRecord(value)) throw unreadable('has front matter that is not a list of fields', 'Write it as `name: value` lines.', { line: 2 });
  return value;
}

function parseScalarsAsText(yaml: string): unknown {
  const document = read(() =>
    parseDocument(yaml, { schema: 'failsafe', uniqueKeys: true, merge: false, prettyErrors: true, logLevel: 'silent' }),
  );
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const at = problem.linePos?.[0];
    const position = at === undefined ? {} : { line: at.line + 1, column: at.col };
    const what = problem.message.split(/ at line \d+/)[0] ?? problem.message;
    throw unreadable(
      `has front matter that is not YAML: ${what}`,
      'Mend that line; quote text that holds a colon or begins with a sign.',
      position,
    );
  }
  return withoutNulls(read(() => document.toJS({ maxAliasCount: mostAliases })));
}

function read<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw unreadable(`has front matter that cannot be read: ${why}`, 'Write plain `name: value` lines.', { line: 2 });
  }
}

/** The parser is recursive and slow on deep input, so depth is estimated before it. */
function refuseDeepYaml(yaml: string): void {
  let open = 0;
  for (const line of yaml.split('\n')) {
    const markers = /^[\s?:-]*/.exec(line)?.[0].replace(/\s/g, '').length ?? 0;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    for (const sign of line.match(/[[{\]}]/g) ?? []) open = Math.max(0, open + (sign === '[' || sign === '{' ? 1 : -1));
    if (open > 50 || (markers > 50 && /^\s*[-?:]\s/.test(line)) || indent > 400) {
      throw unreadable('has front matter that is nested too deep', 'Write plain `name: value` lines.', { line: 2 });
    }
  }
}

/** Plain `null` and `~` are text to the parser; here they mean that nothing was said. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutNulls(member)]));
  return value === '~' || value === 'null' ? null : value;
}
