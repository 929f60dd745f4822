import { LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import { describeIssue, unknownKey } from '../shared/describe-issue.ts';
import type { Flaw } from '../shared/errors.ts';
import { canonicalHash } from './canonical-hash.ts';
import { Distribution } from './distribution.ts';
import { exampleOf } from './distribution-examples.ts';
import { brokenRules } from './distribution-rules.ts';
import { knownKeys } from './known-keys.ts';
import { positionOf } from './yaml-positions.ts';

export type ReadDistribution = { distribution: Distribution; hash: string } | { flaws: Flaw[] };
type Locate = (path: readonly PropertyKey[], which: 'key' | 'value') => { line: number; column: number };

/** The text of distribution.yaml, read and checked. Every flaw says at which line and column it stands; the hash is that of the content. */
export function parseDistribution(text: string): ReadDistribution {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) return { flaws: document.errors.map((error) => unreadable(error.message, lines, error.pos[0])) };

  const content = contentOf(document);
  if ('error' in content) return { flaws: [unreadable(content.error, lines, 0)] };
  const locate: Locate = (path, which) => positionOf(document, lines, path, which);

  const read = Distribution.safeParse(content.value);
  if (!read.success) return { flaws: inOrder(read.error.issues.flatMap((issue) => flawsOf(issue, content.value, locate))) };
  const broken = brokenRules(read.data);
  if (broken.length > 0) return { flaws: inOrder(broken.map(({ path, ...rule }) => flaw(path, rule, locate(path, 'value')))) };
  return { distribution: read.data, hash: canonicalHash(read.data) };
}

/** Anchors that unfold into very much are refused by the YAML library. */
function contentOf(document: ReturnType<typeof parseDocument>): { value: unknown } | { error: string } {
  try {
    return { value: document.toJS({ maxAliasCount: 50 }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : 'cannot be read' };
  }
}

function flawsOf(issue: z.core.$ZodIssue, content: unknown, locate: Locate): Flaw[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(Distribution, path);
    return issue.keys.map((key) => flaw([...path, key], unknownKey(key, known), locate([...path, key], 'key')));
  }
  const { problem, remedy } = describeIssue(issue, valueAt(content, path));
  return [flaw(path, { problem, remedy: remedy ?? exampleOf(path) }, locate(path, 'value'))];
}

const flaw = (path: readonly PropertyKey[], said: { problem: string; remedy: string }, at: { line: number; column: number }): Flaw => ({
  field: path.map(String).join('.'),
  problem: said.problem,
  remedy: said.remedy,
  ...at,
});

function unreadable(message: string, lines: LineCounter, offset: number): Flaw {
  const { line, col } = lines.linePos(offset);
  return {
    field: '',
    problem: `cannot be read as YAML: ${message}`,
    remedy: 'Indent with blanks, close what was opened, and put texts with special characters into quotes.',
    line: Math.max(line, 1),
    column: Math.max(col, 1),
  };
}

const valueAt = (content: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined), content);

const inOrder = (flaws: readonly Flaw[]): Flaw[] =>
  flaws.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
