import { parseDocument } from 'yaml';
import { withoutUnseen } from '../hidden-characters.ts';
import { refuseUnreadable } from './clean-text.ts';
import { unreadable } from './reading.ts';
import { findField, isFieldOfVisibility, isRecord } from './sent-fields.ts';
import { parseToml } from './toml-front-matter.ts';

const longest = 64 * 1024;
/** A document may use an alias a few times. A YAML bomb uses it a billion times. */
const mostAliases = 50;

export interface MarkdownParts {
  readonly frontMatter: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** The comments of the front matter, without their `#`. */
  readonly comments: readonly string[];
}

/**
 * Splits a text into front matter and body. Every scalar stays the string that was written,
 * including dates and numbers. Throws `Refused` with line and column if the front matter is neither
 * YAML nor TOML, is not closed, or is in another language.
 */
export function partMarkdown(text: string): MarkdownParts {
  const lines = text.split('\n');
  const first = lines[0]?.trimEnd() ?? '';
  const isStrict = first === '---';
  const start = isStrict ? 0 : skipBlankAndComments(lines);
  const opening = withoutUnseen(lines[start] ?? '').trim();
  if (/^(---\s*[a-z{]|;;;$)/i.test(opening)) {
    const remedy = 'Front matter is YAML between two lines of three hyphens, or TOML between two lines of three plus signs.';
    throw unreadable(`begins with "${opening.slice(0, 20)}"`, remedy, { line: start + 1, column: 1 });
  }
  if (opening === '+++') return partToml(lines, start);
  const unopened = endOfFields(lines, start);
  // Labels of a text begin with a capital letter.
  if (unopened > start + 1 && lines[unopened]?.trim() === '---' && lines.slice(start, unopened).every((line) => !/^[A-Z]/.test(line))) {
    return partYaml(lines, start, start, unopened);
  }
  const close = closingOf(opening);
  if (close === undefined || !(isStrict || holdsFields(lines, start))) return { frontMatter: {}, body: text, comments: [] };
  const end = lines.findIndex((line, i) => i > start && (isStrict ? line.trimEnd() === '---' : close.test(withoutUnseen(line).trim())));
  if (end > 0) {
    const inside = lines.slice(start + 1, end);
    // Blank lines before it keep the line numbers in refusals correct.
    const yaml = isStrict ? inside.join('\n') : `${'\n'.repeat(start)}${atLeftMargin(inside)}`;
    const body = [...lines.slice(0, start), ...lines.slice(end + 1)].join('\n');
    return {
      frontMatter: parseYaml(yaml),
      body,
      comments: commentsIn(inside),
    };
  }
  const unclosed = endOfFields(lines, start + 1);
  if (unclosed > start + 1 && !/^[\w$-]+\s*:/.test(lines.slice(unclosed).find((line) => line.trim() !== '') ?? '')) {
    return partYaml(lines, start, start + 1, unclosed);
  }
  const next = lines.slice(start + 1).find((line) => line.trim() !== '') ?? '';
  if (isStrict && !/^[\w$-]+\s*:/.test(next)) return { frontMatter: {}, body: text, comments: [] };
  throw unreadable('has front matter that is not closed', 'Put a line of three hyphens after it.', { line: start + 1, column: 1 });
}

/** Front matter from line `first` to before line `end`, of which one fence is missing. */
function partYaml(lines: readonly string[], start: number, first: number, end: number): MarkdownParts {
  const inside = lines.slice(first, end);
  const isClosed = lines[end]?.trim() === '---';
  return {
    frontMatter: parseYaml(`${'\n'.repeat(Math.max(0, first - 1))}${inside.join('\n')}`),
    body: [...lines.slice(0, start), ...lines.slice(isClosed ? end + 1 : end)].join('\n'),
    comments: commentsIn(inside),
  };
}

const lineOfFields = /^(?:[\w$][\w $-]{0,40}:(?:\s|$)|\s*-\s|\s+\S|#)/;
/**
 * The line after a block of fields that begins in this line with one that we know. The line itself
 * if there is none. A blank line ends the block.
 */
function endOfFields(lines: readonly string[], start: number): number {
  const key = withoutUnseen((lines[start] ?? '').slice(0, 60)).split(':')[0] ?? '';
  if (!lineOfFields.test(lines[start] ?? '') || findField(key) === undefined) return start;
  const end = lines.findIndex((line, i) => i > start && !lineOfFields.test(line));
  return end < 0 ? lines.length : end;
}

function partToml(lines: readonly string[], start: number): MarkdownParts {
  const end = lines.findIndex((line, i) => i > start && withoutUnseen(line).trim() === '+++');
  if (end < 0) throw unreadable('has front matter that is not closed', 'Put a line of three plus signs after it.', { line: start + 1 });
  const inside = lines.slice(start + 1, end);
  const toml = inside.join('\n');
  refuseLong(toml);
  const frontMatter = parseToml(toml, start + 1);
  refuseUnreadable(frontMatter);
  return { frontMatter, body: [...lines.slice(0, start), ...lines.slice(end + 1)].join('\n'), comments: commentsIn(inside) };
}

const commentsIn = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => /(?:^|\s)#+\s*(.*)$/.exec(line.slice(0, 500))?.[1] ?? []);

function refuseLong(frontMatter: string): void {
  if (frontMatter.length > longest) throw unreadable('has front matter of more than 64 KB', 'Move text into the body.', { line: 1 });
}

/**
 * The first line that is neither blank nor a comment. Front matter may follow blank lines and
 * comments.
 */
function skipBlankAndComments(lines: readonly string[]): number {
  let isComment = false;
  const start = lines.findIndex((line) => {
    const text = withoutUnseen(line).trim();
    const begins = !isComment && text.startsWith('<!--');
    const ends = (isComment || begins) && text.endsWith('-->');
    const isPassed = isComment || begins || text === '';
    isComment = (isComment || begins) && !ends;
    return !isPassed;
  });
  return Math.max(0, start);
}

/**
 * What closes front matter with this opening line: hyphens (some people write four), or the fence
 * of a YAML block.
 */
function closingOf(opening: string): RegExp | undefined {
  if (/^-{3,}$/.test(opening)) return /^-{3,}$/;
  const fence = /^(`{3,}|~{3,})\s*(?:ya?ml|front-?matter)$/i.exec(opening)?.[1];
  return fence === undefined ? undefined : new RegExp(`^${fence[0]}{${fence.length},}$`);
}

/**
 * Whether the block at the place of front matter begins with one of our fields. If not, it is a
 * rule, or a piece of configuration.
 */
function holdsFields(lines: readonly string[], start: number): boolean {
  const inside = lines.slice(start + 1).find((line) => !/^(?:#.*|-{3,})?$/.test(line.trim())) ?? '';
  const key = withoutUnseen(inside.slice(0, 200)).split(':')[0] ?? '';
  return inside.includes(':') && findField(key) !== undefined;
}

/** Lines of YAML, moved to the left margin, with lines of hyphens made blank. */
function atLeftMargin(lines: readonly string[]): string {
  const written = lines.filter((line) => line.trim() !== '' && !/^\s*-{3,}\s*$/.test(line));
  const margin = Math.min(...written.map((line) => /^ */.exec(line)?.[0].length ?? 0), 400);
  return lines.map((line) => (/^\s*-{3,}\s*$/.test(line) ? '' : line.slice(Math.min(margin, line.length)))).join('\n');
}

function parseYaml(yaml: string): Readonly<Record<string, unknown>> {
  refuseLong(yaml);
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

/** The parser is recursive, and slow on deep input, so the depth is estimated first. */
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

/**
 * To the parser, plain `null` and `~` are text. Here they mean that the field was left empty. An
 * empty visibility is not understood, so it becomes an empty string.
 */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (isRecord(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, withoutNulls(member) ?? (isFieldOfVisibility(findField(key)) ? '' : null)]),
    );
  return value === '~' || value === 'null' ? null : value;
}
