import { type Document, LineCounter } from 'yaml';
import * as z from 'zod';
import { severities } from '../postmortem/postmortem.ts';
import { severityWord } from '../postmortem/reading/classification-words.ts';
import { canonicalHash } from '../shared/canonical-hash.ts';
import { describeIssue, unknownKey, withoutEchoes } from '../shared/describe-issue.ts';
import type { Flaw } from '../shared/errors.ts';
import type { BrokenRule } from './broken-rule.ts';
import { Distribution } from './distribution.ts';
import { exampleOf } from './distribution-examples.ts';
import { brokenRules, severityNamed } from './distribution-rules.ts';
import { LegibleParts } from './legible-parts.ts';
import { readYaml } from './read-yaml.ts';
import { remedyForChannel } from './slack.ts';
import { isRole } from './stream-rules.ts';
import { positionOf } from './yaml-positions.ts';

export type ReadDistribution = { distribution: Distribution; hash: string } | { flaws: Flaw[] };
type Locate = (path: readonly PropertyKey[], which: 'key' | 'value') => { line: number; column: number };

/**
 * Parses and checks the text of distribution.yaml. Every flaw has its line and column. The hash is
 * that of the content.
 */
export function parseDistribution(text: string): ReadDistribution {
  const read = parseYaml(text, {
    schema: Distribution,
    exampleOf,
    brokenRules: (content) => brokenRules(LegibleParts.parse(content)),
  });
  return 'flaws' in read ? read : { distribution: read.value, hash: canonicalHash(read.value) };
}

/** What a YAML file of this project is checked against. */
export interface FileKind<T> {
  readonly schema: z.ZodType<T>;
  /** A sentence that shows a field written correctly. */
  readonly exampleOf: (path: readonly PropertyKey[]) => string;
  /** Checks between fields. The content may have flaws. */
  readonly brokenRules: (content: unknown) => readonly BrokenRule[];
}

/**
 * Parses and checks a YAML text. Returns its content, or all flaws at once, each with its line and
 * column.
 */
export function parseYaml<T>(text: string, kind: FileKind<T>): { value: T } | { flaws: Flaw[] } {
  const lines = new LineCounter();
  const { document, unquoted: places } = readYaml(text, lines);
  if (document.errors.length > 0) {
    const errors = document.errors.map((error) => unreadable(error.message, lines, error.pos[0]));
    return { flaws: inOrder([...places.map((place) => unquotedAt(text, place, lines)), ...errors]) };
  }

  const content = contentOf(document);
  if ('error' in content) return { flaws: [unreadable(content.error, lines, 0)] };
  const locate: Locate = (path, which) => positionOf(document, lines, path, which);
  const rows = text.split('\n');

  const read = kind.schema.safeParse(content.value);
  const issues = read.success ? [] : withoutEchoes(read.error.issues);
  // A field with a flaw of its own is reported once, and not again by a rule that compares it.
  const broken = kind
    .brokenRules(content.value)
    .filter(({ path }) => !issues.some((issue) => issue.code !== 'unrecognized_keys' && isAround(issue.path, path)));
  const flaws = [
    ...issues.flatMap((issue) => flawsOf(issue, { content: content.value, rows }, kind, locate)),
    ...broken.map(({ path, ...rule }) => flaw(path, rule, locate(path, 'value'))),
  ];
  return read.success && flaws.length === 0 ? { value: read.data } : { flaws: inOrder(flaws) };
}

/** Whether one of the two paths contains the other. */
const isAround = (a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean =>
  a.length > 0 && a.slice(0, b.length).every((step, i) => step === b[i]);

/** The YAML library refuses anchors that expand too far. */
function contentOf(document: Document): { value: unknown } | { error: string } {
  try {
    return { value: document.toJS({ maxAliasCount: 50 }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : 'cannot be read' };
  }
}

function flawsOf(
  issue: z.core.$ZodIssue,
  { content, rows }: { content: unknown; rows: readonly string[] },
  { schema, exampleOf }: Pick<FileKind<unknown>, 'schema' | 'exampleOf'>,
  locate: Locate,
): Flaw[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path);
    return issue.keys.map((key) => flaw([...path, key], unknownIn(path, key, known), locate([...path, key], 'key')));
  }
  const value = valueAt(content, path);
  const at = locate(path, 'value');
  const own = commentedOut(path, value, rows[at.line - 1]?.slice(at.column - 1)) ?? ownName(path, value, content);
  if (own) return [flaw(path, own, at)];
  const { problem, remedy } = describeIssue(issue, value);
  return [
    flaw(
      path,
      { problem, remedy: channelMeant(path, value) ?? roleMeant(path, value) ?? listMeant(issue, value) ?? remedy ?? exampleOf(path) },
      at,
    ),
  ];
}

