import type { Table } from 'mdast';
import { isEmptyBlock, type MarkdownBlock, rowsOf } from '../body-blocks.ts';
import { findSeverity, findStatusInProse, type SeverityAliases } from '../classification-words.ts';
import { readInstant } from '../moments/dates.ts';
import type { SentField } from '../reading.ts';
import { findField, rankOf } from '../sent-fields.ts';

/** A field and its value, read from a body. */
export interface Fact {
  readonly field: string;
  readonly sent: SentField;
  /** Where it was found, in words for the author: `the table below "Metadata"`. */
  readonly place?: string;
  /** How far the place can be trusted, 0 to 100. Of two values the more trusted one wins. */
  readonly trust?: number;
  /** The Markdown as written, kept as text if the stored value does not have all its words. */
  readonly source?: string;
}

const instants = ['startedAt', 'detectedAt', 'mitigatedAt', 'resolvedAt'];
const lists = ['authors', 'services', 'regions'];
const verbatim = ['incidentId', 'owningTeam', 'visibility', 'restricted'];

/**
 * The fact that a name and a value in a body state. Undefined if the value is clearly not of the
 * right kind: then it stays text. A severity or a visibility is always taken, because it must not
 * be overlooked.
 */
export function factOf(label: string, value: string, aliases: SeverityAliases): Fact | undefined {
  const field = findField(label.replace(/\(s\)/gi, 's').replace(/\([^()]*\)/g, ''));
  return field === undefined ? undefined : factIn(field, value.trim(), label, aliases);
}

/** As `factOf`, for a field that is already known. */
export function factIn(field: string, value: string, label: string, aliases: SeverityAliases): Fact | undefined {
  const fact = (told: unknown): Fact => ({ field, sent: { value: told, as: label.trim() } });
  if (instants.includes(field)) {
    return readInstant(value) === undefined ? undefined : fact(value);
  }
  if (field === 'severity') return value.length > 40 ? undefined : fact(plainSeverity(value, aliases));
  if (field === 'status') {
    const status = findStatusInProse(value);
    return status === undefined ? undefined : fact(status);
  }
  if (field === 'customersAffected') return /^[\d., ]+$/.test(value) ? fact(value) : undefined;
  if (lists.includes(field)) return value.length > 600 ? undefined : fact(namesIn(value));
  return verbatim.includes(field) && value.length <= 120 ? fact(value) : undefined;
}

/** "SEV-2 (major)", "Sev-2: checkout" and "2 - High" begin with the severity. */
function plainSeverity(value: string, aliases: SeverityAliases): string {
  const first = value.replace(/(?:\s*[(:,–—]|\s+-\s).*$/u, '');
  return findSeverity(value, aliases) === undefined && findSeverity(first, aliases) !== undefined ? first : value;
}

/** Names separated by commas, semicolons, line breaks, "and" or "&". */
export const namesIn = (text: string): string[] =>
  text
    .trim()
    .replace(/^\((.*)\)$/s, '$1')
    .split(/[,;\n]|\s+(?:and|&)\s+/)
    .map((name) => name.replace(/^[\s>*•-]+|[\s*]+$/g, '').replace(/^\((.*)\)$/, '$1'))
    .filter((name) => name !== '' && name.length <= 120);

const labelLine = /^(?:[-*+]\s+)?(?:\*\*|__)?([A-Z][\w /#'()-]{0,40}?)\s*(?::\s*(?:\*\*|__)|(?:\*\*|__)?\s*:)\s*(.*)$/;

/**
 * The facts in the `Label: value` lines of a text, and the text without those lines and without
 * empty labels.
 */
export function takeLabelLines(text: string, aliases: SeverityAliases): { facts: Fact[]; rest: string } {
  const facts: Fact[] = [];
  const kept = text.split('\n').filter((line) => {
    const [, label, value] = (line.length > 700 ? null : labelLine.exec(line.trim())) ?? [];
    if (label === undefined || value === undefined) return true;
    const field = findField(label.replace(/\(s\)/gi, 's'));
    if (value.trim() === '') return !isFactual(field);
    if (field === 'ignored') return false;
    const fact = factOf(label, value, aliases);
    if (fact !== undefined) facts.push(fact);
    return fact === undefined;
  });
  return {
    facts,
    rest: kept
      .join('\n')
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd(),
  };
}
const isFactual = (field: string | undefined): boolean =>
  field !== undefined && ['severity', 'status', 'customersAffected', 'ignored', ...instants, ...lists, ...verbatim].includes(field);

/**
 * The facts of a table of names and values, in two columns or four. Rows that are not facts are
 * returned as lines of a list.
 */
export function takeFactTable(table: Table, aliases: SeverityAliases): { facts: Fact[]; summary: string; rest: string[] } {
  const facts: Fact[] = [];
  const rest: string[] = [];
  let summary = '';
  for (const cells of rowsOf(table)) {
    for (let i = 0; i + 1 < cells.length; i += 2) {
      const [label = '', value = ''] = [cells[i], cells[i + 1]];
      if (label === '' || value === '' || /^(metric|field|item|name|key)$/i.test(label)) continue;
      const fact = factOf(label, value, aliases);
      if (fact !== undefined) facts.push(fact);
      else if (findField(label) === 'summary') summary = value;
      else rest.push(`- **${label.replace(/[*_\\]/g, '').replace(/\s*\([^()]{20,}\)/, '')}:** ${value}`);
    }
  }
  return { facts, summary, rest };
}

/** Whether a table states facts: its odd columns contain names that we know. */
export const isFactTable = (block: MarkdownBlock): block is MarkdownBlock & { node: Table } =>
  block.node.type === 'table' &&
  (block.node.children[0]?.children.length ?? 0) % 2 === 0 &&
  !isEmptyBlock(block) &&
  rowsOf(block.node).some((cells) => cells.some((cell, i) => i % 2 === 0 && isFactual(findField(cell.replace(/\([^()]*\)/g, '')))));

/**
 * The number of people affected, from the tables of a text. A count of people is preferred to one
 * of accounts.
 */
export function affectedIn(blocks: readonly MarkdownBlock[], aliases: SeverityAliases): Fact[] {
  const rows = blocks.flatMap(({ node }) => (node.type === 'table' ? rowsOf(node) : []));
  const facts = rows
    .flatMap(([label = '', value = '']) => factOf(label, value, aliases) ?? [])
    .filter(({ field }) => field === 'customersAffected');
  return facts.toSorted((a, b) => rankOf(a.sent.as) - rankOf(b.sent.as)).slice(0, 1);
}