/** For such a value in a text that cannot be read for other reasons. */
function unquotedAt(text: string, place: number, lines: LineCounter): Flaw {
  const { line, col: column } = lines.linePos(place);
  const [written = ''] = unquoted.exec(text.slice(place)) ?? [];
  return { field: '', problem: `has no value: ${takenForComment}`, remedy: `Write it in quotes: "${written}".`, line, column };
}
const unquoted = /^[ \t]*(#[^\s,}\]]+)/;
const takenForComment = 'YAML takes what follows # for a comment';

/** For a value that is empty because it begins with `#`. `rest`: the text from its place on. */
function commentedOut(path: readonly PropertyKey[], value: unknown, rest = '') {
  const [, written] = unquoted.exec(rest) ?? [];
  if (value !== null || !written) return undefined;
  const key = path.findLast((step) => typeof step === 'string');
  return {
    problem: `is empty: ${takenForComment}`,
    remedy: `Write it in quotes: ${key === path.at(-1) ? `${String(key)}: "${written}"` : `"${written}"`}.`,
  };
}

/** What is wrong with the name of a channel, beyond that it is none. */
function channelMeant(path: readonly PropertyKey[], value: unknown): string | undefined {
  const isChannel = /^(slack\.channels\.\d+\.channel|teams\.\d+\.channels\.slack)$/.test(path.join('.'));
  return isChannel && typeof value === 'string' ? remedyForChannel(value, String(path.at(-1))) || undefined : undefined;
}

/**
 * For one word where a list is wanted, suggests the list with that word, which helps more than a
 * general example.
 */
function listMeant({ code, path, ...issue }: z.core.$ZodIssue, value: unknown): string | undefined {
  const isList = code === 'invalid_type' && 'expected' in issue && issue.expected === 'array';
  return isList && path[0] !== 'reviews' && typeof value === 'string' && /^[\w.@-]+$/.test(value)
    ? `Write it as a list: ${String(path.at(-1))}: [${value}]`
    : undefined;
}

/** For a role in a list of addresses (`authors: { people: everyone }`), where roles are named. */
function roleMeant([block, field]: readonly PropertyKey[], value: unknown): string | undefined {
  if (!(block === 'operators' || block === 'authors') || field !== 'people') return undefined;
  if (typeof value !== 'string' || !/^[\w.-]{1,40}$/.test(value)) return undefined;
  return block === 'operators' && isRole(value, undefined)
    ? 'Name each by address: people: [ada@example.com], or a role: roles: [platform].'
    : `People are named by address. If ${value} is a role: roles: [${value}]`;
}

const ownNames =
  'sev1 (the worst) to sev4 are names of Afterword; write yours as label and aliases: sev1: { label: P0, aliases: [p0] }. ' +
  'There are four: what you have beyond them is one more alias of sev4.';

/**
 * If a key under `severities` is unknown, the organisation's own name may have been meant, so a
 * spelling suggestion alone does not help.
 */
const unknownIn = (path: readonly PropertyKey[], key: string, known: readonly string[]) => {
  const said = unknownKey(key, known);
  return path.join('.') === 'severities' ? { ...said, remedy: `${said.remedy} ${ownNames}` } : said;
};

/**
 * For an organisation's own name in a list of severities (`[P0]`), names the severity that the file
 * gives that name to.
 */
function ownName(path: readonly PropertyKey[], value: unknown, content: unknown) {
  if (path.at(-2) !== 'severities' || typeof path.at(-1) !== 'number' || typeof value !== 'string') return undefined;
  const known = severities.find((one) => severityWord(one) === severityWord(value));
  const meant = severityNamed(value, LegibleParts.parse(content)) ?? known;
  if (!meant || meant === value) return undefined;
  return {
    problem: `${JSON.stringify(value.slice(0, 60))} is ${meant === known ? 'another spelling of' : 'your name for'} ${meant}`,
    remedy: `Write ${meant}: lists name severities as Afterword does, for example severities: [${meant}].`,
  };
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

/** The keys that a schema allows at a path. Empty if it takes no keys. */
export function knownKeys(schema: unknown, path: readonly PropertyKey[]): string[] {
  const [step, ...rest] = path;
  return forms(schema)
    .flatMap((form) => {
      if (step === undefined) return keysOf(form);
      if (form instanceof z.ZodArray) return knownKeys(form.element, rest);
      if (form instanceof z.ZodRecord) return knownKeys(form.valueType, rest);
      return form instanceof z.ZodObject ? knownKeys(form.shape[String(step)], rest) : [];
    })
    .filter((key, i, all) => all.indexOf(key) === i);
}

/** A schema without its wrappers. For a union, each of its options. */
function forms(schema: unknown): unknown[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return forms(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(forms);
  return [schema];
}

function keysOf(schema: unknown): string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
}
